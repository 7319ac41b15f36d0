"""Recovery by runs: who would get the next step and why others would not; then, asked again, done.

A preview works everything out and changes nothing. Another officer commits it: each account that
was in the preview is worked out and asked about once more in the transaction that takes its step,
and what has changed in between is told. Nobody joins who was not in the preview.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays, commanding
from borough.kernel.holds import queries as asking
from borough.lines.revenues import billing, laws, overdue, sources, steps
from borough.lines.revenues.letters import addressing
from borough.lines.revenues.queries import due, stages
from borough.rules import parameters, years
from borough.rules.council_tax import recovery as rules
from borough.rules.council_tax.recovery import Rung, Why

RUNGS = {name: rung for rung, name in rules.NAMES.items()}
PAID_LATELY, CREDIT = "paid_lately", "credit_elsewhere"
NO_ADDRESS = ("no_address", "No address is recorded at which a letter would reach them")
APART = (
    "apart",
    "Somebody who owes it is kept apart from the others, and nobody is written to alone",
)

# Why the ladder itself has no step yet for somebody who owes; shown with the other reasons.
LADDER = {
    Why.TOO_EARLY: ("too_early", "The days that the law and the council give are not over"),
    Why.BELOW_THE_LEAST: ("below_the_least", "Less is overdue than a letter is sent for"),
    Why.TOO_OLD: ("too_old", "It has been due for more than six years"),
}

_PAID_LATELY = """
select distinct p.sub_account_id from ledger_posting p
join ledger_journal j on j.id = p.journal_id
where p.sub_account_id = any(%s::bigint[]) and p.pence < 0 and j.source = any(%s)
  and j."on" > %s and j."on" <= %s
"""
_CREDITS = """
select x.reference from (
  select s.reference, s.id from ledger_subaccount s
  where s.kind in (%s, 'revenues.unallocated') and not s.id = any(%s::bigint[])
    and s.reference = any(array(select json_array_elements_text(%s::json)))) x
join ledger_posting p on p.sub_account_id = x.id
group by x.reference, x.id having sum(p.pence) < 0
"""


@dataclass(frozen=True)
class Worked:
    """How accounts stand, their stage, and the next step of each; columns in the same order."""

    year: years.Year
    on: date
    standing: overdue.Standing
    stages: stages.Stages
    ladder: rules.Ladder
    figures: parameters.InForce


@dataclass(frozen=True)
class Sorted:
    """Who would get a step, and who would not: account id -> (kind of reason, words)."""

    wanted: list[steps.Wanted]
    kept: dict[int, list[tuple[str, str]]] = field(default_factory=dict)


def figures(on: date) -> parameters.InForce:
    """Return the figures of recovery in force on a day, the council's own among them."""
    return parameters.InForce(laws.sheet(), on)


def work_out(
    year: years.Year, on: date, *, account_ids: Sequence[int] | NDArray[np.int64] | None = None
) -> Worked:
    """Return the next step of each account for a year as things are on a day."""
    standing = overdue.standing(year, on, account_ids=account_ids)
    reached = stages.stages(standing.account, year, on)
    values = figures(on)
    ladder = rules.ladder(due.position(standing, reached, values), on, values)
    return Worked(year, on, standing, reached, ladder, values)


def sort(worked: Worked, step: str, *, hearing: date | None = None) -> Sorted:
    """Return who would get a step today, and why others whose next step it is would not.

    Args:
        worked: of the day of the step.
        step: ``reminder``, ``second_reminder``, ``final_notice`` or ``summons``.
        hearing: the day of the court, for a summons.
    """
    mine = np.flatnonzero(worked.ladder.rung == RUNGS[step])
    kept = _kept_by_the_ladder(worked, mine)
    ready = mine[worked.ladder.why[mine] == Why.READY]
    for account, reasons in _stood(worked, ready, step).items():
        kept.setdefault(account, []).extend(reasons)
    wanted = [
        _wanted(worked, row, step, hearing)
        for row in ready.tolist()
        if worked.standing.account[row] not in kept
    ]
    return Sorted(*_reached(worked, wanted, kept))


