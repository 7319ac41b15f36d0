"""The figures of collecting, counted as each month ends."""

from datetime import timedelta

from borough.kernel.living import Counts, Day
from borough.lines.revenues import collected
from borough.lines.revenues.commands import collected as commands
from borough.lines.revenues.living import officers


def count_the_month(day: Day) -> Counts:
    """Count the ledger on the last day of a month."""
    if (day.on + timedelta(1)).day != 1:
        return {}
    run = commands.ask_figures(by=officers.preparer(), on=day.on)
    collected.carry_out(run)
    return {"counts of the ledger": 1}
