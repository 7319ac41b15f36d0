"""Clocks that run on the dwelling, not on its owner: how long it has stood empty.

A dwelling is *empty* when it is unoccupied and substantially unfurnished (Local Government
Finance Act 1992 s.11B(8)). A spell of living in or furnishing of not more than six weeks does
not set the clock back (s.11B(9)).

The first day with a premium is the day on which N whole years are over: empty since 1 April
2024 means a premium from 1 April 2025, as councils bill it. (Read to the letter, "a continuous
period of at least 1 year ending with that day" would begin one day earlier.)
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from borough.rules import periods


class Occupation(enum.IntEnum):
    """Who and what is in the dwelling."""

    OCCUPIED = 0
    FURNISHED = 1
    UNFURNISHED = 2
    WORKS = 3


WORDS: Mapping[str, int] = {
    "occupied": Occupation.OCCUPIED,
    "furnished": Occupation.FURNISHED,
    "unfurnished": Occupation.UNFURNISHED,
    "works": Occupation.WORKS,
}
"""`furnished`: nobody's home, furnished (a second home). `unfurnished`: nobody's home, empty.
`works`: the same, and it needs or is undergoing major repair or alteration (Class D)."""

EMPTY = (Occupation.UNFURNISHED, Occupation.WORKS)
NEVER = np.datetime64("NaT", "D")


def empty_since(
    occupation: periods.Timeline,
    *,
    disregarded_days: int,
    months: Iterable[int] = (),
) -> periods.Timeline:
    """Return since when each dwelling has stood empty, while it does.

    Args:
        occupation: the dwelling's whole history as far as known, values of :class:`Occupation`.
        disregarded_days: the longest spell of use that leaves the clock running.
        months: the ages at which the rows are to be cut, because a figure of law changes there.

    Returns:
        A timeline of datetime64[D] values: the first day of the run; NaT while not empty.
    """
    return _clock(occupation, EMPTY, disregarded_days, months)


def works_since(
    occupation: periods.Timeline, *, disregarded_days: int, months: Iterable[int] = ()
) -> periods.Timeline:
    """Return since when each dwelling has needed or undergone major works; see `empty_since`."""
    return _clock(occupation, (Occupation.WORKS,), disregarded_days, months)


def limited(line: periods.Timeline, months: Mapping[str, int]) -> periods.Timeline:
    """Return a timeline of class letters with each period cut short at its class's time limit.

    The clock of a class starts when its condition first holds, which may be years before the
    class existed.

    Args:
        line: periods for which a condition holds, valued by class letter.
        months: the limit of each class that has one.
    """
    line, since = _since(line, gap=0, same_value=True)
    limit = np.zeros(len(since), np.int64)
    for letter, lasts in months.items():
        limit[line.value == letter] = lasts
    over = periods.after_months(since, np.maximum(limit, 1))
    ends = np.where(np.isnat(line.ends), over, np.minimum(line.ends, over))
    ends = np.where(limit > 0, ends, line.ends).astype(periods.DAY)
    return replace(line, ends=ends).where(np.isnat(ends) | (line.starts < ends))


def whole_months(since: NDArray[np.datetime64], on: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return how many whole months are over on each day, int64 (n,); -1 where `since` is NaT."""
    counted = np.full(len(since), -1, np.int64)
    known = ~np.isnat(since)
    begun, day = since[known], on[known]
    about = (day.astype("datetime64[M]") - begun.astype("datetime64[M]")).astype(np.int64)
    counted[known] = about - (periods.after_months(begun, about) > day)
    return counted


def _clock(
    occupation: periods.Timeline,
    states: Iterable[int],
    disregarded_days: int,
    months: Iterable[int],
) -> periods.Timeline:
    empty = occupation.where(np.isin(occupation.value, list(states)))
    running, since = _since(empty, gap=disregarded_days, same_value=False)
    clock = replace(running, value=since, missing=NEVER)
    return periods.cut_at(clock, periods.after_months(since[:, None], np.array([*months], int)))


def _since(
    line: periods.Timeline, *, gap: int, same_value: bool
) -> tuple[periods.Timeline, NDArray[np.datetime64]]:
    """Return the rows in order, and on which day the run began that each belongs to.

    A row goes on with the run of the row before it when it is the same owner's (and has the same
    value) and begins at most `gap` days after that one ended.
    """
    line = line.where(np.lexsort((line.starts, line.owner)))
    apart = (line.starts[1:] - line.ends[:-1]).astype(np.int64)
    anew = (line.owner[1:] != line.owner[:-1]) | (apart > gap)
    if same_value:
        anew |= line.value[1:] != line.value[:-1]
    first = np.append(True, anew)[: len(line.owner)]
    since = line.starts[first][np.cumsum(first) - 1]
    return line, since.astype(periods.DAY)
