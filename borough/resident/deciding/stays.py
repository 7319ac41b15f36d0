"""While somebody of the support team is with a resident, a graver step waits for an officer (R13).

It is no bar: an officer who confirms reading what is recorded opens the way for some days.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from borough.kernel.facts.models import Fact
from borough.kernel.holds import acts
from borough.kernel.holds import queries as holds
from borough.resident.deciding import fact_kinds
from borough.resident.signals.models import SupportCase

WAIT = frozenset({acts.SUMMONS, acts.LIABILITY_ORDER, acts.ATTACHMENT, acts.AGENT})
UNREAD = holds.Reason(
    "facts_unread",
    "The support team is with this resident. The step waits until an officer confirms reading what "
    "is recorded, on the resident’s page",
    "resident",
)


def stays(
    debts: Sequence[holds.Debt], act: str, on: date
) -> Mapping[int, tuple[holds.Reason, ...]]:
    """Return the debts about which a graver step waits, by index (``ServiceLine.stays``)."""
    if act not in WAIT:
        return {}
    helped = set(SupportCase.objects.filter(closed_on=None).values_list("person_id", flat=True))
    found = [index for index, debt in enumerate(debts) if not helped.isdisjoint(debt.people)]
    read = confirmed({debts[index].thing for index in found}, on)
    return {index: (UNREAD,) for index in found if debts[index].thing not in read}


def confirmed(things: set[str], on: date) -> set[str]:
    """Return those about which an officer confirmed reading the facts, and it still holds."""
    rows = Fact.objects.filter(
        what=fact_kinds.FACTS_READ, thing__in=things, on__lte=on, detail__until__gt=on.isoformat()
    )
    return set(rows.values_list("thing", flat=True)) if things else set()
