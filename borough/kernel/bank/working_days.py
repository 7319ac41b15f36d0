"""The days on which banks work in England, and the three days that a Bacs payment takes.

A file is handed in on the input day, processed on the next working day, and credited and debited on
the one after: the day of entry.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

_DAY = timedelta(days=1)
_SATURDAY = 5
_FIRST_YEAR = 1978  # the first year of the early May bank holiday; before it nothing here is asked


@dataclass(frozen=True, slots=True)
class Cycle:
    """The three working days of a Bacs payment."""

    input_day: date
    processing_day: date
    entry_day: date


def is_working_day(day: date) -> bool:
    """Tell whether banks in England and Wales work on the day."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def on_or_after(day: date) -> date:
    """Return the day itself if banks work on it, else the first working day after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def on_or_before(day: date) -> date:
    """Return the day itself if banks work on it, else the last working day before it."""
    while not is_working_day(day):
        day -= _DAY
    return day


def later(day: date, count: int) -> date:
    """Return the working day that is ``count`` working days after ``day``, not counting it.

    Raises:
        ValueError: ``count`` is less than nothing.
    """
    _refuse_negative(count)
    for _ in range(count):
        day = on_or_after(day + _DAY)
    return day


def earlier(day: date, count: int) -> date:
    """Return the working day that is ``count`` working days before ``day``, not counting it.

    Raises:
        ValueError: ``count`` is less than nothing.
    """
    _refuse_negative(count)
    for _ in range(count):
        day = on_or_before(day - _DAY)
    return day


def between(first: date, last: date) -> int:
    """Return how many working days there are after ``first``, up to and with ``last``."""
    days = range(1, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=count)) for count in days)


def cycle_ending(entry_day: date) -> Cycle:
    """Return the cycle whose money moves on a day, or on the next working day after it."""
    entry = on_or_after(entry_day)
    return Cycle(earlier(entry, 2), earlier(entry, 1), entry)


def cycle_from(input_day: date) -> Cycle:
    """Return the cycle of a file that is handed in on a day, or on the next working day."""
    handed_in = on_or_after(input_day)
    return Cycle(handed_in, later(handed_in, 1), later(handed_in, 2))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    if year < _FIRST_YEAR:
        raise ValueError(f"Bank holidays before {_FIRST_YEAR} are not known here.")
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def _refuse_negative(count: int) -> None:
    if count < 0:
        raise ValueError("count is less than nothing: ask for earlier or later instead")
