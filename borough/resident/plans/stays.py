"""A joint plan that was agreed stands against every act on the debts in it, whoever keeps them."""

from collections.abc import Mapping, Sequence
from datetime import date

from borough.kernel import dated
from borough.kernel.holds import queries as holds
from borough.resident.plans import models

FEW = 500
AGREED = holds.Reason(
    "joint_plan",
    "One plan for all debts is agreed, and this is one of them. While it holds, nothing else is "
    "done",
    "resident",
)


def stays(
    debts: Sequence[holds.Debt], act: str, on: date
) -> Mapping[int, tuple[holds.Reason, ...]]:
    """Return the debts that are in a plan, by index (``ServiceLine.stays``): any act waits."""
    del act
    rows = models.Share.objects.filter(plan__in=models.Plan.objects.filter(dated.holds_on(on)))
    if len(debts) < FEW:  # there are far fewer plans than debts
        rows = rows.filter(thing__in={debt.thing for debt in debts})
    covered = set(rows.values_list("thing", "part"))
    things = {thing for thing, _ in covered}
    return {
        index: (AGREED,)
        for index, debt in enumerate(debts)
        if (debt.thing, debt.part) in covered or (not debt.part and debt.thing in things)
    }