def _reached(
    worked: Worked, wanted: list[steps.Wanted], kept: dict[int, list[tuple[str, str]]]
) -> tuple[list[steps.Wanted], dict[int, list[tuple[str, str]]]]:
    """Leave out whom no letter would reach: a step without its letter would be withdrawn again."""
    year = worked.year
    asked = [addressing.Asked(one.account_id, year.starts, year.ends) for one in wanted]
    heads = addressing.heads(asked, on=worked.on)
    lost = {
        one.account_id: [APART if isinstance(head, addressing.NotTogether) else NO_ADDRESS]
        for one, head in zip(wanted, heads, strict=True)
        if isinstance(head, commanding.Refusal)
    }
    return [one for one in wanted if one.account_id not in lost], kept | lost


def _kept_by_the_ladder(
    worked: Worked, rows: NDArray[np.int64]
) -> dict[int, list[tuple[str, str]]]:
    why, accounts = worked.ladder.why[rows], worked.standing.account[rows]
    return {
        int(account): [LADDER[Why(one)]]
        for account, one in zip(accounts.tolist(), why.tolist(), strict=True)
        if Why(one) in LADDER
    }


def _stood(worked: Worked, rows: NDArray[np.int64], step: str) -> dict[int, list[tuple[str, str]]]:
    """Return what stands against a step, of the council's practice and of all who may say so."""
    standing = worked.standing
    ids = standing.account[rows].tolist()
    references = [standing.reference[row] for row in rows.tolist()]
    people = steps.liable(ids, worked.year)
    debts = steps.debts_of(references, [people.get(one, ()) for one in ids], worked.year)
    answers = asking.may_we_act(debts, steps.ACTS[steps.Kind(step)], worked.on)
    lately, credits = _paid_lately(worked, rows), _in_credit(worked, rows)
    found: dict[int, list[tuple[str, str]]] = {}
    for row, account, reference, reasons in zip(
        rows.tolist(), ids, references, answers, strict=True
    ):
        told = [(reason.kind, reason.words) for reason in reasons]
        if standing.sub_account[row] in lately:
            told.append((PAID_LATELY, "Something was paid in the last days"))
        if reference in credits:
            told.append(
                (CREDIT, "Another year of the account, or money not yet matched, is in credit")
            )
        if told:
            found[account] = told
    return found


def _paid_lately(worked: Worked, rows: NDArray[np.int64]) -> set[int]:
    cash = [one for one, meaning in sources.MEANINGS.items() if meaning is sources.Meaning.CASH]
    since = worked.on - timedelta(worked.figures["recovery_paid_lately_days"])
    subs = arrays.of_ids(worked.standing.sub_account[rows])
    return {row[0] for row in _rows(_PAID_LATELY, [subs, cash, since, worked.on])}


def _in_credit(worked: Worked, rows: NDArray[np.int64]) -> set[str]:
    subs = arrays.of_ids(worked.standing.sub_account[rows])
    references = arrays.of_texts([worked.standing.reference[row] for row in rows.tolist()])
    return {row[0] for row in _rows(_CREDITS, [billing.KIND, subs, references])}


def _wanted(worked: Worked, row: int, step: str, hearing: date | None) -> steps.Wanted:
    ladder, standing = worked.ladder, worked.standing
    rung, values = RUNGS[step], worked.figures
    reminder = rung in (Rung.REMINDER, Rung.SECOND_REMINDER)
    summons = rung == Rung.SUMMONS
    return steps.Wanted(
        account_id=int(standing.account[row]),
        reference=standing.reference[row],
        act_pence=int(ladder.act_pence[row]),
        balance_pence=int(ladder.balance_pence[row]),
        level_pence=int(ladder.level_pence[row]),
        bill_version=int(standing.version[row]),
        costs_pence=values["summons_costs"] if summons else 0,
        complied_by=None if summons else rules.complied_by(rung, worked.on, values),
        falls_due=rules.falls_due(worked.on, values) if reminder else None,
        hearing=hearing if summons else None,
    )


def divide(year: years.Year, *, size: int) -> list[list[int]]:
    """Return the parts of a preview: the billed accounts of a year as [first id, last id]."""
    rows = _rows("select distinct account_id from revenues_bill where year = %s order by 1",
                 [year.first])  # fmt: skip
    ids = [row[0] for row in rows]
    return [[ids[at], ids[min(at + size, len(ids)) - 1]] for at in range(0, len(ids), size)]


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
