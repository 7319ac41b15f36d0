"""Writing down what was learned."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.lines.change import capabilities, models


@commanding.command(capabilities.OWN_INITIATIVE)
def keep(
    *,
    initiative: models.Initiative,
    title: str,
    happened: str,
    next_time: str,
    by: commanding.Actor,
    on: date,
) -> models.Lesson:
    """Write down what was learned, and what to do next time."""
    made = initiative.lessons.create(
        title=title, happened=happened, next_time=next_time, by=by.reference, on=on
    )
    facts.record("change.lesson_kept", thing=initiative.thing, by=by, on=on, lesson=made.pk)
    return made
