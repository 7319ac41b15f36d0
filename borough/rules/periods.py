"""Dated facts about many owners at once, and the cutting of a year where any of them changes.

An owner is a row number, 0 to n - 1: an account, a dwelling, a claim. Every period is half open,
[starts, ends): the state at the end of a day holds for the whole of it (Local Government Finance
Act 1992 s.2(2)). `NaT` as an end means *still so*.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.rules import years

DAY = np.dtype("datetime64[D]")
STRIDE = 512  # more than the days of a year: owner x STRIDE + day orders every cut of every owner


class OverlappingPeriods(ValueError):
    """One owner has two values of one thing on the same day."""


@dataclass(frozen=True)
class Timeline:
    """One kind of dated fact about many owners, as columns of one length m, in any order.

    Attributes:
        owner: int64 (m,), the owner's row number.
        starts: datetime64[D] (m,), the first day.
        ends: datetime64[D] (m,), the first day no longer included; NaT while still so.
        value: (m,) of any type.
        missing: what a slice holds where no row is in force: it must not look like a value.
            None refuses a year with such a day in it.
        counting: True when rows may overlap and the slice holds how many are in force.
    """

    owner: NDArray[np.int64]
    starts: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    value: NDArray[Any]
    missing: Any = None
    counting: bool = False

    @classmethod
    def of(cls, rows: list[tuple[int, Any, Any, Any]], *, missing: Any = None) -> "Timeline":
        """Return a timeline from (owner, starts, ends or None, value) rows, for small numbers."""
        owner, starts, ends, value = zip(*rows, strict=True) if rows else ((), (), (), ())
        return cls(
            np.array(owner, np.int64),
            np.array(starts, DAY),
            np.array(ends, DAY),
            np.array(value, None if rows else np.asarray(missing).dtype),
            missing=missing,
        )

    @classmethod
    def whole(cls, value: NDArray[Any], *, missing: Any = None) -> "Timeline":
        """Return a timeline on which every owner has held its `value`, shape (n,), for ever."""
        n = len(value)
        starts = np.full(n, np.datetime64("1993-04-01"), DAY)
        ends = np.full(n, np.datetime64("NaT"), DAY)
        return cls(np.arange(n), starts, ends, np.asarray(value), missing=missing)

    @classmethod
    def counts(
        cls,
        owner: NDArray[np.int64],
        starts: NDArray[np.datetime64],
        ends: NDArray[np.datetime64],
    ) -> "Timeline":
        """Return a timeline of which a slice holds the number of rows in force: 0 for none."""
        return cls(owner, starts, ends, np.ones(len(owner), np.int64), missing=0, counting=True)

    @classmethod
    def none(cls, missing: Any) -> "Timeline":
        """Return a timeline that says nothing about anybody."""
        return cls.of([], missing=missing)

    def where(self, keep: NDArray[Any]) -> "Timeline":
        """Return the rows picked by a mask, bool (m,), or by their positions."""
        return replace(
            self,
            owner=self.owner[keep],
            starts=self.starts[keep],
            ends=self.ends[keep],
            value=self.value[keep],
        )


@dataclass(frozen=True)
class Slices:
    """Each owner's year, cut wherever anything changes; sorted by owner, then by day.

    Attributes:
        owner: int64 (p,).
        starts: datetime64[D] (p,); ends: datetime64[D] (p,), never open.
        columns: by timeline name, the value in force throughout the slice, (p,).
    """

    owner: NDArray[np.int64]
    starts: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    columns: dict[str, NDArray[Any]]

    @property
    def days(self) -> NDArray[np.int64]:
        """The days of each slice, int64 (p,)."""
        return (self.ends - self.starts).astype(np.int64)

    def where(self, keep: NDArray[Any]) -> "Slices":
        """Return the slices picked by a mask, bool (p,), or by their positions."""
        rows = np.flatnonzero(keep) if keep.dtype == np.bool_ else keep
        columns = {name: column.take(rows) for name, column in self.columns.items()}
        return Slices(self.owner.take(rows), self.starts.take(rows), self.ends.take(rows), columns)


def slice_year(year: years.Year, owners: int, timelines: Mapping[str, Timeline]) -> Slices:
    """Return every owner's year, cut at each change of any timeline, with the values in force.

    Fully vectorised: one sort of all cuts, then one forward fill a timeline.

    Raises:
        OverlappingPeriods: naming timeline, owner and day, unless the timeline is counting.
        ValueError: when a period ends before it starts or an owner is out of range.
    """
    clipped = {name: _clip(name, line, year, owners) for name, line in timelines.items()}
    edges = [np.arange(owners, dtype=np.int64) * STRIDE]
    for line in clipped.values():
        edges += [line.first, line.last[line.last % STRIDE < year.days]]
    cuts = _distinct(np.concatenate(edges))
    owner, day = np.divmod(cuts, STRIDE)
    until = np.append(day[1:], year.days)
    until[np.append(owner[1:] != owner[:-1], True)] = year.days
    until = until[: len(cuts)]
    begins = np.datetime64(year.starts, "D")
    columns = {name: _in_force(name, line, cuts) for name, line in clipped.items()}
    return Slices(owner, begins + day, begins + until, columns)


def _distinct(cuts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cuts in order, each once. They come as sorted runs, which a stable sort merges."""
    cuts.sort(kind="stable")
    anew = np.ones(len(cuts), np.bool_)
    anew[1:] = cuts[1:] != cuts[:-1]
    return cuts[anew]


