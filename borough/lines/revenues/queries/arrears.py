"""What is left to pay, by the year that it is for and how far its recovery has come."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from borough.lines.revenues import billing

# The stages, mildest first. What holds on the day comes before how it came about: an arrangement
# or a remedy before the step of the ladder on which it rests.
STAGES = {
    "credit": "In credit",
    "none": "No reminder sent",
    "reminder": "Reminder sent",
    "second_reminder": "Second reminder sent",
    "final_notice": "Final notice sent",
    "arrangement": "Arrangement to pay",
    "summons": "Summoned to court",
    "refused": "Order refused by the court",
    "withdrawn": "Summons withdrawn",
    "liability_order": "Liability order",
    "attachment": "Attachment of earnings",
    "agent": "With an enforcement agent",
}

_LEFT = """
with left_over as (
    select s.reference, s.part, sum(p.pence)::bigint as pence
    from ledger_subaccount s
    join ledger_posting p on p.sub_account_id = s.id
    join ledger_journal j on j.id = p.journal_id
    where s.kind = %(kind)s and j."on" <= %(on)s and (%(part)s = '' or s.part = %(part)s)
      and (%(batch)s::bigint is null or j.batch_id <= %(batch)s)
    group by 1, 2 having sum(p.pence) <> 0),
staged as (
    select l.part, l.pence, l.reference, case
        when l.pence < 0 then 'credit'
        when r.kind is not null then r.kind
        when g.id is not null then 'arrangement'
        else coalesce(t.kind, 'none') end as stage
    from left_over l
    join revenues_account a on a.reference = l.reference
    left join lateral (
        select x.kind from revenues_remedy x
        where x.account_id = a.id and x.year = left(l.part, 4)::int
          and x.starts <= %(on)s and (x.ends is null or x.ends > %(on)s)
        order by x.id desc limit 1) r on true
    left join lateral (
        select x.id from revenues_arrangement x
        where x.account_id = a.id and l.part = any(x.parts)
          and x.starts <= %(on)s and (x.ends is null or x.ends > %(on)s) limit 1) g on true
    left join lateral (
        select x.kind from revenues_step x
        where x.account_id = a.id and x.year = left(l.part, 4)::int
          and x.issued <= %(on)s and x.kind not in ('adjourned', 'notice_withdrawn')
          and not exists (
            select 1 from revenues_step w where w.account_id = x.account_id and w.year = x.year
              and w.number = x.number + 1 and w.kind = 'notice_withdrawn')
        order by x.number desc limit 1) t on true)
"""
_SUMS = """
select part, stage, count(*), sum(pence)::bigint from staged group by 1, 2 order by 1, 2
"""
_ROWS = """
select reference, pence from staged where stage = %(stage)s
order by abs(pence) desc, reference limit %(size)s offset %(from)s
"""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left for a year at a stage: so many accounts, so many pence."""

    year: str
    stage: str
    accounts: int
    pence: int

    @property
    def title(self) -> str:
        """The stage in words."""
        return STAGES[self.stage]


def by_year_and_stage(on: date, *, part: str = "", batch: int | None = None) -> list[Left]:
    """Return what is left at the end of a day, newest year first, mildest stage first.

    Args:
        on: the day.
        part: the year, or "" for all.
        batch: the last batch of the ledger that counts; by default all do.
    """
    rows = [Left(*row) for row in _ask(_SUMS, {"on": on, "part": part, "batch": batch})]
    order = list(STAGES)
    rows.sort(key=lambda one: order.index(one.stage))
    return sorted(rows, key=lambda one: one.year, reverse=True)


def accounts(
    year: str, stage: str, on: date, *, page: int, size: int, batch: int | None = None
) -> list[tuple[str, int]]:
    """Return a page (from 1) of the accounts behind one figure, the largest first, with pence."""
    asked = {"on": on, "part": year, "batch": batch, "stage": stage}
    asked |= {"size": size, "from": (page - 1) * size}
    return [(str(reference), int(pence)) for reference, pence in _ask(_ROWS, asked)]


def _ask(what: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_LEFT + what, {"kind": billing.KIND, **parameters})
        return list(cursor.fetchall())
