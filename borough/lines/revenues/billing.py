"""Circumstances in, charge out, post the difference. One account or all of them: the same call.

Nothing is patched. The charge of a year is worked out from the start, compared with what the
ledger holds for that year, and the difference is posted with a new demand notice. Doing it twice
posts nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from borough.kernel import arrays, commanding
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger_queries
from borough.kernel.ledger.commands import opening, posting
from borough.lines.revenues import models, notices, working
from borough.rules import years

SOURCE = "revenues.billing"
KIND = "revenues.council_tax"

# Every pass over the same account takes its lock first, in the order of ids: two officers, or an
# officer and the annual run, follow one another and the second sees what the first posted.
_LOCKED = """
select id, reference from revenues_account
where id = any(%s::bigint[]) order by id for update
"""

_LIABLE = """
from unnest(%s::bigint[]) with ordinality as x(id, row)
join revenues_liability l on l.account_id = x.id and l.account_id between %s and %s
where l.starts < %s and (l.ends is null or l.ends > %s)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What billing some accounts came to; ``change_of`` tells the pence of each whose changed."""

    accounts: int
    noticed: int
    charge_pence: int
    change_pence: int
    change_of: Mapping[int, int]


def bill_accounts(
    account_ids: Sequence[int],
    year: years.Year,
    *,
    on: date,
    by: commanding.Actor,
    because: str,
    run: int | None = None,
) -> Outcome:
    """Bring the ledger in line with the circumstances of these accounts, all or nothing.

    Args:
        account_ids: which accounts; a repeat counts once.
        year: the year that is billed.
        on: the day of issue of the notices.
        by: who acts.
        because: what the statement says of a change.
        run: the id of the run this belongs to.
    """
    with transaction.atomic():
        worked = _worked(account_ids, year)
        before = notices.newest(worked.ids, year)
        due = np.flatnonzero((worked.change_pence != 0) | (before.version == 0))
        _post(worked, before, on=on, by=by, because=because)
        notices.issue(worked, before, due, on=on, run=run)
        _record(worked, before, due, on=on, by=by)
    return Outcome(
        accounts=len(worked.ids),
        noticed=len(due),
        charge_pence=int(worked.bill.due_pence.sum()),
        change_pence=int(worked.change_pence.sum()),
        change_of={
            int(worked.ids[row]): int(worked.change_pence[row])
            for row in np.flatnonzero(worked.change_pence)
        },
    )


def rebill(
    accounts: Iterable[models.Account], *, on: date, by: commanding.Actor, because: str
) -> int:
    """Bill again every year that these accounts touch, back to their first; return the change.

    A year is touched when it has been billed before, or when the account is liable in it and it
    is not later than the newest year that the council has billed.
    """
    return sum(rebill_each(accounts, on=on, by=by, because=because).values())


def rebill_each(
    accounts: Iterable[models.Account], *, on: date, by: commanding.Actor, because: str
) -> dict[int, int]:
    """Bill again as `rebill` does, a year of all at once; return the change of each by its id."""
    kept = _years_kept(on)
    changes: dict[int, int] = {}
    touched: dict[years.Year, list[int]] = {}
    for account in accounts:
        changes[account.pk] = 0
        for year in _years_of(account, kept):
            touched.setdefault(year, []).append(account.pk)
    for year in sorted(touched, key=lambda one: one.first):
        outcome = bill_accounts(touched[year], year, on=on, by=by, because=because)
        for number, pence in outcome.change_of.items():
            changes[number] += pence
    return changes


def _worked(account_ids: Sequence[int], year: years.Year) -> working.Worked:
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED, [arrays.of_ids(account_ids)])
        rows = cursor.fetchall()
    ids = np.array([row[0] for row in rows], np.int64)
    references = [row[1] for row in rows]
    worked = working.work_out([row[0] for row in rows], year)
    liable = _liable(ids, year)
    subs = opening.open_sub_accounts(
        kind=KIND, references=references, part=year.name, holders=liable
    )
    charged = ledger_queries.charged_to(SOURCE, subs).of(subs)
    return working.Worked(year, ids, references, worked, liable, subs, worked.due_pence - charged)


def _liable(
    ids: NDArray[np.int64], year: years.Year
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return row numbers and person ids of everybody liable on some day of the year."""
    span = [int(ids[0]), int(ids[-1])] if len(ids) else [0, 0]
    row, person = arrays.read(
        ["x.row - 1", "l.person_id"],
        _LIABLE,
        [arrays.of_ids(ids), *span, year.ends, year.starts],
    )
    return row, person


def _post(
    worked: working.Worked,
    before: notices.Newest,
    *,
    on: date,
    by: commanding.Actor,
    because: str,
) -> None:
    changed = np.flatnonzero(worked.change_pence)
    if not len(changed):
        return
    accounts = ledger_queries.account_ids()
    count = len(changed)
    pence = worked.change_pence[changed]
    year = worked.year.name
    versions = list(zip(changed.tolist(), before.version[changed].tolist(), strict=True))
    keys = [f"{year}/{worked.references[row]}/{version + 1}" for row, version in versions]
    first = f"Council Tax {year}"
    narrative = [f"{first}: {because}" if version else first for _, version in versions]
    # Two postings a journal: the payer owes more, the Collection Fund has earned it (or less).
    columns = payload.Postings(
        journal=np.repeat(np.arange(count), 2),
        account=np.tile([accounts["CT-PAYERS"], accounts["CT-INCOME"]], count),
        sub_account=np.column_stack(
            [worked.sub_accounts[changed], np.full(count, payload.NONE)]
        ).ravel(),
        pence=np.column_stack([pence, -pence]).ravel(),
    )
    posting.post_batch(
        source=SOURCE, journals=payload.Journals(keys, on, narrative), postings=columns, by=by
    )


def _record(
    worked: working.Worked,
    before: notices.Newest,
    due: NDArray[np.int64],
    *,
    on: date,
    by: commanding.Actor,
) -> None:
    """Leave one fact an account touched: billed for the first time, or billed again."""
    again = before.version[due] > 0
    for what, rows in (("revenues.billed", due[~again]), ("revenues.rebilled", due[again])):
        references = [worked.references[row] for row in rows.tolist()]
        nth = np.full(len(worked.ids), -1)
        nth[rows] = np.arange(len(rows))
        of, persons = nth[worked.liable[0]], worked.liable[1]
        columns = facts.Columns(
            thing=[f"revenues.account/{reference}" for reference in references],
            detail={
                "account": references,
                "year": worked.year.name,
                "charge_pence": worked.bill.due_pence[rows],
                "change_pence": worked.change_pence[rows],
            },
            about=(of[of >= 0], persons[of >= 0]),
        )
        facts.record_columns(what, columns, by=by, on=on)


def _years_kept(on: date) -> range:
    """Return the years from the first that the council has billed to its newest, or that of now."""
    billed = models.Bill.objects.order_by("year").values_list("year", flat=True)
    newest = max(years.Year.holding(on).first, billed.last() or 0)
    first = billed.first()
    return range(newest if first is None else first, newest + 1)


def _years_of(account: models.Account, kept: range) -> list[years.Year]:
    """Return the years to bill again, of those that the council has billed since its first."""
    billed = set(models.Bill.objects.filter(account=account).values_list("year", flat=True))
    begins = years.Year.holding(account.starts).first
    last = account.ends or years.Year(kept[-1]).ends
    liable = {first for first in kept if first >= begins and years.Year(first).starts < last}
    return [years.Year(first) for first in sorted(billed | liable)]
