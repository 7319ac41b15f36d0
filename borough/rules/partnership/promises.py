"""Was it kept? How a dated promise stands, from evidence by day; nobody says so by themselves.

There are two kinds of promise. One is to have come somewhere *by* a day: so much invested, so many
trained. The other is to stay somewhere *throughout*, up to a day: nobody made redundant, the work
in the borough. The first is broken only when its day has passed; the second on the first day on
which it is not so.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from borough.rules import years

Shape = Literal["by", "throughout"]
Better = Literal["higher", "lower"]


class Status(StrEnum):
    """How a promise stands on a day."""

    KEPT = "Kept"
    ON_COURSE = "On course"
    AT_RISK = "At risk"
    BROKEN = "Broken"
    UNKNOWN = "Cannot be told"


@dataclass(frozen=True, slots=True)
class Point:
    """What the evidence came to from a day on, in the promise's unit; None: it is not known."""

    on: datetime.date
    value: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What was promised.

    Attributes:
        shape: to have come there ``by`` the day, or to stay there ``throughout``.
        starts, due: the day from which it counts, and the last day.
        target: in the unit of the evidence.
        better: whether more or less of it is better.
        gathers: the evidence adds up from nothing at ``starts`` and never falls: once there, it is
            kept for good.
    """

    shape: Shape
    starts: datetime.date
    due: datetime.date
    target: int
    better: Better
    gathers: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """How a promise stands on a day.

    Attributes:
        status: on the day.
        value: what the evidence came to on the day, or on the day it was due if that has passed.
        expected: on a straight line from where it began to the target; None where no line leads.
        since: from which day on it is broken, or will be.
    """

    status: Status
    value: int | None
    expected: Fraction | None = None
    since: datetime.date | None = None


def judge(terms: Terms, path: Sequence[Point], on: datetime.date) -> Judged:
    """Return how a promise stands on a day.

    Args:
        terms: what was promised.
        path: the evidence by day, rising; days to come are what is known of them already.
        on: the day.
    """
    day = min(on, terms.due)
    value = value_on(path, day)
    if on < terms.starts:
        return Judged(Status.UNKNOWN, value)
    if terms.shape == "throughout":
        return _throughout(terms, path, day, on)
    expected = expected_on(terms, path, day)
    if value is None:
        return Judged(Status.UNKNOWN, None, expected)
    there = _meets(terms, value)
    if there and (terms.gathers or on >= terms.due):
        return Judged(Status.KEPT, value, expected)
    if on > terms.due or (on == terms.due and not terms.gathers):
        return Judged(Status.BROKEN, value, expected, since=terms.due)
    ahead = expected is None or _is_no_worse(terms, value, expected)
    return Judged(Status.ON_COURSE if there or ahead else Status.AT_RISK, value, expected)


def value_on(path: Iterable[Point], day: datetime.date) -> int | None:
    """Return what the evidence came to on a day; None before its first."""
    value = None
    for one in path:
        if one.on > day:
            break
        value = one.value
    return value


def expected_on(terms: Terms, path: Sequence[Point], day: datetime.date) -> Fraction | None:
    """Return where a straight line from the first evidence to the target stands on a day."""
    if terms.shape == "throughout":
        return Fraction(terms.target)
    begins, first = terms.starts, 0
    if not terms.gathers:
        known = [one for one in path if one.value is not None]
        if not known or known[0].on >= terms.due:
            return None
        begins, first = known[0].on, known[0].value or 0
    days = (terms.due - begins).days
    gone = min(max((day - begins).days, 0), days)
    return first + Fraction((terms.target - first) * gone, days) if days else Fraction(terms.target)


def fte_years(
    spells: Iterable[tuple[int, datetime.date, datetime.date | None]],
    starts: datetime.date,
    ends: datetime.date,
) -> Fraction:
    """Return full-time equivalents times years of work within ``[starts, ends)``, exact.

    Each financial year counts as one however many days it has, so that ten full-time and five
    half-time people over two years are 25: (10 + 5 × ½) × 2.

    Args:
        spells: (hundredths of a full-time equivalent, first day, first day no longer or None).
        starts: the first day that counts.
        ends: the first day that counts no longer.
    """
    total = Fraction(0)
    for hundredths, begins, stops in spells:
        first, last = max(begins, starts), min(stops or ends, ends)
        while first < last:
            year = years.Year.holding(first)
            until = min(last, year.ends)
            total += Fraction(hundredths * (until - first).days, 100 * year.days)
            first = until
    return total


def _throughout(
    terms: Terms, path: Sequence[Point], day: datetime.date, on: datetime.date
) -> Judged:
    value = value_on(path, day)
    expected = Fraction(terms.target)
    within = [one for one in path if terms.starts <= one.on <= terms.due]
    held = value_on(path, terms.starts)
    if held is not None:
        within = [Point(terms.starts, held), *within]
    worse = [one for one in within if one.value is not None and not _meets(terms, one.value)]
    before = [one for one in worse if one.on <= day]
    if before:
        return Judged(Status.BROKEN, value, expected, since=before[0].on)
    if value is None or any(one.value is None and one.on <= day for one in within):
        return Judged(Status.UNKNOWN, value, expected)
    if on >= terms.due:
        return Judged(Status.KEPT, value, expected)
    if worse:
        return Judged(Status.AT_RISK, value, expected, since=worse[0].on)
    return Judged(Status.ON_COURSE, value, expected)


def _meets(terms: Terms, value: int) -> bool:
    return _is_no_worse(terms, value, Fraction(terms.target))


def _is_no_worse(terms: Terms, value: int, than: Fraction) -> bool:
    return value >= than if terms.better == "higher" else value <= than
