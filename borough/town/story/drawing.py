"""The rows of the story: each piece of work with its day, each answer with its rating.

Drawn with whole numbers alone, always from the same seed: everybody is told the same story.
"""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.rules import years
from borough.town.story import written

SEED = 2008
ON_WORKING_DAYS, ON_OTHERS, BUSIER_PERCENT = 20, 1, 130
SATURDAY = 5
VERY_PERMILLE, NEITHER_PERMILLE = 580, 450
"""Of the satisfied, who are very; of the others, who are neither satisfied nor dissatisfied."""


def months(year: years.Year) -> list[date]:
    """Return the first day of each month of a year."""
    return [date(year.first + (place > 8), (place + 3) % 12 + 1, 1) for place in range(12)]


def last_of(month: date) -> date:
    """Return the last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def work(year: years.Year) -> Mapping[date, bytes]:
    """Return the work of a year as files, by the first day of each month."""
    found: dict[date, list[str]] = {month: ["Kind,Reference,Day"] for month in months(year)}
    for one in written.works():
        days = _days(year, one.count(year), f"{one.kind.value} {year}")
        for number, day in enumerate(days, start=1):
            reference = f"{one.prefix}{year.first}-{number:06}"
            found[day.replace(day=1)].append(f"{one.kind.value},{reference},{day}")
    return {month: "\n".join(rows).encode() for month, rows in found.items()}


def asked(month: date) -> bytes:
    """Return as a file how many were asked in a month, by service."""
    said = written.story()["survey"]
    rows = [f"{one},{month},letter,{said['invited']}" for one in said["services"]]
    return "\n".join(["Service,Day,Asked by,Invited", *rows]).encode()


def answers(month: date) -> bytes:
    """Return as a file who answered in a month, and how satisfied they were."""
    said, year = written.story()["survey"], years.Year.holding(month)
    satisfied = said["satisfied_permille"][year.first - written.story()["first_year"]]
    rows = ["Reference,Service,Day,Rating,Asked by"]
    for service in said["services"]:
        dice = furnishing.dice(SEED, f"answers {service} {month}")
        answering = dice.integers(0, 1000, said["invited"]) < said["answering_permille"]
        rows += _answers(dice, int(answering.sum()), satisfied, service, month)
    return "\n".join(rows).encode()


def _answers(
    dice: np.random.Generator, count: int, satisfied: int, service: str, month: date
) -> Iterator[str]:
    is_satisfied = dice.integers(0, 1000, count) < satisfied
    very = dice.integers(0, 1000, count) < VERY_PERMILLE
    neither = dice.integers(0, 1000, count) < NEITHER_PERMILLE
    least = dice.integers(1, 3, count)
    ratings = np.where(is_satisfied, np.where(very, 5, 4), np.where(neither, 3, least))
    days = dice.integers(1, last_of(month).day + 1, count)
    for number, (rating, day) in enumerate(zip(ratings, days, strict=True), start=1):
        on = month.replace(day=int(day))
        yield f"{service}-{month:%Y%m}-{number:03},{service},{on},{rating},letter"


def _days(year: years.Year, count: int, stage: str) -> Sequence[date]:
    """Return on which days so many pieces of work were done, in order."""
    weights = _weights(year)
    drawn = furnishing.dice(SEED, stage).integers(0, int(weights.sum()), count)
    places = np.sort(np.searchsorted(np.cumsum(weights), drawn, side="right"))
    first = np.datetime64(year.starts)
    found: list[date] = (first + places).astype(object).tolist()
    return found


def _weights(year: years.Year) -> NDArray[np.int64]:
    """Return how likely work is on each day of a year, int64 (days,)."""
    busier = written.story()["busier_months"]
    days = [year.starts + timedelta(days=place) for place in range(year.days)]
    weights = [
        (ON_WORKING_DAYS if day.weekday() < SATURDAY else ON_OTHERS)
        * (BUSIER_PERCENT if day.month in busier else 100)
        for day in days
    ]
    return np.array(weights, np.int64)
