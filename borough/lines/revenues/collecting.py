"""Which instalments a day's collection takes, of many accounts at once, and why not the others.

What a notice asks for by a day stands until fourteen days after a newer one was issued, as the
adjustment itself has it. Collections on their way count as received, so nothing is taken twice.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.kernel.bank import working_days
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing, notices, sources, transit, trying_again
from borough.rules import direct_debit, years

NOBODY = -1
_CHARGING = [one for one, what in sources.MEANINGS.items() if what is sources.Meaning.CHARGE]
_FOREVER = 200_000  # days since 1970, far beyond any
_NAT = np.iinfo(np.int64).min
_DAYS_OF_INSTALMENTS = 400

# Everybody who pays by Direct Debit, by plan or by instruction, with each bill whose instalments
# may fall into the days asked for.
_BILLS = """
select a.id, coalesce(i.id, -1), s.id, b.id, b.version, b.earlier_pence, b.instalments,
       b.first_pence, b.other_pence, b.first_due - date '1970-01-01', b.payment_day,
       coalesce(b.next_issued - date '1970-01-01', %(forever)s),
       coalesce(n.told_on - date '1970-01-01', %(nat)s),
       case when a.ends is not null and a.ends <= %(on)s then 1 else 0 end,
       exists (select 1 from revenues_arrangement x where x.account_id = a.id
               and s.part = any(x.parts) and x.starts <= %(on)s
               and (x.ends is null or x.ends > %(on)s))::int,
       b.year
from revenues_account a
left join revenues_instruction i on i.account_id = a.id
     and i.starts <= %(on)s and (i.ends is null or i.ends > %(on)s)
join lateral (select x.*, lead(x.issued) over (partition by x.year order by x.version) next_issued
              from revenues_bill x where x.account_id = a.id) b
     on b.instalments > 0 and b.first_due between %(oldest)s and %(on)s
     and (b.first_due >= %(due_from)s or b.payment_day = any(%(days)s::int[]))
join ledger_subaccount s on s.kind = %(kind)s and s.reference = a.reference
     and s.part = b.year || '-' || lpad(((b.year + 1) %% 100)::text, 2, '0')
left join revenues_advancenotice n on n.instruction_id = i.id and n.bill_id = b.id
where a.id between %(first)s and %(last)s
  and (i.id is not null or exists (
       select 1 from revenues_plan p where p.account_id = a.id and p.method = 'direct_debit'
       and p.starts <= %(on)s and (p.ends is null or p.ends > %(on)s)))
order by a.id, b.year, b.version
"""

_AGAIN = """
select i.account_id, i.id, c.sub_account_id, c.id, t.pence, t.told_on - date '1970-01-01',
       t.collects_on - date '1970-01-01'
from revenues_triedagain t
join revenues_collectionitem c on c.id = t.item_id
join revenues_instruction i on i.id = c.instruction_id
where t.collects_on between %s and %s and i.account_id between %s and %s
  and i.starts <= %s and (i.ends is null or i.ends > %s)
  and not exists (select 1 from revenues_collectionitem x where x.again_of_id = c.id)
order by c.id
"""

_INSTRUCTIONS = """
select x.row - 1, (d.confirmed_by is not null and d.withdrawn_by is null)::int,
       coalesce(i.live_from - date '1970-01-01', %(nat)s),
       (p.date_of_death is not null or not exists (
          select 1 from revenues_liability l join people_person q on q.id = l.person_id
          where l.account_id = i.account_id and q.date_of_death is null))::int,
       exists (select 1 from revenues_stop s where s.instruction_id = i.id
               and s.starts <= %(on)s and (s.ends is null or s.ends > %(on)s))::int,
       coalesce(used.on_day, i.live_from, i.agreed_on) - date '1970-01-01',
       (i.source = 'before' or used.on_day is not null)::int
