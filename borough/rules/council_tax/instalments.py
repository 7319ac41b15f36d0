"""Statutory instalments (SI 1992/613 Sch.1 Part I), for many bills at once.

Months of the year are numbered 0 (April) to 11 (March). A notice issued before the year or by 30
April asks for ten instalments, or for twelve where asked for and issued by 15 April; a later one
for fewer; one issued after 31 December for a single payment.

All instalments but the first are whole pounds and equal; the first takes the odd amount.
"""

import datetime
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.rules import engine, money, parameters, years
from borough.rules.engine import rule
from borough.rules.money import Count, Days, Flag, Pence, Unit
from borough.rules.periods import DAY

SCHEDULE = "SI 1992/613 Sch.1 "
MONTHS = 12


@rule(SCHEDULE + "para 2(3)(b)")
def months_left(issued: Days, year_starts: datetime.date) -> Count:
    """Return the whole months of the year after the month of issue, (n,); 12 before the year."""
    gone = (issued.astype("datetime64[M]") - np.datetime64(year_starts, "M")).astype(np.int64)
    return np.where(gone < 0, MONTHS, np.maximum(MONTHS - 1 - gone, 0))


@rule(SCHEDULE + "para 2(3)")
def usual_number(
    issued: Days, months_left: Count, usual_until: datetime.date, usual_instalments: int
) -> Count:
    """Return how many instalments a notice asks for unless the resident wants more, (n,)."""
    return np.where(issued <= np.datetime64(usual_until), usual_instalments, months_left - 1)


@rule("SI 1992/613 reg.21(1A), Sch.1 para 2(3A)")
def requested_number(
    issued: Days,
    twelve: Flag,
    months_left: Count,
    requested_until: datetime.date,
    requested_instalments: int,
    requested_months_withheld: int,
) -> Count:
    """Return how many instalments there are where the resident asked for twelve, (n,), else 0."""
    later = months_left - requested_months_withheld
    in_time = issued <= np.datetime64(requested_until)
    return np.where(twelve, np.where(in_time, requested_instalments, later), 0)


@rule(SCHEDULE + "paras 2(1), 2(3) and 2(3A)")
def statutory_number(
    issued: Days,
    twelve: Flag,
    usual_number: Count,
    requested_number: Count,
    instalments_until: datetime.date,
) -> Count:
    """Return how many instalments there are before small ones are looked at, (n,), at least 1."""
    several = np.maximum(np.where(twelve, requested_number, usual_number), 1)
    return np.where(issued > np.datetime64(instalments_until), 1, several)


