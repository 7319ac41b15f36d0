"""Dated facts about many owners at once, and the cutting of a year where any of them changes.

An owner is a row number, 0 to n - 1: an account, a dwelling, a claim. Every period is half open,
[starts, ends): the state at the end of a day holds for the whole of it (Local Government Finance
Act 1992 s.2(2)). `NaT` as an end means *still so*.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
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


def slice_year(
    year: years.Year,
    owners: int,
    timelines: Mapping[str, Timeline],
    *,
    within: str | None = None,
) -> Slices:
    """Return every owner's year, cut at each change of any timeline, with the values in force.

    Fully vectorised: one sort of the cuts, then one gather a timeline. Most rows hold the whole
    year through; only the others are searched for the slices that they begin and stop at.

    Args:
        year: the financial year.
        owners: how many owners there are.
        timelines: what each slice holds, by name.
        within: the timeline outside of which nothing is asked; only its days are read, not its
            values. None for the whole year.

    Raises:
        OverlappingPeriods: naming timeline, owner and day, unless the timeline is counting.
        ValueError: when a period ends before it starts or an owner is out of range.
    """
    clipped = {name: _clip(name, line, year, owners) for name, line in timelines.items()}
    cuts = _cuts(clipped.values(), year, owners)
    owner = cuts // STRIDE
    until = np.minimum(np.append(cuts[1:], owners * STRIDE), owner * STRIDE + year.days)
    if within is not None:
        asked = np.flatnonzero(_known(clipped.pop(within), cuts, owner, owners))
        cuts, owner, until = cuts.take(asked), owner.take(asked), until.take(asked)
    columns = {name: _in_force(line, cuts, owner, owners) for name, line in clipped.items()}
    first_of_april = np.datetime64(year.starts, "D") - owner * STRIDE
    return Slices(owner, first_of_april + cuts, first_of_april + until, columns)


def after_months(
    days: NDArray[np.datetime64], months: int | NDArray[np.int64]
) -> NDArray[np.datetime64]:
    """Return the day on which a period of so many whole months from each day is over.

    The corresponding day of the later month, or the first of the month after when there is none:
    a month from 31 January is over on 1 March, a year from 29 February on 1 March. Days and months
    of different shapes are broadcast.
    """
    month = days.astype("datetime64[M]")
    day_of_month = days - month.astype(DAY)
    target = month + np.asarray(months).astype("timedelta64[M]")
    latest = (target + np.timedelta64(1, "M")).astype(DAY)
    moved: NDArray[np.datetime64] = np.minimum(target.astype(DAY) + day_of_month, latest)
    return moved


def cut_at(line: Timeline, days: NDArray[np.datetime64]) -> Timeline:
    """Return the timeline with each row divided at its days: there a clock strikes.

    Nothing changes but the number of rows.

    Args:
        line: with m rows.
        days: datetime64[D] (m, k), in any order; those outside a row's period do not divide it.
    """
    open_end = np.datetime64("9999-01-01", "D")
    ends = np.where(np.isnat(line.ends), open_end, line.ends)
    edges = np.sort(np.column_stack([line.starts, days, ends]), axis=1)
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
    """A timeline's rows inside one year: those that hold all of it, and the others in order.

    Attributes:
        whole: the owners held all year, with `whole_value`.
        first, last: owner x STRIDE + day of the other rows, one sortable number, with `value`.
    """

    name: str
    whole: NDArray[np.int64]
    whole_value: NDArray[Any]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    value: NDArray[Any]
    missing: Any
    counting: bool


def _clip(name: str, line: Timeline, year: years.Year, owners: int) -> _Clipped:
    _refuse_nonsense(name, line, owners)
    begins, over = _numbers(np.array([year.starts, year.ends], DAY))
    starts, ends = _numbers(line.starts), _numbers(line.ends)
    later = (ends > begins) | np.isnat(line.ends)
    to_the_end = (ends >= over) | np.isnat(line.ends)
    all_year = (starts <= begins) & to_the_end
    whole = np.flatnonzero(all_year)
    part = np.flatnonzero(~all_year & later & (starts < over))
    april = line.owner.take(part) * STRIDE
    first = april + np.maximum(starts.take(part) - begins, 0)
    last = april + np.where(to_the_end.take(part), year.days, ends.take(part) - begins)
    if np.any(first[1:] < first[:-1]):
        order = np.argsort(first, kind="stable")
        part, first, last = part.take(order), first.take(order), last.take(order)
    clipped = _Clipped(
        name=name,
        whole=line.owner.take(whole),
        whole_value=line.value.take(whole),
        first=first,
        last=last,
        value=line.value.take(part),
        missing=line.missing,
        counting=line.counting,
    )
    if not line.counting:
        _refuse_overlap(clipped, year, owners)
    return clipped


def _numbers(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return days since 1970: NumPy compares numbers far faster than dates, which may be NaT."""
    return days.astype(DAY, copy=False).view(np.int64)


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


