"""The Council Taxbase return, counted from the records of a day.

Every dwelling is counted once, in the state that the same arithmetic bills it in; nothing is keyed.
The lines are those of the October 2022 form. Later forms split off premiums on second homes and
call the first tier of empty homes "1 to 5 years"; here that tier stands in line P2.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.lines.revenues import circumstances, laws, working
from borough.rules import money, years
from borough.rules.council_tax import clocks, taxbase

MODELLED_BUT_NOT_ON_THE_FORM = (
    "Premiums on second homes (from 1 April 2025) are billed, and not on the 2022 form.",
)

_PART = 20_000
_SIX_MONTHS = 6

_LIABLE = """
select id from revenues_account
where starts <= %(day)s and (ends is null or ends > %(day)s) order by id
"""

_LISTED = """
select letter, count(*) from revenues_band
where starts <= %(day)s and (ends is null or ends > %(day)s) group by letter
"""

# Who is liable is billed as exempt; of these nobody is, and they are exempt all the same.
_EXEMPT_UNCLAIMED = """
select b.letter, e.letter, count(*) from revenues_band b
join revenues_exemption e on e.dwelling_id = b.dwelling_id
  and e.starts <= %(day)s and (e.ends is null or e.ends > %(day)s)
where b.starts <= %(day)s and (b.ends is null or b.ends > %(day)s)
  and not exists (select 1 from revenues_account a where a.dwelling_id = b.dwelling_id
                  and a.starts <= %(day)s and (a.ends is null or a.ends > %(day)s))
group by b.letter, e.letter
"""

_PENSIONERS = """
select account_id from revenues_reduction
where kind = 1 and pensioner and starts <= %(day)s and (ends is null or ends > %(day)s)
"""


@dataclass(frozen=True)
class Day:
    """The periods that hold on the day, one an account, as columns (n,)."""

    moment: np.datetime64
    ids: NDArray[np.int64]
    columns: dict[str, NDArray[Any]]


def cells(on: date, authority: str) -> dict[taxbase.Cell, int]:
    """Return every input cell of the return for the day, in hundred-thousandths."""
    year = years.Year.holding(on)
    counts: Counter[tuple[str, str]] = Counter()
    for letter, number in _rows(_LISTED, on):
        counts["1", letter] += number * taxbase.ONE
    for letter, exempt, number in _rows(_EXEMPT_UNCLAIMED, on):
        counts["2", letter] += number * taxbase.ONE
        counts["X_class", f"Class {exempt}"] += number * taxbase.ONE
    pensioners = {number for (number,) in _rows(_PENSIONERS, on)}
    for day in _days(on, year):
        for line, chosen in _groups(day):
            _count(counts, line, day.columns["charged_band"][chosen])
        _count_as_listed(counts, day)
        _support(counts, day, pensioners, year)
    return {(authority, line, band): number for (line, band), number in counts.items()}


def whole(on: date, authority: str) -> list[tuple[str, str, str, str]]:
    """Return the long table of inputs and derived lines: authority, line, band, value."""
    given = cells(on, authority)
    everything = {**given, **taxbase.derived(given)}
    return [(*cell, taxbase.as_text(value)) for cell, value in everything.items()]


def tenths(on: date) -> int:
    """Return the taxbase before reductions (line 26) of the day, in tenths of a Band D dwelling."""
    derived = taxbase.derived(cells(on, ""))
    return derived["", "26", taxbase.TOTAL] // taxbase.TENTH


def _days(on: date, year: years.Year) -> Iterator[Day]:
    ids = [number for (number,) in _rows(_LIABLE, on)]
    moment = np.datetime64(on)
    for at in range(0, len(ids), _PART):
        some = np.array(ids[at : at + _PART], np.int64)
        bill = working.under(laws.of(year), circumstances.of(some, year))
        now = (bill.starts <= moment) & (moment < bill.ends)
        columns = {name: column[now] for name, column in bill.columns.items()}
        yield Day(moment, some[bill.owner[now]], columns)


def _groups(day: Day) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield the lines that are counted in the band charged, and whom they count."""
    c = day.columns
    exempt = c["exempt"]
    living = ~exempt & (c["occupation"] == clocks.Occupation.OCCUPIED)
    furnished = ~exempt & (c["occupation"] == clocks.Occupation.FURNISHED)
    empty = ~exempt & np.isin(c["occupation"], clocks.EMPTY)
    yield "8", living & (c["counted_adults"] == 1) & (c["disregarded"] == 0)
    yield "9", living & (c["counted_adults"] == 1) & (c["disregarded"] > 0)
    yield "10", living & (c["counted_adults"] == 0)
    yield from _by_percent("S", c["empty_discount_percent"], furnished)
    premium = c["long_term_premium_percent"]
    months = clocks.whole_months(c["empty_since"], np.full(len(empty), day.moment))
    yield from _by_percent("E", c["empty_discount_percent"], empty & (premium == 0))
    for tier, least, most in (("P2_", 0, 5), ("P5_", 5, 10), ("P10_", 10, 999)):
        in_tier = (months >= 12 * least) & (months < 12 * most)
        yield from _by_percent(tier, premium, empty & in_tier & (premium > 0))
    long = empty & (months >= _SIX_MONTHS)
    yield "16", long
    yield "17", long & (c["occupation"] == clocks.Occupation.WORKS)


def _by_percent(
    prefix: str, percent: NDArray[np.int64], among: NDArray[np.bool_]
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    for value in np.unique(percent[among]).tolist():
        yield f"{prefix}{value}", among & (percent == value)


def _count_as_listed(counts: Counter[tuple[str, str]], day: Day) -> None:
    """Count what the return asks for in the band of the list, before a disabled reduction."""
    c = day.columns
    _count(counts, "2", c["band"][c["exempt"]])
    for letter, number in Counter(c["exempt_class"][c["exempt"]].tolist()).items():
        counts["X_class", f"Class {letter}"] += number * taxbase.ONE
    _count(counts, "5", c["band"][c["disabled"] & ~c["exempt"]])
    annexe = c["annexe"] & ~c["exempt"]
    for letter, number in Counter(c["charged_band"][annexe].tolist()).items():
        counts["21", letter] += number * taxbase.ONE // 2


def _support(
    counts: Counter[tuple[str, str]], day: Day, pensioners: set[int], year: years.Year
) -> None:
    """Add line 28: what Council Tax Reduction takes, as so many dwellings of the band."""
    c = day.columns
    left = np.maximum(c["set_ninths"], 1)
    supported = np.flatnonzero(c["reduction"] > 0)
    for row in supported.tolist():
        band = str(c["charged_band"][row])
        # What is taken of these days, at the rate of a year, over what the band is charged a year.
        taken, days = int(c["reduction"][row]) * year.days, int(c["days"][row])
        share = money.pence(taken * 9 * taxbase.ONE, days * int(left[row]))
        kind = "pensioner" if int(day.ids[row]) in pensioners else "working_age"
        counts["28", band] += share
        counts[f"CTS_base_{kind}", band] += share
        counts[f"CTS_gbp_{kind}", band] += taxbase.ONE * int(money.pence(taken, 100 * days))


def _count(counts: Counter[tuple[str, str]], line: str, band: NDArray[np.str_]) -> None:
    for letter, number in Counter(band.tolist()).items():
        counts[line, letter] += number * taxbase.ONE


def _rows(query: str, on: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"day": on})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
