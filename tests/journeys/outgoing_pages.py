"""What the pages of letters that go out show."""

from borough.kernel.documents.models import Document
from borough.kernel.outgoing import commands
from borough.kernel.people.models import Need, Person
from borough.lines.revenues.models import Account
from tests import makers

BY, ON = makers.everything(), makers.BILLING_DAY


def furnish(person: Person, account: Account) -> dict[str, str]:
    """Have a letter given by hand and a wish for email; return the parts of the addresses."""
    Need.objects.create(person=person, kind=Need.Kind.BRAILLE, starts=account.starts)
    other = makers.a_person("Olive", "Other")
    _, secret = commands.ask_paperless(
        person=other, address="olive@example.org", attach=True, by=BY, on=ON
    )
    letter = Document.objects.filter(thing=account.thing).latest("pk")
    return {
        "outgoing/letters/<int:number>": str(letter.pk),
        "outgoing/people/<int:number>": str(other.pk),
        "outgoing/email/<str:secret>": secret,
    }
