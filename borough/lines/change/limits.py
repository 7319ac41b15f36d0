"""The limits that this council and its partner set themselves: on work at once, and on waiting.

What stands here are proposals that nobody decided; a limit that was set holds from its day on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from borough.kernel.bank import working_days
from borough.lines.change import models
from borough.lines.change.models import Stage


@dataclass(frozen=True, slots=True)
class Kind:
    """A limit: what it is of, in what it counts, and what is proposed."""

    slug: str
    title: str
    unit: Literal["initiatives", "working days"]
    proposed: int


@dataclass(frozen=True, slots=True)
class Holds:
    """What a limit comes to on a day; ``since`` is None while nobody has set it."""

    kind: Kind
    most: int
    since: date | None


AT_ONCE = {
    stage: Kind(f"at_once.{stage.value}", f"{stage.label}, at once", "initiatives", proposed)
    for stage, proposed in ((Stage.SHAPING, 6), (Stage.AGREED, 4), (Stage.UNDER_WAY, 5))
}
ANSWER = Kind("answer", "To answer an idea", "working days", 20)
NAME_ASSESSORS = Kind("name_assessors", "To name who assesses a change", "working days", 5)
ASSESS = Kind("assess", "To assess an impact of a change", "working days", 10)
DECIDE = Kind("decide", "To decide on a change", "working days", 10)
ALL = {one.slug: one for one in (*AT_ONCE.values(), ANSWER, NAME_ASSESSORS, ASSESS, DECIDE)}


def holding(on: date) -> Mapping[str, Holds]:
    """Return every limit as it holds on a day."""
    rows = models.Limit.objects.filter(starts__lte=on).order_by("starts", "pk")
    newest = {row.of: row for row in rows}
    return {
        slug: Holds(kind, newest[slug].most, newest[slug].starts)
        if slug in newest
        else Holds(kind, kind.proposed, None)
        for slug, kind in ALL.items()
    }


def most(kind: Kind, on: date) -> int:
    """Return what one limit comes to on a day."""
    return holding(on)[kind.slug].most


def last_day(kind: Kind, begun: date) -> date:
    """Return the last working day in time for what began on a day, by the limit of that day."""
    return last_days(kind)(begun)


def last_days(kind: Kind) -> Callable[[date], date]:
    """Return what answers the last day in time for many days, having asked for the limits once."""
    rows = models.Limit.objects.filter(of=kind.slug).order_by("starts", "pk")
    held = list(rows.values_list("starts", "most"))

    @cache
    def answer(begun: date) -> date:
        counts = [count for starts, count in held if starts <= begun]
        return working_days.later(begun, counts[-1] if counts else kind.proposed)

    return answer
