"""How Borough writes amounts, days and periods, on pages and in letters alike."""

import operator
from datetime import date, datetime, timedelta

from django.utils import timezone

NOT_KNOWN = "Not known"
MINUS = "\N{MINUS SIGN}"


def money(pence: int | None) -> str:
    """Write whole pence as pounds, ``£1,234.56``, or say that they are not known.

    Raises:
        TypeError: for anything but a whole number, so that no float is ever shown as money.
    """
    if pence is None:
        return NOT_KNOWN
    pounds, rest = divmod(abs(operator.index(pence)), 100)
    return f"{MINUS if pence < 0 else ''}£{pounds:,}.{rest:02}"


def balance(pence: int | None) -> str:
    """Write what is owed to the council in words: negative is a credit."""
    if pence is None:
        return NOT_KNOWN
    if pence == 0:
        return "Nothing to pay"
    return f"{money(abs(pence))} {'to pay' if pence > 0 else 'in credit'}"


def number(count: int | None) -> str:
    """Write a whole number with commas."""
    return NOT_KNOWN if count is None else f"{operator.index(count):,}".replace("-", MINUS)


def day(on: date | None) -> str:
    """Write a day in a sentence: ``22 November 2026``."""
    return NOT_KNOWN if on is None else f"{on.day} {on:%B %Y}"


def short_day(on: date | None) -> str:
    """Write a day in a table: ``22 Nov 2026``."""
    return NOT_KNOWN if on is None else f"{on.day} {on:%b %Y}"


def moment(at: datetime | None) -> str:
    """Write a moment in London's time: ``22 November 2026 at 10:16am``."""
    if at is None:
        return NOT_KNOWN
    here = timezone.localtime(at)
    return f"{day(here)} at {_clock(here)}"


def period(starts: date, ends: date | None) -> str:
    """Write ``[starts, ends)`` with its last day, as people say it; no end is *still so*."""
    if ends is None:
        return f"from {day(starts)}"
    last = ends - timedelta(days=1)
    return day(starts) if last == starts else f"{day(starts)} to {day(last)}"


def _clock(at: datetime) -> str:
    if at.minute == 0 and at.hour in {0, 12}:
        return "midday" if at.hour else "midnight"
    return f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"
