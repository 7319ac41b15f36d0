"""The year's bills: prepared and committed on the first day on which they can be."""

from borough.kernel.living import Counts, Day
from borough.kernel.runs import statistics
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual
from borough.lines.revenues.commands import annual as commands
from borough.lines.revenues.living import officers


def bill_the_year(day: Day) -> Counts:
    """Bill the year unless it is billed."""
    if Run.objects.filter(key=f"{annual.BILLING}/{day.year.name}").exists():
        return {}
    preview = commands.prepare_billing(year=day.year, by=officers.preparer(), on=day.on)
    annual.preview(preview)
    run = commands.commit_billing(preview=preview, by=officers.committer(), on=day.on)
    annual.carry_out(run, by=officers.committer())
    statistics.take()
    return {"accounts billed": annual.totals(run)["accounts"]}
