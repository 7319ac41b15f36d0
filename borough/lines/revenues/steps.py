"""The one way in for a step of recovery: ask, and only then take it.

The question and the step are one transaction, and while it lasts no hold can be placed: a hold is
either seen here, or was placed afterwards. The database asks once more, by a trigger of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from borough.kernel import arrays, copying
from borough.kernel.holds import acts
from borough.kernel.holds import commands as holds
from borough.kernel.holds import queries as asking
from borough.lines.revenues import models
from borough.rules import years

Kind = models.Step.Kind

ACTS = {
    Kind.REMINDER: acts.REMINDER,
    Kind.SECOND_REMINDER: acts.REMINDER,
    Kind.FINAL_NOTICE: acts.FINAL_NOTICE,
    Kind.SUMMONS: acts.SUMMONS,
    Kind.LIABILITY_ORDER: acts.LIABILITY_ORDER,
}
"""Which act each step is. What only takes back or puts off is none: nothing stands against it."""

_LIABLE = """
select l.account_id, l.person_id from revenues_liability l
where l.account_id = any(%s::bigint[]) and l.starts < %s and (l.ends is null or l.ends > %s)
order by l.account_id, l.starts, l.id
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that is to be taken, as ``models.Step`` keeps it, and whom it concerns."""

    account_id: int
    reference: str
    act_pence: int
    balance_pence: int
    level_pence: int
    bill_version: int
    costs_pence: int = 0
    complied_by: date | None = None
    falls_due: date | None = None
    hearing: date | None = None


_KEPT = tuple(one.name for one in fields(Wanted) if one.name != "reference")
_DAYS = ("complied_by", "falls_due", "hearing")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken, its number, what was not taken and why, and who is liable, by account id."""

    steps: list[Wanted]
    numbers: dict[int, int] = field(default_factory=dict)
    stood: dict[int, tuple[asking.Reason, ...]] = field(default_factory=dict)
    people: dict[int, tuple[int, ...]] = field(default_factory=dict)


def take(
    kind: str, wanted: Sequence[Wanted], year: years.Year, *, on: date, run: int | None = None
) -> Taken:
    """Take a step with each account that nothing stands against; all in one transaction.

    Args:
        kind: of ``models.Step.Kind``.
        wanted: one for each account.
        year: whose debt.
        on: the day of the step.
        run: the run that it belongs to.
    """
    with transaction.atomic():
        holds.asking()
        people = liable([one.account_id for one in wanted], year)
        stood = _stood(kind, wanted, year, people, on)
        free = [one for one in wanted if one.account_id not in stood]
        before = _numbers([one.account_id for one in free], year)
        numbers = {one.account_id: before.get(one.account_id, 0) + 1 for one in free}
        _write(kind, free, numbers, year, on=on, run=run)
        return Taken(free, numbers, stood, people)


def debts_of(
    references: Sequence[str], people: Sequence[tuple[int, ...]], year: years.Year
) -> list[asking.Debt]:
    """Return the debts of a year as the question asks about them, in order."""
    return [
        asking.Debt(f"revenues.account/{reference}", liable, year.name)
        for reference, liable in zip(references, people, strict=True)
    ]


def liable(account_ids: Sequence[int], year: years.Year) -> dict[int, tuple[int, ...]]:
    """Return everybody liable on some day of the year, by account id, the first first."""
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LIABLE, [arrays.of_ids(account_ids), year.ends, year.starts])
        for account, person in cursor.fetchall():
            found.setdefault(account, []).append(person)
    return {account: tuple(dict.fromkeys(some)) for account, some in found.items()}


def _stood(
    kind: str,
    wanted: Sequence[Wanted],
    year: years.Year,
    people: dict[int, tuple[int, ...]],
    on: date,
) -> dict[int, tuple[asking.Reason, ...]]:
    act = ACTS.get(Kind(kind))
    if act is None:
        return {}
    debts = debts_of(
        [one.reference for one in wanted],
        [people.get(one.account_id, ()) for one in wanted],
        year,
    )
    answers = asking.may_we_act(debts, act, on)
    return {
        one.account_id: reasons for one, reasons in zip(wanted, answers, strict=True) if reasons
    }


def _write(
    kind: str,
    wanted: Sequence[Wanted],
    numbers: dict[int, int],
    year: years.Year,
    *,
    on: date,
    run: int | None,
) -> None:
    if not wanted:
        return
    count = len(wanted)
    columns: dict[str, Any] = {
        "year": pa.repeat(year.first, count),
        "number": [numbers[one.account_id] for one in wanted],
        "kind": pa.repeat(str(kind), count),
        "issued": pa.repeat(on, count),
        "run_id": pa.nulls(count, pa.int64()) if run is None else pa.repeat(run, count),
    }
    for name in _KEPT:
        kind_of = pa.date32() if name in _DAYS else pa.int64()
        columns[name] = pa.array([getattr(one, name) for one in wanted], kind_of)
    copying.copy("revenues_step", pa.table(columns))


def _numbers(account_ids: Sequence[int], year: years.Year) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select account_id, max(number) from revenues_step"
            " where account_id = any(%s::bigint[]) and year = %s group by 1",
            [arrays.of_ids(account_ids), year.first],
        )
        return dict(cursor.fetchall())