def _refuse_overlap(line: _Clipped, year: years.Year, owners: int) -> None:
    held = np.bincount(line.whole, minlength=owners)
    clashes = np.concatenate(
        [
            np.flatnonzero(held > 1) * STRIDE,
            line.first[held.take(line.first // STRIDE) > 0],
            line.first[1:][line.first[1:] < line.last[:-1]],
        ]
    )
    if clashes.size:
        owner, day = divmod(int(clashes.min()), STRIDE)
        when = np.datetime64(year.starts, "D") + day
        raise OverlappingPeriods(
            f"Two periods of “{line.name}” of owner {owner} overlap on {when}. End the first one."
        )


def _cuts(lines: Iterable[_Clipped], year: years.Year, owners: int) -> NDArray[np.int64]:
    """Return every owner's first day and every change within the year, in order, each once.

    They come as a few sorted runs, which a stable sort merges.
    """
    edges = [edge for line in lines for edge in (line.first, line.last)]
    changes = np.concatenate([np.zeros(0, np.int64), *edges])
    changes = changes[changes % STRIDE < year.days]  # the end of the year is no change
    cuts = np.concatenate([np.arange(owners, dtype=np.int64) * STRIDE, changes])
    cuts.sort(kind="stable")
    anew = np.ones(len(cuts), np.bool_)
    anew[1:] = cuts[1:] != cuts[:-1]
    return cuts[anew]


def _in_force(
    line: _Clipped, cuts: NDArray[np.int64], owner: NDArray[np.int64], owners: int
) -> NDArray[Any]:
    """Return the value in force from each cut on, (p,)."""
    if line.missing is None:
        _refuse_gaps(line.name, owner, _known(line, cuts, owner, owners))
        everyone = np.zeros(owners, line.value.dtype)  # all of which is known, so none of it stays
    else:
        kind = np.result_type(line.value.dtype, np.asarray(line.missing).dtype)
        everyone = np.full(owners, line.missing, kind)
    put: Callable[..., Any] = np.add.at if line.counting else operator.setitem
    put(everyone, line.whole, line.whole_value)
    column: NDArray[Any] = everyone.take(owner)
    starts = np.searchsorted(cuts, line.first)
    lasts = np.searchsorted(cuts, line.last) - starts
    held = np.arange(lasts.sum()) + np.repeat(starts - (np.cumsum(lasts) - lasts), lasts)
    put(column, held, np.repeat(line.value, lasts))
    return column


def _known(
    line: _Clipped, cuts: NDArray[np.int64], owner: NDArray[np.int64], owners: int
) -> NDArray[np.bool_]:
    """Return whether any value is in force from each cut on, bool (p,)."""
    whole, part = (np.ones(len(rows), np.bool_) for rows in (line.whole, line.first))
    is_so = replace(line, whole_value=whole, value=part, missing=False, counting=False)
    return _in_force(is_so, cuts, owner, owners)


def _refuse_gaps(name: str, owner: NDArray[np.int64], known: NDArray[np.bool_]) -> None:
    gaps = owner[~known]
    if gaps.size:
        raise ValueError(f"“{name}” is not known on some day of the year for owner {gaps[0]}.")