def after_months(
    days: NDArray[np.datetime64], months: int | NDArray[np.int64]
) -> NDArray[np.datetime64]:
    """Return the day on which a period of so many whole months from each day is over.

    The corresponding day of the later month, or the first of the month after when there is none:
    a month from 31 January is over on 1 March, a year from 29 February on 1 March.
    """
    month = days.astype("datetime64[M]")
    day_of_month = days - month.astype(DAY)
    target = month + np.asarray(months).astype("timedelta64[M]")
    latest = (target + np.timedelta64(1, "M")).astype(DAY)
    moved: NDArray[np.datetime64] = np.minimum(target.astype(DAY) + day_of_month, latest)
    return moved


def cut_at(
    line: Timeline, after: Callable[[NDArray[Any]], list[NDArray[np.datetime64]]]
) -> Timeline:
    """Return the timeline with its rows divided at the days that `after(value)` names.

    Nothing changes but the number of rows: the days on which a clock strikes become cuts.

    Args:
        line: with m rows.
        after: gives a list of day columns, each datetime64[D] (m,), from the values, (m,).
    """
    open_end = np.datetime64("9999-01-01", "D")
    ends = np.where(np.isnat(line.ends), open_end, line.ends)
    edges = np.sort(np.stack([line.starts, *after(line.value), ends], axis=1), axis=1)
    edges = np.clip(edges, line.starts[:, None], ends[:, None])
    row, column = np.nonzero(edges[:, :-1] < edges[:, 1:])
    until = edges[row, column + 1]
    return replace(
        line,
        owner=line.owner[row],
        starts=edges[row, column],
        ends=np.where(until == open_end, np.datetime64("NaT"), until),
        value=line.value[row],
    )


@dataclass(frozen=True)
class _Clipped:
    """A timeline's rows inside one year: owner and day as one sortable number."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    value: NDArray[Any]
    missing: Any
    counting: bool


def _clip(name: str, line: Timeline, year: years.Year, owners: int) -> _Clipped:
    _refuse_nonsense(name, line, owners)
    begins, over = np.datetime64(year.starts, "D"), np.datetime64(year.ends, "D")
    starts = np.maximum(line.starts, begins)
    ends = np.minimum(np.where(np.isnat(line.ends), over, line.ends), over)
    inside = starts < ends
    owner = line.owner[inside] * STRIDE
    first = owner + (starts[inside] - begins).astype(np.int64)
    last = owner + (ends[inside] - begins).astype(np.int64)
    value = line.value[inside]
    if np.any(first[1:] < first[:-1]):
        order = np.argsort(first, kind="stable")
        first, last, value = first[order], last[order], value[order]
    if not line.counting:
        _refuse_overlap(name, year, first, last)
    return _Clipped(first, last, value, line.missing, line.counting)


def _refuse_nonsense(name: str, line: Timeline, owners: int) -> None:
    if line.owner.size and (line.owner.min() < 0 or line.owner.max() >= owners):
        raise ValueError(f"“{name}” speaks of an owner who is not among the {owners} given.")
    if np.isnat(line.starts).any():
        raise ValueError(f"Every period of “{name}” needs a first day.")
    inverted = np.flatnonzero(line.ends <= line.starts)
    if inverted.size:
        row = inverted[0]
        raise ValueError(
            f"A period of “{name}” of owner {line.owner[row]} ends on {line.ends[row]}, "
            f"on or before its first day {line.starts[row]}."
        )


def _refuse_overlap(
    name: str, year: years.Year, first: NDArray[np.int64], last: NDArray[np.int64]
) -> None:
    clash = np.flatnonzero(first[1:] < last[:-1])
    if clash.size:
        owner, day = divmod(int(first[clash[0] + 1]), STRIDE)
        when = np.datetime64(year.starts, "D") + day
        raise OverlappingPeriods(
            f"Two periods of “{name}” of owner {owner} overlap on {when}. End the first one."
        )


def _in_force(name: str, line: _Clipped, cuts: NDArray[np.int64]) -> NDArray[Any]:
    """Return the value in force from each cut on, (p,)."""
    if line.counting:
        change = np.bincount(np.searchsorted(cuts, line.first), minlength=len(cuts) + 1)
        change -= np.bincount(_stops(line.last, cuts), minlength=len(cuts) + 1)
        return np.cumsum(change[: len(cuts)])
    starts = np.searchsorted(cuts, line.first)  # every first day is a cut
    lasts = _stops(line.last, cuts) - starts
    if line.missing is None and lasts.sum() < len(cuts):
        raise ValueError(_not_known(name, cuts, starts, lasts))
    if line.missing is None:  # nothing overlaps and nothing is missing: the values, in order
        return np.repeat(line.value, lasts)
    held = np.arange(lasts.sum()) + np.repeat(starts - (np.cumsum(lasts) - lasts), lasts)
    kind = np.result_type(line.value.dtype, np.asarray(line.missing).dtype)
    column = np.full(len(cuts), line.missing, kind)
    column[held] = np.repeat(line.value, lasts)
    return column


def _not_known(
    name: str, cuts: NDArray[np.int64], starts: NDArray[np.intp], lasts: NDArray[np.intp]
) -> str:
    covered = np.zeros(len(cuts) + 1, np.int64)
    np.add.at(covered, starts, 1)
    np.add.at(covered, starts + lasts, -1)
    owner = cuts[np.cumsum(covered[:-1]) == 0][0] // STRIDE
    return f"“{name}” is not known on some day of the year for owner {owner}."


def _stops(last: NDArray[np.int64], cuts: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return where each period stops: at its own cut, or where the next owner begins."""
    return np.searchsorted(cuts, last)
