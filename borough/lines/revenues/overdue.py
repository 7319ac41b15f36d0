"""How accounts stand for a year on a day: what was asked by then, received, overdue, since when.

Columns over any number of accounts, from the notices and the ledger as they were on that day; two
queries whether one account is asked about or all. Every figure of collecting rests on these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.lines.revenues import billing, notices, sources
from borough.rules import years

_NEVER = np.datetime64("NaT", "D")
_DAY_BITS, _PENCE_BITS = 20, 40  # a day since 1970 and a charge in pence each fit well below

_BALANCES = """
select a.id, a.reference, s.id, coalesce(sum(p.pence), 0)::bigint,
       coalesce(sum(p.pence) filter (where j.source = any(%(charging)s)), 0)::bigint
from ledger_subaccount s
join revenues_account a on a.reference = s.reference
left join (ledger_posting p join ledger_journal j on j.id = p.journal_id and j."on" <= %(on)s)
       on p.sub_account_id = s.id
where s.kind = %(kind)s and s.part = %(part)s
  and (%(ids)s::bigint[] is null or a.id = any(%(ids)s::bigint[]))
group by a.id, a.reference, s.id order by a.id
"""

_NOTICES = """
select account_id, version, issued - date '1970-01-01', instalments, first_pence, other_pence,
       coalesce(first_due - date '1970-01-01', 0), payment_day
from revenues_bill
where year = %(year)s and issued <= %(on)s
  and (%(ids)s::bigint[] is null or account_id = any(%(ids)s::bigint[]))
order by account_id, version
"""


@dataclass(frozen=True)
class Schedule:
    """What was to be paid of each of n accounts by which day, as m rows sorted by account and day.

    An instalment that a later notice replaced is not among them; one that had fallen due is.
    """

    count: int
    row: NDArray[np.int64]
    day: NDArray[np.datetime64]
    pence: NDArray[np.int64]

    def asked_by(self, days: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """Return the pence asked for by each account's own day, that day included, (n,)."""
        upto = np.searchsorted(self._key(self.row, self.day), self._key(self._rows, days), "right")
        return self._before[upto] - self._before[self._starts]

    def unpaid_since(self, received_pence: NDArray[np.int64]) -> NDArray[np.datetime64]:
        """Return the day of the first amount that what was received does not cover, NaT: none."""
        reached = self._before[1:] - self._before[self._starts[self.row]]
        keys = (self.row << _PENCE_BITS) + reached
        wanted = (self._rows << _PENCE_BITS) + np.maximum(received_pence, 0)
        return self._day_at(np.searchsorted(keys, wanted, "right"))

    def first_after(self, days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
        """Return the first day after each account's own on which something is asked, (n,)."""
        found = np.searchsorted(self._key(self.row, self.day), self._key(self._rows, days), "right")
        return self._day_at(found)

    @property
    def last_day(self) -> NDArray[np.datetime64]:
        """The day of the last amount of each account, NaT where nothing is asked, (n,)."""
        ends = np.searchsorted(self.row, self._rows, "right")
        there = ends > self._starts
        days = np.append(self.day, _NEVER)
        return np.where(there, days[np.where(there, ends - 1, -1)], _NEVER)

    @property
    def _rows(self) -> NDArray[np.int64]:
        return np.arange(self.count)

    @property
    def _starts(self) -> NDArray[np.int64]:
        return np.searchsorted(self.row, self._rows, "left")

    @property
    def _before(self) -> NDArray[np.int64]:
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.pence)])

    def _day_at(self, where: NDArray[np.int64]) -> NDArray[np.datetime64]:
        rows, days = np.append(self.row, -1), np.append(self.day, _NEVER)
        there = rows[where] == self._rows
        return np.asarray(np.where(there, days[where], _NEVER), "datetime64[D]")

    @staticmethod
    def _key(rows: NDArray[np.int64], days: NDArray[np.datetime64]) -> NDArray[np.int64]:
        return np.asarray((rows << _DAY_BITS) + days.astype(np.int64), np.int64)


