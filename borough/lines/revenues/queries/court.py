"""The list for the court: who is summoned to a hearing, what is claimed, what is left of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection

from borough.kernel.holds import acts
from borough.kernel.holds import queries as asking
from borough.lines.revenues import models, overdue, steps
from borough.lines.revenues.queries import accounts
from borough.rules import years

Kind = models.Step.Kind
COSTS = "revenues.council_tax_costs"
STATES = {
    Kind.LIABILITY_ORDER: "Order made",
    Kind.REFUSED: "Refused",
    Kind.WITHDRAWN: "Withdrawn",
}
OPEN = (Kind.SUMMONS, Kind.ADJOURNED)

# A case is a summons and what the court or the council said about it: neither the notice that may
# follow its withdrawal, nor the summons after that, which is a case of its own.
_CASES = """
with called as (
  select account_id, year, max(number) as number from revenues_step where hearing = %(day)s
  group by 1, 2),
begun as (
  select c.account_id, c.year,
    (select max(x.number) from revenues_step x where x.account_id = c.account_id
       and x.year = c.year and x.kind = 'summons' and x.number <= c.number) as first,
    (select min(x.number) from revenues_step x where x.account_id = c.account_id
       and x.year = c.year and x.kind = 'summons' and x.number > c.number) as next
  from called c)
select distinct on (s.account_id, s.year) s.account_id, a.reference, a.dwelling_id, s.year, s.kind,
       first_value(s.hearing) over (partition by s.account_id, s.year
                                    order by s.hearing is null, s.number desc),
       max(s.act_pence) filter (where s.kind = 'summons') over (partition by s.account_id, s.year),
       sum(s.costs_pence) over (partition by s.account_id, s.year)::bigint
from revenues_step s join begun b on b.account_id = s.account_id and b.year = s.year
     and s.number >= b.first and (b.next is null or s.number < b.next)
join revenues_account a on a.id = s.account_id
where s.kind in ('summons', 'adjourned', 'liability_order', 'refused', 'withdrawn')
order by s.account_id, s.year, s.number desc
"""
_HEARINGS = """
with last as (
    select distinct on (account_id, year) kind, hearing from revenues_step
    order by account_id, year, number desc)
select s.hearing, count(distinct (s.account_id, s.year)) from revenues_step s
where s.hearing >= %(on)s - 60
   or s.hearing in (select hearing from last where kind in ('summons', 'adjourned'))
group by 1 order by 1
"""
_COSTS = """
select s.reference, s.part, sum(p.pence)::bigint from ledger_subaccount s
join ledger_posting p on p.sub_account_id = s.id
where s.kind = %s and s.reference = any(%s) group by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One debt before the court. ``tax_pence`` and ``costs_pence`` are what is still owed.

    ``is_open``: the court has said nothing about it yet, and it is to be heard on that day.
    ``added_pence``: the costs that this case added, paid or not.
    """

    account_id: int
    reference: str
    year: years.Year
    names: tuple[str, ...]
    address: str
    state: str
    is_open: bool
    claimed_pence: int
    tax_pence: int
    costs_pence: int
    added_pence: int

    @property
    def is_paid(self) -> bool:
        """Tell whether tax and costs are paid, so that there is nothing to ask the court for."""
        return self.tax_pence <= 0 and self.costs_pence <= 0


def cases(hearing: date, *, on: date) -> list[Case]:
    """Return everybody who is or was called to a hearing, by number of the account.

    Args:
        hearing: the day of the court.
        on: what is left is as of this day.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CASES, {"day": hearing})
        rows = cursor.fetchall()
        cursor.execute(_COSTS, [COSTS, [row[1] for row in rows]])
        owed = {(reference, part): pence for reference, part, pence in cursor.fetchall()}
    left = _left(rows, on)
    liable = accounts.liable_of([row[0] for row in rows])
    addresses = accounts.lines_of({row[2] for row in rows})
    found = []
    for account, reference, dwelling, first, kind, called, claimed, added in rows:
        year = years.Year(first)
        found.append(
            Case(
                account_id=account,
                reference=reference,
                year=year,
                names=tuple(dict.fromkeys(one.name for one in liable.get(account, ()))),
                address=addresses[dwelling],
                state=_state(Kind(kind), hearing, called, on),
                is_open=kind in OPEN and called == hearing,
                claimed_pence=claimed or 0,
                tax_pence=min(max(left.get((account, first), 0), 0), claimed or 0),
                costs_pence=owed.get((reference, f"{year.name} costs"), 0),
                added_pence=added,
            )
        )
    return sorted(found, key=lambda one: (one.reference, one.year))


def standing_against(cases: Iterable[Case], on: date) -> dict[Case, tuple[asking.Reason, ...]]:
    """Return the open cases that something stands against on a day, with the reasons.

    Somebody may have been called before it was known: a marker that they are vulnerable, a
    breathing space, a dispute.
    """
    found: dict[Case, tuple[asking.Reason, ...]] = {}
    waiting = sorted((one for one in cases if one.is_open), key=lambda one: one.year)
    for year, some in groupby(waiting, key=lambda one: one.year):
        mine = list(some)
        people = steps.liable([one.account_id for one in mine], year)
        debts = steps.debts_of(
            [one.reference for one in mine],
            [people.get(one.account_id, ()) for one in mine],
            year,
        )
        answers = asking.may_we_act(debts, acts.LIABILITY_ORDER, on)
        found |= {one: why for one, why in zip(mine, answers, strict=True) if why}
    return found


def _state(kind: Kind, hearing: date, called: date, on: date) -> str:
    """Return how a case stands: before the day of the court, since, or at another hearing."""
    if kind not in OPEN:
        return STATES[kind]
    if called != hearing:
        return "Put off"
    return "To be heard" if hearing > on else "To be decided"


def hearings(on: date) -> list[tuple[date, int]]:
    """Return the hearings to come, or of the last weeks, and how many were called to each.

    One at which a case was never decided stays, however long ago it was.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEARINGS, {"on": on})
        return list(cursor.fetchall())


def _left(rows: list[tuple[Any, ...]], on: date) -> dict[tuple[int, int], int]:
    left: dict[tuple[int, int], int] = {}
    for first in {row[3] for row in rows}:
        ids = sorted({row[0] for row in rows if row[3] == first})
        standing = overdue.standing(years.Year(first), on, account_ids=ids)
        balances = zip(standing.account.tolist(), standing.balance_pence.tolist(), strict=True)
        left |= {(account, first): pence for account, pence in balances}
    return left