from unnest(%(ids)s::bigint[]) with ordinality as x(id, row)
join revenues_instruction i on i.id = x.id
join bank_bankdetails d on d.id = i.details_id
join people_person p on p.id = d.person_id
left join lateral (select r.entry_day as on_day from revenues_collectionitem c
                   join revenues_collection r on r.run_id = c.collection_id
                   where c.instruction_id = i.id order by c.id desc limit 1) used on true
"""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a collection: its cycle, and the first due day that it takes in."""

    due_from: date
    cycle: working_days.Cycle

    @property
    def on(self) -> date:
        """The day of entry, on which the money moves."""
        return self.cycle.entry_day

    @property
    def days_of_month(self) -> list[int]:
        """The payment days that it takes in, 1 to 31."""
        dues = range(self.due_from.toordinal(), self.on.toordinal() + 1)
        return [date.fromordinal(due).day for due in dues]


@dataclass(frozen=True)
class Chosen:
    """What is collected, and what is not and why, as columns (n,).

    Attributes:
        account: int64, id; instruction: int64, id or ``NOBODY``; sub_account: int64, id.
        due: datetime64[D], when the instalment falls due.
        told_pence: int64, the instalment as told; pence: int64, what is collected of it.
        code: str, the transaction code; again_of: int64, id of the returned item or ``NOBODY``.
        reason: int8, a :class:`direct_debit.Reason`, NONE where it is collected.
    """

    account: NDArray[np.int64]
    instruction: NDArray[np.int64]
    sub_account: NDArray[np.int64]
    due: NDArray[np.datetime64]
    told_pence: NDArray[np.int64]
    pence: NDArray[np.int64]
    code: NDArray[np.str_]
    again_of: NDArray[np.int64]
    reason: NDArray[np.int8]


@dataclass(frozen=True)
class _Asked:
    """Instalments that fall due in the days asked for, as columns (n,)."""

    account: NDArray[np.int64]
    instruction: NDArray[np.int64]
    sub_account: NDArray[np.int64]
    due: NDArray[np.datetime64]
    pence: NDArray[np.int64]
    asked_pence: NDArray[np.int64]
    told: NDArray[np.datetime64]
    is_last: NDArray[np.bool_]
    arranged: NDArray[np.bool_]
    again_of: NDArray[np.int64]
    held: NDArray[np.bool_]

    def __add__(self, other: "_Asked") -> "_Asked":
        names = _Asked.__dataclass_fields__
        return _Asked(*(np.concatenate([getattr(self, n), getattr(other, n)]) for n in names))


def days(entry_day: date) -> Days:
    """Return the days of the collection whose money moves on a day or the next working day.

    An instalment due on a day on which banks do not work is collected on the next one on which
    they do, never earlier.
    """
    cycle = working_days.cycle_ending(entry_day)
    before = working_days.earlier(cycle.entry_day, 1)
    return Days(before.fromordinal(before.toordinal() + 1), cycle)


def choose(first: int, last: int, asked: Days) -> Chosen:
    """Return what is collected of the accounts with ids ``first`` to ``last``.

    Args:
        first: id of the first account.
        last: id of the last.
        asked: the days of the collection.
    """
    wanted = _tried_again(first, last, asked) + _instalments(first, last, asked)
    known = _of_instructions(wanted.instruction, asked.on)
    asked_of = _Money.of(wanted.sub_account)
    pence = np.zeros(len(wanted.account), np.int64)
    reason = np.zeros(len(wanted.account), np.int8)
    nth = _occurrence(wanted.sub_account)
    # Two instalments of one year on one day follow one another: the second sees the first.
    for turn in range(int(nth.max(initial=-1)) + 1):
        rows = np.flatnonzero(nth == turn)
        standing = _standing(wanted, known, asked_of, rows)
        pence[rows], reason[rows] = _choose(wanted, standing, rows, asked)
        asked_of.take(wanted.sub_account[rows], pence[rows])
    again = wanted.again_of != NOBODY
    usual = direct_debit.codes(used_before=known.used_before, is_last=wanted.is_last)
    return Chosen(
        wanted.account,
        wanted.instruction,
        wanted.sub_account,
        wanted.due,
        wanted.pence,
        pence,
        np.where(again, direct_debit.AGAIN, usual),
        wanted.again_of,
        reason,
    )