@dataclass(frozen=True)
class Standing:
    """How each of n accounts stands for ``year`` at the end of the day before ``on``; columns (n,).

    Attributes:
        account: ids, ascending.
        reference: what a resident quotes.
        sub_account: ids of the ledger.
        version: of the newest notice; 0 where no bill of the year is kept here.
        issued: the day of that notice, NaT without one.
        charged_pence: what the year comes to.
        balance_pence: what is left of it; negative is a credit.
        asked_pence: what had to be paid before ``on``.
        schedule: by which days.
    """

    year: years.Year
    on: date
    account: NDArray[np.int64]
    reference: list[str]
    sub_account: NDArray[np.int64]
    version: NDArray[np.int64]
    issued: NDArray[np.datetime64]
    charged_pence: NDArray[np.int64]
    balance_pence: NDArray[np.int64]
    asked_pence: NDArray[np.int64]
    schedule: Schedule

    @property
    def received_pence(self) -> NDArray[np.int64]:
        """What was paid or otherwise credited, refunds taken off, (n,)."""
        return self.charged_pence - self.balance_pence

    @property
    def overdue_pence(self) -> NDArray[np.int64]:
        """What had fallen due before ``on`` and is not paid, never below nought, (n,)."""
        return np.asarray(np.maximum(self.asked_pence - self.received_pence, 0), np.int64)

    @property
    def since(self) -> NDArray[np.datetime64]:
        """The day by which the oldest unpaid amount was to be paid; NaT where none is overdue."""
        overdue = self.overdue_pence > 0
        days = self.schedule.unpaid_since(self.received_pence)
        brought = (
            np.datetime64(self.year.ends) - 1
        )  # no notice says when; by the year's end at last
        days = np.where((self.version == 0) & np.isnat(days), brought, days)
        return np.where(overdue, days, _NEVER)

    @property
    def days_overdue(self) -> NDArray[np.int64]:
        """Days since the oldest unpaid amount was to be paid, 0 where nothing is overdue, (n,)."""
        since = self.since
        days = (np.datetime64(self.on) - since).astype(np.int64)
        return np.where(np.isnat(since), 0, days)


def standing(
    year: years.Year, on: date, *, account_ids: Sequence[int] | NDArray[np.int64] | None = None
) -> Standing:
    """Return how accounts stand for a year on a day.

    Args:
        year: which year.
        on: the day; what is to be paid on that very day is not overdue yet.
        account_ids: which accounts; None for all. Those without the year are left out.
    """
    asked: dict[str, Any] = {
        "on": on,
        "kind": billing.KIND,
        "part": year.name,
        "year": year.first,
        "ids": None if account_ids is None else arrays.of_ids(account_ids),
        "charging": [
            source
            for source, meaning in sources.MEANINGS.items()
            if meaning is sources.Meaning.CHARGE
        ],
    }
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, asked)
        rows = cursor.fetchall()
        cursor.execute(_NOTICES, asked)
        bills = np.array(cursor.fetchall(), np.int64).reshape(-1, 8)
    figures = np.array([(row[0], row[2], row[3], row[4]) for row in rows], np.int64).reshape(-1, 4)
    return _put_together(year, on, figures, [row[1] for row in rows], bills)


def _put_together(
    year: years.Year,
    on: date,
    figures: NDArray[np.int64],
    references: list[str],
    bills: NDArray[np.int64],
) -> Standing:
    accounts, sub_accounts, balance, charged = figures.T.copy()
    place = np.searchsorted(accounts, bills[:, 0])
    known = place < len(accounts)
    known[known] = accounts[place[known]] == bills[known, 0]
    bills, place = bills[known], place[known]
    version = np.zeros(len(accounts), np.int64)
    issued = np.full(len(accounts), _NEVER)
    version[place] = bills[:, 1]  # in order of version: the newest is written last
    issued[place] = bills[:, 2].astype("datetime64[D]")
    schedule = _schedule(year, len(accounts), place, bills)
    yesterday = np.full(len(accounts), np.datetime64(on - timedelta(1)))
    asked = np.minimum(schedule.asked_by(yesterday), np.maximum(charged, 0))
    over = on >= year.ends
    asked = np.where((version == 0) & over, np.maximum(charged, 0), asked)
    return Standing(
        year, on, accounts, references, sub_accounts, version, issued, charged, balance, asked,
        schedule,
    )  # fmt: skip


def _schedule(
    year: years.Year, count: int, place: NDArray[np.int64], bills: NDArray[np.int64]
) -> Schedule:
    """Lay the notices of each account one behind the other.

    A notice adjusts what an earlier one asked for, but for instalments that had fallen due or were
    about to (notices.least_days): those stand.
    """
    columns = bills.T
    newest = notices.Newest(
        version=columns[1],
        earlier_pence=np.zeros(len(bills), np.int64),
        instalments=columns[3],
        first_pence=columns[4],
        other_pence=columns[5],
        first_due=columns[6].copy().view("datetime64[D]"),
        payment_day=columns[7],
    )
    days, pence = newest.due_days(), newest.amounts()
    until = np.full(len(bills), np.datetime64("2999-12-31"))
    followed = np.flatnonzero(place[:-1] == place[1:])
    if followed.size:  # of a year that nobody billed here the law need not be known
        answered = columns[2][followed + 1].astype("datetime64[D]")
        until[followed] = answered + notices.least_days(year)
    stands = ~np.isnat(days) & (days < until[:, None]) & (pence > 0)
    rows = np.broadcast_to(place[:, None], days.shape)[stands]
    order = np.lexsort((days[stands], rows))
    return Schedule(count, rows[order], days[stands][order].astype("datetime64[D]"),
                    pence[stands][order])  # fmt: skip
