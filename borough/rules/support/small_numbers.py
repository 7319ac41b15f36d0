"""Counts of people without the small ones: nobody can be picked out of what is shown.

Three things are known to whoever reads figures twice: the rows, the total, and the figures of an
earlier day. So a row below ten is not shown; a row that moved by fewer than ten keeps its earlier
figure, and says so; and a total is shown only where every row is shown as it stands. Then nothing
that is not shown can be had by subtraction: each row stands for ten or more possible counts, each
movement that is not shown for ten or more, too. Rows are never hidden to protect others, so which
rows are hidden says nothing either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from borough.rules import statistics

LEAST = statistics.LEAST_SHOWN  # people; below it a count could point at somebody


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a count.

    Attributes:
        count: None: fewer than ten.
        since: the day on which the count was exactly so; None where it is not shown.
    """

    count: int | None
    since: date | None


def shown(
    counts: Mapping[str, int], before: Mapping[str, Shown], *, as_at: date
) -> dict[str, Shown]:
    """Return what may be shown of counts of people on a day.

    Args:
        counts: how many people, by row; never negative.
        before: what was shown of the same rows the time before; empty the first time.
        as_at: the day.
    """
    return {row: _row(count, before.get(row), as_at) for row, count in counts.items()}


def total(rows: Mapping[str, Shown], *, as_at: date) -> int | None:
    """Return the sum of rows that count each person once; None unless all are shown as they stand.

    Args:
        rows: what is shown.
        as_at: the day.
    """
    exact = [one.count for one in rows.values() if one.count is not None and one.since == as_at]
    return sum(exact) if len(exact) == len(rows) else None


def _row(count: int, before: Shown | None, as_at: date) -> Shown:
    if count < LEAST:
        return Shown(None, None)
    if before and before.count is not None and abs(count - before.count) < LEAST:
        return before
    return Shown(count, as_at)
