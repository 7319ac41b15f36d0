"""The figures of collecting, counted from the ledger by a run and kept as they were on their day.

Part 0 counts every posting on payers' accounts by year, source and month; part 1 what is left, by
age and stage. Both read the ledger alone, so that each figure opens down to its rows.
"""

from datetime import date

from django.db import connection

from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import billing
from borough.lines.revenues.queries import arrears
from borough.lines.revenues.queries import collected as queries

KIND = queries.KIND
PARTS = 2

_POSTED = """
select s.part, j.source, to_char(j."on", 'YYYY-MM'), sum(p.pence)::bigint, count(*)
from ledger_subaccount s
join ledger_posting p on p.sub_account_id = s.id
join ledger_journal j on j.id = p.journal_id
where s.kind = %s and j."on" <= %s and j.batch_id <= %s
group by 1, 2, 3 order by 1, 2, 3
"""


def carry_out(run: Run) -> None:
    """Count the figures as the ledger stands; a run that was killed goes on where it stopped."""
    runs.carry_out(run, lambda number: (_posted, _left)[number](run.on))
    runs.end(run)


def _posted(on: date) -> runs.Result:
    batch = _newest_batch()
    with connection.cursor() as cursor:
        cursor.execute(_POSTED, [billing.KIND, on, batch])
        rows = cursor.fetchall()
    return sum(row[4] for row in rows), {"rows": rows, "batch": batch}


def _left(on: date) -> runs.Result:
    batch = _newest_batch()
    rows = arrears.by_year_and_stage(on, batch=batch)
    left = [[one.year, one.stage, one.accounts, one.pence] for one in rows]
    return sum(one.accounts for one in rows), {"rows": left, "batch": batch}


def _newest_batch() -> int:
    """Return the newest batch of the ledger: what joins it while it is counted comes after."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0) from ledger_batch")
        [batch] = cursor.fetchone()
    return int(batch)
