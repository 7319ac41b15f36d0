"""The clock of a moratorium: which day it is, what is due by when, and when it is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel.holds import kinds
from borough.resident.moratoria import models
from borough.rules import parameters

Kind = models.Notice.Kind
Events = models.Event.Kind


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done or awaited by a day, in words."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A moratorium on a day.

    Attributes:
        starts: its first day.
        ends: the first day on which it holds no more; None while a crisis treatment goes on.
        day: 1 on its first day; 0 or less before.
        has_ended: it holds no more on that day.
        is_recorded: its end is recorded.
        review_until: the last day on which we may ask for a review.
        midway: the first and last day of the adviser's review; None in a crisis.
        due: what is to come, the soonest first.
    """

    starts: date
    ends: date | None
    day: int
    has_ended: bool
    is_recorded: bool
    review_until: date
    midway: tuple[date, date] | None
    due: tuple[Due, ...]


def figures(starts: date) -> parameters.InForce:
    """Return the days of the law as they were when a moratorium started."""
    return parameters.InForce(parameters.load_file("breathing_space/clock.yaml"), starts)


def of(
    notice: models.Notice,
    events: Sequence[models.Event],
    ending: models.Ending | None,
    *,
    on: date,
) -> Clock:
    """Return how a moratorium stands on a day."""
    values = figures(notice.starts)
    ends = ending.ends if ending else ends_by_itself(notice, events)
    midway = None
    if notice.kind == Kind.STANDARD:
        midway = (
            _day(notice.starts, values["midway_first_day"]),
            _day(notice.starts, values["midway_last_day"]),
        )
    review_until = _day(notice.starts, values["review_request_days"])
    has_ended = ends is not None and ends <= on
    due = [] if has_ended else _due(events, review_until, midway, ends)
    return Clock(
        starts=notice.starts,
        ends=ends,
        day=(on - notice.starts).days + 1,
        has_ended=has_ended,
        is_recorded=ending is not None,
        review_until=review_until,
        midway=midway,
        due=tuple(sorted(due, key=lambda one: one.on)),
    )


def ends_by_itself(notice: models.Notice, events: Sequence[models.Event]) -> date | None:
    """Return the day on which the law ends it: the first on which it holds no more."""
    terms = kinds.all_kinds()[notice.kind].on(notice.starts)
    if terms is None:
        raise parameters.NoSuchFigure("There was no such moratorium on that day.")
    if notice.kind == Kind.STANDARD:
        return kinds.last_day_after(notice.starts, terms)
    treated = next((one for one in events if one.kind == Events.TREATMENT_ENDED), None)
    if treated is None:
        return None
    return max(
        treated.on + timedelta(1 + terms.runs_on_days),
        treated.recorded_on + timedelta(1),  # the day itself on which we hear of it is still held
    )


def _day(starts: date, number: int) -> date:
    """Return the day with a number; the first day is number 1."""
    return starts + timedelta(number - 1)


def _due(
    events: Sequence[models.Event],
    review_until: date,
    midway: tuple[date, date] | None,
    ends: date | None,
) -> list[Due]:
    done = {one.kind for one in events}
    due = []
    if Events.REVIEW_ASKED not in done:
        words = "The last day on which we may ask the adviser for a review"
        due.append(Due(review_until, words))
    if midway and Events.MIDWAY_KEPT not in done:
        words = "The last day of the adviser’s midway review. Ask for its outcome if it is late"
        due.append(Due(midway[1], words))
    if ends is not None:
        due.append(Due(ends, "The first day on which it holds no more"))
    return due
