"""Who draws? Nobody: a seed that was told beforehand ranks every case that was decided."""

import hashlib
from collections.abc import Iterable
from datetime import date

MOST = 20

Case = tuple[str, int]  # the slug of its kind, and its number


def pick(seed: str, cases: Iterable[Case]) -> list[Case]:
    """Return up to twenty of these cases: those whose digest with the seed is the lowest.

    Anybody who knows the seed and the cases comes to the same; nobody who decides a case before
    the quarter is over can tell whether it will be drawn without asking for its rank, and a case
    that is decided otherwise has the same rank.
    """
    return sorted(cases, key=lambda case: rank(seed, case))[:MOST]


def rank(seed: str, case: Case) -> str:
    """Return where a case stands: the SHA-256 of the seed, its kind and its number."""
    kind, number = case
    return hashlib.sha256(f"{seed}/{kind}/{number}".encode()).hexdigest()


def quarter(day: date) -> tuple[date, date]:
    """Return the quarter of the calendar that holds a day: its first day, and the day beyond.

    >>> quarter(date(2025, 12, 31))
    (datetime.date(2025, 10, 1), datetime.date(2026, 1, 1))
    """
    first = (day.month - 1) // 3 * 3 + 1
    starts = date(day.year, first, 1)
    return starts, date(day.year + (first == 10), (first + 2) % 12 + 1, 1)
