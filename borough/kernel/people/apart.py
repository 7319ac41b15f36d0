"""Whom others must not learn of: no page, letter or export that reaches them names the person.

Who asks for it need not say why, and nobody writes it down.
"""

from collections.abc import Iterable
from datetime import date

from borough.kernel import dated
from borough.kernel.people.models import Need

KINDS = (Need.Kind.SAFE_CONTACT, Need.Kind.KEEP_APART)


def kept_apart(people: Iterable[int], on: date) -> frozenset[int]:
    """Return those of these people who are kept apart from everybody else on a day."""
    rows = Need.objects.filter(dated.holds_on(on), person__in=list(people), kind__in=KINDS)
    return frozenset(rows.values_list("person_id", flat=True))
