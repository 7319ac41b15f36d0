"""Quarterly counts of the fund, by strand and outcome, with small numbers left out.

It is the council's own management information, and not the return that the Department asks for:
its tables are wider than what is kept here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from borough.resident.fund import figures, models
from borough.resident.fund.queries import applications
from borough.rules import years

MONTHS = 3
OUTCOMES = ("Given", "Refused", "Withdrawn", "Waits")


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a financial year, on ``[starts, ends)``."""

    year: years.Year
    number: int

    @property
    def starts(self) -> date:
        """Its first day."""
        return _month(self.year, MONTHS * (self.number - 1))

    @property
    def ends(self) -> date:
        """The day after its last."""
        return _month(self.year, MONTHS * self.number)

    @classmethod
    def holding(cls, on: date) -> "Quarter":
        """Return the quarter that holds a day."""
        return cls(years.Year.holding(on), (on.month - 4) % 12 // MONTHS + 1)


@dataclass(frozen=True, slots=True)
class Count:
    """Applications of a strand with one outcome; None: a small number, not shown.

    Attributes:
        pence: what was given to them, less what is back with the fund.
        hours: from being asked to the first decision, the middle one; None where none is known.
    """

    strand: models.Strand
    outcome: str
    applications: int | None
    pence: int | None
    hours: int | None


def of_quarter(quarter: Quarter, *, on: date) -> list[Count]:
    """Return the counts of the applications that were received in a quarter.

    A count below the council's small number is left out with all that hangs on it. There are no
    sums over the rows, from which it could be worked out.
    """
    small = int(figures.in_force(on)["fund_small_number"])
    rows = applications.received(quarter.starts, min(quarter.ends, _after(on)))
    return [
        _count(strand, outcome, [one for one in rows if _is(one, strand, outcome)], small)
        for strand in models.ASKED_FOR
        for outcome in OUTCOMES
    ]


def outcome(one: applications.Standing) -> str:
    """Return what came of an application, in a word; one of ``OUTCOMES``."""
    if one.state is applications.State.WITHDRAWN:
        return "Withdrawn"
    if not one.decisions:
        return "Waits"
    return "Given" if any(each.pence for each in one.decisions) else "Refused"


def _is(one: applications.Standing, strand: models.Strand, what: str) -> bool:
    return one.application.strand == strand and outcome(one) == what


def _count(
    strand: models.Strand, what: str, rows: Sequence[applications.Standing], small: int
) -> Count:
    if 0 < len(rows) < small:
        return Count(strand, what, None, None, None)
    hours = [
        _hours(one.application.received_at, one.decisions[0].decided_at)
        for one in rows
        if one.decisions
    ]
    return Count(
        strand,
        what,
        len(rows),
        sum(one.given_pence for one in rows),
        round(median(hours)) if hours else None,
    )


def _hours(received: datetime, decided: datetime) -> float:
    return (decided - received).total_seconds() / 3600


def _month(year: years.Year, after: int) -> date:
    return date(year.first + (after + 3) // 12, (after + 3) % 12 + 1, 1)


def _after(on: date) -> date:
    return date.fromordinal(on.toordinal() + 1)
