"""Annual billing: a preview that changes nothing, and a run beside which officers go on working.

The accounts are divided once, when the run is asked for, into parts of neighbouring ids; a part is
one transaction. An account opened meanwhile is billed by its own command, and the last part sweeps
up whoever was missed.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import billing, counting, figures, laws, working
from borough.rules import years

PREVIEW = "revenues.billing_preview"
BILLING = "revenues.billing"

# Small enough that an officer whose account is in the part waits for a second, not for a minute.
PART = 5_000
# While the database writes for one hand, the other reckons; more would crowd out the officers.
HANDS = 2
_LAST_ID = 2**63 - 1
_WHY = "annual billing"

_TOUCHED = """
select id from revenues_account
where starts < %s and (ends is null or ends > %s) and id between %s and %s order by id
"""

_MISSED = """
select a.id from revenues_account a
where a.starts < %s and (a.ends is null or a.ends > %s)
  and not exists (select 1 from revenues_bill b where b.account_id = a.id and b.year = %s)
order by a.id
"""

Progress = Callable[[int], None] | None


def divide(year: years.Year, *, size: int = PART) -> list[list[int]]:
    """Return the parts of a run over everybody liable in the year, as [first id, last id]."""
    ids = everybody(year)
    return [[ids[at], ids[min(at + size, len(ids)) - 1]] for at in range(0, len(ids), size)]


def everybody(year: years.Year) -> list[int]:
    """Return the ids of the accounts that are liable on some day of the year."""
    return _ids(_TOUCHED, [year.ends, year.starts, 0, _LAST_ID])


def preview(run: Run, *, progress: Progress = None, hands: int = 1) -> None:
    """Work out what billing would come to, ``hands`` parts at once; posts nothing."""
    year = years.Year.named(run.asked["year"])
    what_if = run.asked.get("what_if")
    laws_asked = [laws.of(year)] + ([laws.changed(year, what_if)] if what_if else [])

    def do(number: int) -> runs.Result:
        if number == run.parts_expected - 1:
            return 0, _beside(run, year)
        ids = _of_part(run, year, number)
        return len(ids), figures.of_accounts(ids, year, laws_asked)

    runs.carry_out(run, do, progress=progress, hands=hands)
    runs.end(run)


def _beside(run: Run, year: years.Year) -> dict[str, Any]:
    """Return what a preview is compared with: last year's bills and the taxbase of the day."""
    try:
        taxbase_tenths = counting.tenths(run.on)
    except (laws.LawNotKnown, working.CannotWorkOut):
        taxbase_tenths = None
    return {"last": figures.last_year(year.preceding), "taxbase_tenths": taxbase_tenths}


def carry_out(run: Run, *, by: commanding.Actor, progress: Progress = None, hands: int = 1) -> None:
    """Bill everybody liable in the year; started again, it goes on where it stopped.

    ``hands`` parts are billed at once, in sessions of their own; the last part sees them all.
    """
    year = years.Year.named(run.asked["year"])

    def do(number: int) -> runs.Result:
        if number == run.parts_expected - 1:
            ids = _ids(_MISSED, [year.ends, year.starts, year.first])
        else:
            ids = _of_part(run, year, number)
        return _bill(ids, year, run, by)

    runs.carry_out(run, do, progress=progress, hands=hands)
    if not run.endings.filter(outcome="done").exists():
        with transaction.atomic():  # the fact and the ending together, or neither
            _finish(run, year, by=by)


def totals(run: Run) -> dict[str, int]:
    """Return the sums of the parts done: accounts, notices and pence."""
    sums = {"accounts": 0, "noticed": 0, "charge_pence": 0, "change_pence": 0}
    for rows, result in run.parts.values_list("rows", "result"):
        sums["accounts"] += rows
        for name in ("noticed", "charge_pence", "change_pence"):
            sums[name] += result.get(name, 0)
    return sums


def _bill(ids: list[int], year: years.Year, run: Run, by: commanding.Actor) -> runs.Result:
    """Bill a part; an account that cannot be billed is set aside and stops nobody else's bill."""
    bad: list[tuple[int, str]] = []
    if not ids:
        return 0, {}
    try:
        with transaction.atomic():
            outcome = billing.bill_accounts(ids, year, on=run.on, by=by, because=_WHY, run=run.pk)
    except working.CannotWorkOut:
        ids, bad = working.sound(ids, year)
        outcome = billing.bill_accounts(ids, year, on=run.on, by=by, because=_WHY, run=run.pk)
    return outcome.accounts, {
        "noticed": outcome.noticed,
        "charge_pence": outcome.charge_pence,
        "change_pence": outcome.change_pence,
        "set_aside": bad,
    }


def _finish(run: Run, year: years.Year, *, by: commanding.Actor) -> None:
    sums = totals(run)
    facts.record(
        "revenues.billing_done",
        thing=f"run/{run.pk}",
        by=by,
        on=run.on,
        year=year.name,
        accounts=sums["accounts"],
        charge_pence=sums["charge_pence"],
    )
    runs.end(run)


def _of_part(run: Run, year: years.Year, number: int) -> list[int]:
    first, last = run.asked["parts"][number]
    return _ids(_TOUCHED, [year.ends, year.starts, first, last])


def _ids(query: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [number for (number,) in cursor.fetchall()]