def _choose(
    wanted: _Asked, standing: direct_debit.Standing, rows: NDArray[np.int64], asked: Days
) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Return pence and reasons of these rows; what came back is taken whole or not at all."""
    again = wanted.again_of[rows] != NOBODY
    notice = direct_debit.figure("advance_notice_working_days", asked.on)
    sooner = direct_debit.figure("again_notice_working_days", asked.on)
    found = [
        direct_debit.choose(standing, on=asked.on, tell_by=working_days.earlier(asked.on, number))
        for number in (notice, sooner)
    ]
    pence = np.where(again, found[1][0], found[0][0])
    reason = np.where(again, found[1][1], found[0][1])
    in_part = again & (reason == direct_debit.Reason.NONE) & (pence < wanted.pence[rows])
    reason = np.where(in_part, np.int8(direct_debit.Reason.PAID), reason).astype(np.int8)
    # An instalment is collected as agreed; to try a second time is to press.
    held = wanted.held[rows] & (reason == direct_debit.Reason.NONE)
    reason = np.where(held, np.int8(direct_debit.Reason.LEFT_ALONE), reason).astype(np.int8)
    return np.where(in_part | held, 0, pence), reason


def _instalments(first: int, last: int, asked: Days) -> _Asked:
    """Return the instalments of the notices that fall due in the days asked for."""
    oldest = asked.due_from.fromordinal(asked.due_from.toordinal() - _DAYS_OF_INSTALMENTS)
    with connection.cursor() as cursor:
        cursor.execute(
            _BILLS,
            {
                "first": first,
                "last": last,
                "on": asked.on,
                "oldest": oldest,
                "due_from": asked.due_from,
                "days": arrays.of_ids(asked.days_of_month),
                "kind": billing.KIND,
                "forever": _FOREVER,
                "nat": _NAT,
            },
        )
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 16)
    account, instruction, sub_account, _, version, earlier, number = rows[:, :7].T
    first_pence, other_pence, first_due, payment_day, superseded = rows[:, 7:12].T
    notice = notices.Newest(
        version,
        earlier,
        number,
        first_pence,
        other_pence,
        first_due.astype("datetime64[D]"),
        payment_day,
    )
    due, pence = notice.due_days(), notice.amounts()
    stands = due < (superseded + _least_days(rows[:, 15])).astype("datetime64[D]")[:, None]
    falls = (due >= np.datetime64(asked.due_from)) & (due <= np.datetime64(asked.on))
    bill, nth = np.nonzero(stands & falls & (pence > 0))
    up_to = earlier[:, None] + np.cumsum(pence, axis=1)
    is_last = (nth == number[bill] - 1) & (superseded[bill] == _FOREVER) & (rows[bill, 13] == 1)
    return _Asked(
        account[bill],
        instruction[bill],
        sub_account[bill],
        due[bill, nth],
        pence[bill, nth],
        up_to[bill, nth],
        rows[bill, 12].astype("datetime64[D]"),
        is_last,
        rows[bill, 14] == 1,
        np.full(len(bill), NOBODY),
        np.zeros(len(bill), np.bool_),
    )


def _least_days(firsts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the least days of notice of each bill's year, (n,)."""
    which, nth = np.unique(firsts, return_inverse=True)
    days = [notices.least_days(years.Year(int(first))) for first in which]
    return np.array(days, np.int64)[nth]


