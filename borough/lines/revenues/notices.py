"""Demand notices: what was asked for last, and what is asked for now, with its instalments."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from borough.kernel import arrays, copying
from borough.lines.revenues import laws, working
from borough.rules import money, years
from borough.rules.council_tax import instalments

_NEWEST_COLUMNS = (
    "x.row - 1",
    "b.version",
    "b.earlier_pence",
    "b.instalments",
    "b.first_pence",
    "b.other_pence",
    "coalesce(b.first_due - date '1970-01-01', 0)",
    "b.payment_day",
)
_NEWEST = """
from unnest(%s::bigint[]) with ordinality as x(id, row)
join lateral (select * from revenues_bill b where b.account_id = x.id and b.year = %s
              order by b.version desc limit 1) b on true
"""

_PLANS = """
from unnest(%s::bigint[]) with ordinality as x(id, row)
join revenues_plan p on p.account_id = x.id and p.account_id between %s and %s
  and p.starts <= %s and (p.ends is null or p.ends > %s)
"""

USUAL_PAYMENT_DAY = 1


@dataclass(frozen=True)
class Newest:
    """The newest notice of each account for a year, as columns (n,); version 0 where none is."""

    version: NDArray[np.int64]
    earlier_pence: NDArray[np.int64]
    instalments: NDArray[np.int64]
    first_pence: NDArray[np.int64]
    other_pence: NDArray[np.int64]
    first_due: NDArray[np.datetime64]
    payment_day: NDArray[np.int64]

    def due_days(self) -> NDArray[np.datetime64]:
        """Return the days of the instalments, datetime64[D] (n, 12), NaT after the last."""
        nth = np.arange(12)
        months = self.first_due.astype("datetime64[M]")[:, None] + nth
        days = months.astype("datetime64[D]") + (self.payment_day - 1)[:, None]
        days[:, 0] = self.first_due
        return np.where(nth < self.instalments[:, None], days, np.datetime64("NaT"))

    def amounts(self) -> NDArray[np.int64]:
        """Return the instalments, int64 (n, 12) pence, 0 after the last."""
        nth = np.arange(12)
        amounts = np.where(nth < self.instalments[:, None], self.other_pence[:, None], 0)
        amounts[:, 0] = np.where(self.instalments > 0, self.first_pence, 0)
        return amounts


@dataclass(frozen=True)
class Spread:
    """How what is left to ask for is spread: the columns of a notice, each (m,)."""

    earlier_pence: NDArray[np.int64]
    instalments: NDArray[np.int64]
    first_pence: NDArray[np.int64]
    other_pence: NDArray[np.int64]
    first_due: NDArray[np.datetime64]
    payment_day: NDArray[np.int64]


def least_days(year: years.Year) -> int:
    """Return how many days after its issue a notice of the year may first ask for money.

    Raises:
        laws.LawNotKnown: the year's figures are not loaded.
    """
    return int(laws.of(year).values["days_before_first"])


def newest(account_ids: NDArray[np.int64], year: years.Year) -> Newest:
    """Return the newest notice of each account, in order."""
    columns = np.zeros((7, len(account_ids)), np.int64)
    row, *found = arrays.read(_NEWEST_COLUMNS, _NEWEST, [arrays.of_ids(account_ids), year.first])
    columns[:, row] = found
    version, earlier, number, first, other, first_due, payment_day = columns
    return Newest(
        version, earlier, number, first, other, first_due.view("datetime64[D]"), payment_day
    )


def issue(
    worked: working.Worked, before: Newest, rows: NDArray[np.int64], *, on: date, run: int | None
) -> None:
    """Issue a notice for these rows of what was worked out, dated ``on``."""
    if not len(rows):
        return
    spread = _spread(worked, before, rows, on=on)
    n = len(rows)
    bills = {
        "account_id": worked.ids[rows],
        "year": np.full(n, worked.year.first),
        "version": before.version[rows] + 1,
        "issued": pa.repeat(on, n),
        "charge_pence": worked.bill.due_pence[rows],
        "earlier_pence": spread.earlier_pence,
        "instalments": spread.instalments,
        "first_pence": spread.first_pence,
        "other_pence": spread.other_pence,
        "first_due": spread.first_due.astype("datetime64[D]"),
        "payment_day": spread.payment_day,
        "run_id": pa.nulls(n, pa.int64()) if run is None else pa.repeat(run, n),
    }
    copying.copy("revenues_bill", pa.table(bills))


def _spread(worked: working.Worked, before: Newest, rows: NDArray[np.int64], *, on: date) -> Spread:
    """Return the instalments of each notice: from the start, or of what is left to ask for."""
    total = worked.bill.due_pence[rows]
    numbers, days = _wishes(worked.ids[rows], worked.year, on)
    plan = instalments.plan(
        np.maximum(total, 0),
        issued=np.full(len(rows), np.datetime64(on)),
        year=worked.year,
        twelve=numbers == 12,
        pay_day=days,
        values=laws.of(worked.year).values,
    )
    anew = Spread(
        np.zeros_like(total),
        np.where(total > 0, plan.number, 0),
        np.where(total > 0, plan.first_pence, 0),
        np.where(total > 0, plan.other_pence, 0),
        np.where(total > 0, plan.due_days()[:, 0], np.datetime64("NaT")),
        days,
    )
    adjusted = _adjusted(before, rows, total, year=worked.year, on=on)
    first_time = before.version[rows] == 0
    return Spread(
        *(
            np.where(first_time, getattr(anew, name), getattr(adjusted, name))
            for name in Spread.__dataclass_fields__
        )
    )


def _adjusted(
    before: Newest,
    rows: NDArray[np.int64],
    total: NDArray[np.int64],
    *,
    year: years.Year,
    on: date,
) -> Spread:
    """Spread what earlier notices have not yet asked for over the instalments that are left.

    SI 1992/613 Schedule 1 para 10: instalments that have fallen due stand; the rest is divided by
    those to come, to the nearest pound, the odd amount in the first. None to come: one payment.
    """
    days, amounts = before.due_days()[rows], before.amounts()[rows]
    soonest = np.datetime64(on) + least_days(year)
    fallen = ~np.isnat(days) & (days < soonest)
    earlier = before.earlier_pence[rows] + np.where(fallen, amounts, 0).sum(axis=1)
    left = np.maximum(total - earlier, 0)
    to_come = before.instalments[rows] - fallen.sum(axis=1)
    number = np.where(left > 0, np.maximum(to_come, 1), 0)
    other = np.where(number > 1, 100 * money.pence(left, 100 * np.maximum(number, 1)), 0)
    next_day = days[np.arange(len(rows)), np.minimum(fallen.sum(axis=1), 11)]
    first_due = np.where(to_come > 0, next_day, soonest)
    return Spread(
        earlier,
        number,
        left - np.maximum(number - 1, 0) * other,
        other,
        np.where(left > 0, first_due, np.datetime64("NaT")),
        np.maximum(before.payment_day[rows], 1),
    )


def _wishes(
    ids: NDArray[np.int64], year: years.Year, on: date
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many instalments each account asked for and its payment day, (n,) each.

    The plan in force on the day of issue or, for a year that is yet to come, at its start.
    """
    day = max(on, year.starts)
    number = np.full(len(ids), 10, np.int64)
    payment_day = np.full(len(ids), USUAL_PAYMENT_DAY, np.int64)
    row, *found = arrays.read(
        ["x.row - 1", "p.instalments", "p.payment_day"],
        _PLANS,
        [arrays.of_ids(ids), int(ids.min()), int(ids.max()), day, day],
    )
    number[row], payment_day[row] = found
    return number, payment_day
