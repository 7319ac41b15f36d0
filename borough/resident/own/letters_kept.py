"""Which letters a resident opens in their own account.

A joint letter bears the names of all to whom it went, and an address. Where another of them is to
be kept apart from everybody, it stays shut here: nobody learns from it where they are. An officer
can still read to the resident what concerns them.
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from borough.kernel import dated
from borough.kernel.documents.models import Addressee, Document
from borough.kernel.people import apart
from borough.kernel.people.models import Need


def letters_of(person_id: int, *, on: date) -> QuerySet[Document]:
    """Return the letters to a person that open for them on a day."""
    safe = Need.objects.filter(dated.holds_on(on), kind__in=apart.KINDS)
    others = Addressee.objects.filter(
        document=OuterRef("pk"), person__in=safe.values("person")
    ).exclude(person=person_id)
    return Document.objects.filter(~Exists(others), addressees__person=person_id)
