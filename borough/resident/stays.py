"""What of the residents' floor stands against an act, room by room (``ServiceLine.stays``)."""

from collections.abc import Mapping, Sequence
from datetime import date

from borough.kernel.holds import queries as holds
from borough.resident.deciding import stays as deciding
from borough.resident.plans import stays as plans


def stays(
    debts: Sequence[holds.Debt], act: str, on: date
) -> Mapping[int, tuple[holds.Reason, ...]]:
    """Return what stands against an act on each debt, by index."""
    agreed, unread = plans.stays(debts, act, on), deciding.stays(debts, act, on)
    return {
        index: (*agreed.get(index, ()), *unread.get(index, ())) for index in {**agreed, **unread}
    }