@rule(SCHEDULE + "paras 2(7) and 3(1)")
def spread_over(
    total: Pence,
    statutory_number: Count,
    least_instalment: int,
    least_total: int,
    fifty_pence_tie: str,
) -> Count:
    """Return over how many instalments the total is divided, (n,).

    The statutory number; but where that gives instalments under £5 even after a small first one
    is joined with the second, as many as £5 goes into the total, and one for a total under £10.
    """
    other = _to_the_pound(total, statutory_number, fifty_pence_tie)
    first = total - (statutory_number - 1) * other
    first = np.where(first < least_instalment, first + other, first)
    small = (np.minimum(first, other) < least_instalment) & (statutory_number > 1)
    fewer = np.where(total < least_total, 1, total // least_instalment)
    return np.where(small, np.clip(fewer, 1, statutory_number), statutory_number)


@rule(SCHEDULE + "para 2(5) and (6)")
def rounded(total: Pence, spread_over: Count, fifty_pence_tie: str) -> Pence:
    """Return the total divided by the number, to the nearest pound, (n,); 0 for one payment."""
    several = _to_the_pound(total, spread_over, fifty_pence_tie)
    return np.where(spread_over > 1, several, 0)


@rule(SCHEDULE + "para 2(7)")
def joined(total: Pence, spread_over: Count, rounded: Pence, least_instalment: int) -> Flag:
    """Return True where the first instalment would be under £5 and takes in the second, (n,)."""
    first = total - (spread_over - 1) * rounded
    return np.logical_and(first < least_instalment, spread_over > 1)


@rule(SCHEDULE + "paras 2 and 3", "Number of instalments")
def number(spread_over: Count, joined: Flag) -> Count:
    """Return how many instalments are asked for, (n,)."""
    return spread_over - joined


@rule(SCHEDULE + "para 2(6)", "The first instalment, which takes the odd amount")
def first(total: Pence, number: Count, rounded: Pence) -> Pence:
    """Return the first instalment, (n,), pence."""
    return total - (number - 1) * rounded


@rule(SCHEDULE + "para 2(5) and (6)", "Each of the others, in whole pounds", when="other")
def other(number: Count, rounded: Pence) -> Pence:
    """Return every instalment but the first, (n,), pence; 0 where there is only one."""
    return np.where(number > 1, rounded, 0)


@rule(SCHEDULE + "para 2(4)")
def first_month(
    issued: Days,
    pay_day: Count,
    number: Count,
    year_starts: datetime.date,
    days_before_first: int,
) -> Count:
    """Return the month of the first instalment, (n,): the first whose pay day leaves the days
    of notice, but early enough for all instalments to fall within the year.

    A single payment asked for after the year, or too late in it, falls in a month after March.
    """
    april = np.datetime64(year_starts, "M")
    earliest = np.maximum(issued + days_before_first, np.datetime64(year_starts))
    month = (earliest.astype("datetime64[M]") - april).astype(np.int64)
    due = (april + month).astype(DAY) + (pay_day - 1)
    month = month + (due < earliest)
    return np.where(number > 1, np.minimum(month, MONTHS - number), month)


def _to_the_pound(total: Pence, number: Count, fifty_pence_tie: str) -> Pence:
    mode = money.HALF_UP if fifty_pence_tie == "up" else money.HALF_DOWN
    return 100 * money.pence(total, 100 * number, mode)


SCHEME = engine.Scheme(
    "Council Tax instalments",
    facts=(
        engine.Fact("total", Unit.PENCE, "What is there to pay?", low=0),
        engine.Fact("issued", Unit.DAY, "On which day is the notice issued?"),
        engine.Fact("twelve", Unit.FLAG, "Did the resident ask for twelve instalments?"),
        engine.Fact("pay_day", Unit.COUNT, "On which day of the month?", low=1, high=28),
    ),
    parameters={
        "year_starts": Unit.DAY,
        "usual_instalments": Unit.COUNT,
        "usual_until": Unit.DAY,
        "requested_instalments": Unit.COUNT,
        "requested_until": Unit.DAY,
        "requested_months_withheld": Unit.COUNT,
        "instalments_until": Unit.DAY,
        "least_instalment": Unit.PENCE,
        "least_total": Unit.PENCE,
        "days_before_first": Unit.COUNT,
        "fifty_pence_tie": Unit.CODE,
    },
    rules=[sys.modules[__name__]],
    not_modelled=(
        "The authority's own schemes of Part II, such as weekly payment.",
        "Adjustment notices (para 10): give the balance that is left as the total.",
        "What paras 2(7) and 3 let a council do (“may”) is always done.",
    ),
)


@dataclass(frozen=True)
class Plan:
    """The instalments of n bills, as columns.

    Attributes:
        number: how many, int64 (n,).
        first_pence, other_pence: the first and each of the others, int64 (n,).
        first_month: 0 for April to 11 for March, int64 (n,); more for a payment after the year.
        columns: every fact and result of the scheme, by name.
        figures: the figures of law that it was worked out with.
    """

    year: years.Year
    number: NDArray[np.int64]
    first_pence: NDArray[np.int64]
    other_pence: NDArray[np.int64]
    first_month: NDArray[np.int64]
    columns: engine.Columns
    figures: parameters.Figures

    def amounts(self) -> NDArray[np.int64]:
        """Return each instalment, int64 (n, 12) pence, 0 after the last."""
        nth = np.arange(MONTHS)
        others = np.where(nth < self.number[:, None], self.other_pence[:, None], 0)
        others[:, 0] = self.first_pence
        return others

    def due_days(self) -> NDArray[np.datetime64]:
        """Return the day on which each falls due, datetime64[D] (n, 12), NaT after the last.

        The pay day of the month; the first of them never sooner than the days of notice.
        """
        nth = np.arange(MONTHS)
        april = np.datetime64(self.year.starts, "M")
        months = april + self.first_month[:, None] + nth
        days = months.astype(DAY) + (self.columns["pay_day"] - 1)[:, None]
        notice = self.columns["issued"] + self.figures["days_before_first"]
        days[:, 0] = np.maximum(days[:, 0], notice)
        return np.where(nth < self.number[:, None], days, np.datetime64("NaT"))

    def explain(self, row: int) -> list[engine.Line]:
        """Return the sentences behind one bill's instalments."""
        facts = {name: self.columns[name][row : row + 1] for name in SCHEME.facts}
        return SCHEME.explain(facts, self.figures)


def plan(
    total_pence: NDArray[np.int64],
    *,
    issued: NDArray[np.datetime64],
    year: years.Year,
    twelve: NDArray[np.bool_],
    pay_day: NDArray[np.int64],
    values: Mapping[str, Any] | None = None,
) -> Plan:
    """Return the instalments of n bills.

    Args:
        total_pence: what is to be paid, or what is left of it, int64 (n,), not negative.
        issued: the day of issue of each notice, datetime64[D] (n,).
        year: the financial year billed.
        twelve: whether twelve instalments were asked for, bool (n,).
        pay_day: the day of the month on which each pays, int64 (n,), 1 to 28.
        values: parameters in force, such as `bill.law(...).values`; the national ones if left out.

    Raises:
        engine.BadFacts: when a total is negative or a pay day is not one of 1 to 28.
    """
    figures = figures_of(year, values)
    facts = {"total": total_pence, "issued": issued.astype(DAY), "twelve": twelve}
    ran = SCHEME.run({**facts, "pay_day": pay_day}, figures)
    return Plan(year, ran["number"], ran["first"], ran["other"], ran["first_month"], ran, figures)


def figures_of(year: years.Year, values: Mapping[str, Any] | None = None) -> parameters.Figures:
    """Return the figures of law for the year's instalments."""
    given = values or parameters.InForce(parameters.load("council_tax"), year.starts)
    figures: dict[str, Any] = {
        name: _day(year, given[name]) if unit is Unit.DAY else given[name]
        for name, unit in SCHEME.parameters.items()
        if name != "year_starts"
    }
    figures["year_starts"] = year.starts
    doubtful: frozenset[str] = getattr(given, "unverified", frozenset())
    return parameters.Figures(figures, doubtful & figures.keys())


def _day(year: years.Year, month_and_day: str) -> datetime.date:
    """Return the day of the financial year written "04-30"."""
    month, day = (int(part) for part in month_and_day.split("-"))
    return datetime.date(year.first if month >= year.starts.month else year.first + 1, month, day)
