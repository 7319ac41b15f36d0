"""Setting how much is worked on at once, and within how many working days."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.lines.change import capabilities, limits, models

MOST = 260  # working days of a year; more is mistyped


class NoLimit(commanding.Refusal):
    """There is no such limit, or the number is none."""


class PastDay(commanding.Refusal):
    """What held before stays so."""


@commanding.command(capabilities.SET_LIMITS)
def set_limit(*, of: str, most: int, starts: date, by: commanding.Actor, on: date) -> models.Limit:
    """Set a limit from a day on; what was begun before keeps the limit of its own day.

    Raises:
        NoLimit: there is no such limit, or it is not from 1 to 260.
        PastDay: the day is over.
    """
    if of not in limits.ALL:
        raise NoLimit("There is no such limit. Choose one of the list.")
    if not 1 <= most <= MOST:
        raise NoLimit(f"A limit is a whole number from 1 to {MOST}.")
    if starts < on:
        raise PastDay("The first day must be today or later: what held before stays so.")
    made = models.Limit.objects.create(of=of, most=most, starts=starts, by=by.reference, on=on)
    facts.record(
        "change.limit_set",
        thing=f"change.limit/{of}",
        by=by,
        on=on,
        of=of,
        most=most,
        starts=starts,
    )
    return made