def _tried_again(first: int, last: int, asked: Days) -> _Asked:
    """Return the returned collections that are tried once more in the days asked for."""
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN, [asked.due_from, asked.on, first, last, asked.on, asked.on])
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 7)
    account, instruction, sub_account, item, pence, told, on = rows.T
    return _Asked(
        account,
        instruction,
        sub_account,
        on.astype("datetime64[D]"),
        pence,
        np.full(len(rows), np.iinfo(np.int64).max // 2),  # all of it was asked for before
        told.astype("datetime64[D]"),
        np.zeros(len(rows), np.bool_),
        np.zeros(len(rows), np.bool_),
        item,
        trying_again.held(sub_account.tolist(), asked.on),
    )


@dataclass(frozen=True)
class _Known:
    """What is known of the instructions on the day, one row for each asked, as columns (n,)."""

    instructed: NDArray[np.bool_]
    confirmed: NDArray[np.bool_]
    live_from: NDArray[np.datetime64]
    deceased: NDArray[np.bool_]
    stopped: NDArray[np.bool_]
    used: NDArray[np.datetime64]
    used_before: NDArray[np.bool_]


def _of_instructions(ids: NDArray[np.int64], on: date) -> _Known:
    distinct, where = np.unique(ids, return_inverse=True)
    columns = np.zeros((6, len(distinct)), np.int64)
    columns[1] = _NAT
    columns[4] = _NAT
    with connection.cursor() as cursor:
        cursor.execute(_INSTRUCTIONS, {"ids": arrays.of_ids(distinct), "on": on, "nat": _NAT})
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 7)
    columns[:, rows[:, 0]] = rows[:, 1:].T
    confirmed, live_from, deceased, stopped, used, used_before = columns[:, where]
    return _Known(
        ids != NOBODY,
        confirmed.astype(np.bool_),
        live_from.view("datetime64[D]"),
        deceased.astype(np.bool_),
        stopped.astype(np.bool_),
        used.view("datetime64[D]"),
        used_before.astype(np.bool_),
    )


@dataclass(frozen=True)
class _Money:
    """What the years concerned owe and have received, by sub-account, as columns (s,)."""

    sub_account: NDArray[np.int64]
    received: NDArray[np.int64]
    owed: NDArray[np.int64]

    @classmethod
    def of(cls, sub_accounts: NDArray[np.int64]) -> "_Money":
        distinct = np.unique(sub_accounts)
        charged = sum(
            (ledger.charged_to(source, distinct).of(distinct) for source in _CHARGING),
            np.zeros(len(distinct), np.int64),
        )
        held = ledger.balances(distinct.tolist())
        balance = np.fromiter((held[one] for one in distinct.tolist()), np.int64, len(distinct))
        on_its_way = transit.pence_of(distinct)
        return cls(distinct, charged - balance + on_its_way, balance - on_its_way)

    def take(self, sub_accounts: NDArray[np.int64], pence: NDArray[np.int64]) -> None:
        """Count what is collected now as received; each sub-account stands there once."""
        where = np.searchsorted(self.sub_account, sub_accounts)
        self.received[where] += pence
        self.owed[where] -= pence


def _standing(
    wanted: _Asked, known: _Known, money: _Money, rows: NDArray[np.int64]
) -> direct_debit.Standing:
    where = np.searchsorted(money.sub_account, wanted.sub_account[rows])
    return direct_debit.Standing(
        instructed=known.instructed[rows],
        confirmed=known.confirmed[rows],
        live_from=known.live_from[rows],
        deceased=known.deceased[rows],
        stopped=known.stopped[rows],
        used=known.used[rows],
        arranged=wanted.arranged[rows],
        told=wanted.told[rows],
        instalment_pence=wanted.pence[rows],
        asked_pence=wanted.asked_pence[rows],
        received_pence=money.received[where],
        owed_pence=money.owed[where],
    )


def _occurrence(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many earlier rows hold the same value, (n,)."""
    order = np.argsort(values, kind="stable")
    same = values[order]
    begins = np.searchsorted(same, same)
    nth = np.empty(len(values), np.int64)
    nth[order] = np.arange(len(values)) - begins
    return nth
