"""Recovery through the year, on the days of the month on which this office does it.

Nothing is asked of anybody before the runs have asked what stands against it; the runs are those
of the pages, prepared by one officer and committed by another.
"""

from datetime import date, timedelta

from borough.kernel.bank import working_days
from borough.kernel.living import Counts, Day
from borough.kernel.runs.models import Run
from borough.lines.revenues import recovering, steps
from borough.lines.revenues.commands import recovery as commands
from borough.lines.revenues.living import officers

# Day of the month -> the step of that day. A summons is to a hearing four weeks later.
DAYS = {
    16: (steps.Kind.REMINDER, steps.Kind.SECOND_REMINDER),
    19: (steps.Kind.FINAL_NOTICE,),
    22: (steps.Kind.SUMMONS,),
}
SENT = {
    steps.Kind.REMINDER: "reminders",
    steps.Kind.SECOND_REMINDER: "second reminders",
    steps.Kind.FINAL_NOTICE: "final notices",
    steps.Kind.SUMMONS: "summonses",
}
FIRST_MONTH = 5  # nobody is reminded in April, while the year's bills settle
HEARING_AFTER = timedelta(28)


def recover(day: Day) -> Counts:
    """Do the steps of the day."""
    if not day.year.starts.replace(month=FIRST_MONTH) <= day.on < day.year.ends:
        return {}
    counts: dict[str, int] = {}
    for step in _of_the_day(day.on):
        court = working_days.on_or_after(day.on + HEARING_AFTER)
        hearing = court if step == steps.Kind.SUMMONS else None
        preview = commands.prepare_recovery(
            year=day.year, step=step, hearing=hearing, by=officers.preparer(), on=day.on
        )
        recovering.preview(preview)
        try:
            run = commands.commit_recovery(preview=preview, by=officers.committer(), on=day.on)
        except commands.NobodyToSendTo:
            continue
        recovering.carry_out(run, by=officers.committer(), on=day.on)
        counts[SENT[step]] = _taken(run)
    return counts


def _of_the_day(on: date) -> list[steps.Kind]:
    """Return the steps of a day: what falls on a day of rest is done on the next working day."""
    return [
        step
        for number, some in DAYS.items()
        if working_days.on_or_after(on.replace(day=number)) == on
        for step in some
    ]


def _taken(run: Run) -> int:
    return sum(run.parts.values_list("rows", flat=True))
