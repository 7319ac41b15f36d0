"""The day of the court: what is paid is withdrawn, and orders are made in the other cases."""

import contextlib

from borough.kernel.living import Counts, Day
from borough.lines.revenues import models
from borough.lines.revenues.commands import court as commands
from borough.lines.revenues.living import officers
from borough.lines.revenues.queries import court


def hear(day: Day) -> Counts:
    """Record what the court decided today."""
    cases = court.cases(day.on, on=day.on)
    if not cases:
        return {}
    counts: dict[str, int] = {}
    with contextlib.suppress(commands.NothingToOrder):  # nobody has paid
        counts["summonses withdrawn as paid"] = commands.withdraw_paid(
            hearing=day.on, by=officers.preparer(), on=day.on
        )
    try:
        stood = commands.record_orders(hearing=day.on, by=officers.committer(), on=day.on)
    except commands.NothingToOrder:
        return counts
    made = models.Step.objects.filter(issued=day.on, kind=models.Step.Kind.LIABILITY_ORDER)
    return {**counts, "liability orders": made.count(), "orders left alone": len(stood)}
