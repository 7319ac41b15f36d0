"""The letters of a day: whoever had a step today is written to today; the others by the week."""

from borough.kernel.living import Counts, Day
from borough.lines.revenues import correspondence, models
from borough.lines.revenues.commands import correspondence as commands
from borough.lines.revenues.letters import waiting
from borough.lines.revenues.living import officers

WRITES_ON = 0  # Monday


def write(day: Day) -> Counts:
    """Write what waits to be written."""
    if day.on.weekday() != WRITES_ON and not models.Step.objects.filter(issued=day.on).exists():
        return {}
    try:
        run = commands.ask_letters(by=officers.preparer(), on=day.on)
    except commands.NothingToWrite:
        return {}
    correspondence.issue(run, by=officers.preparer())
    correspondence.finish(run, by=officers.preparer())
    counts = waiting.counts(run)
    return {"letters written": counts.issued, "letters left out": counts.left_out}
