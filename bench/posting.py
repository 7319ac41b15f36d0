"""How fast the ledger takes a batch with every check on, beside a bare COPY of the same rows.

    python bench/posting.py [journals]

Half the journals are charges of two lines, half are receipts of four. The bare COPY goes into
tables without keys, indexes or triggers, on the same server in the same run.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borough.wiring.settings")
os.environ.setdefault("BOROUGH_HOME", str(Path(__file__).resolve().parents[1] / ".borough/bench"))
os.environ["BOROUGH_AS_OWNER"] = "1"

from borough.wiring import database

database.ensure_running()

import datetime  # noqa: E402

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from borough.kernel import appending, commanding  # noqa: E402
from borough.kernel import copying as kernel_copying  # noqa: E402
from borough.kernel.ledger import (  # noqa: E402
    chart,
    checks,
    commands,
    copying,
    payload,
    queries,
)
from borough.rules import years  # noqa: E402

NAME = "bench_posting"
APRIL = datetime.date(2025, 4, 1)
CLERK = commanding.system("bench")


def main(journals: int) -> None:
    _fresh_database()
    debts = _seconds(
        f"open {journals:,} sub-accounts",
        lambda: commands.open_sub_accounts(
            kind="revenues.council_tax",
            references=[f"{100_000 + i}" for i in range(journals)],
            part="2025-26",
        ),
    )[1]
    asked = columns(debts, 1)
    rows = len(asked[0].key) + len(asked[1].pence)
    bare = min(_seconds("bare COPY", lambda: _bare(asked))[0] for _ in range(3))
    for part in (1, 2, 3):
        batch = columns(debts, part)
        taken, posted = _seconds(f"post_batch {part}", lambda batch=batch: _post(batch))
        print(
            f"  {posted.journals:,} journals, {posted.postings:,} postings: "
            f"{posted.postings / taken:,.0f} postings/s, {rows / taken:,.0f} rows/s, "
            f"{taken / bare:.1f} times the bare COPY"
        )
    _seconds("post the same again", lambda: _post(batch))
    _seconds("what each debt was charged", lambda: queries.charged("bench", "revenues.council_tax"))
    _seconds("trial balance", queries.trial_balance)
    few = debts[:1].tolist()
    _seconds("balance of one", lambda: queries.balances(few))
    _seconds("statement of one", lambda: queries.statement(few[0]))
    _seconds("check everything", lambda: checks.main(sys.stdout))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:,.0f} MB")


def columns(debts, part):
    """Return journals and postings: a charge of each even debt, a receipt of each odd one."""
    n, ids = len(debts), queries.account_ids()
    charges, receipts = np.arange(0, n, 2), np.arange(1, n, 2)
    pence = np.arange(n) % 200_000 + 1
    none = np.full(n, commands.NONE)
    lines = [
        (charges, "CT-PAYERS", debts, 1),
        (charges, "CT-INCOME", none, -1),
        (receipts, "BANK", none, 1),
        (receipts, "OWED-TO-CF", none, -1),
        (receipts, "CT-CASH-WITH-GF", none, 1),
        (receipts, "CT-PAYERS", debts, -1),
    ]
    postings = commands.Postings(
        journal=np.concatenate([rows for rows, *_ in lines]),
        account=np.concatenate([np.full(len(rows), ids[code]) for rows, code, *_ in lines]),
        sub_account=np.concatenate([subs[rows] for rows, _, subs, _ in lines]),
        pence=np.concatenate([sign * pence[rows] for rows, *_, sign in lines]),
    )
    keys = [f"2025-26/{100_000 + i}/{part}" for i in range(n)]
    return commands.Journals(keys, APRIL, "Council Tax 2025-26"), postings


def _post(asked):
    return commands.post_batch(source="bench", journals=asked[0], postings=asked[1], by=CLERK)


def _bare(asked) -> float:
    """COPY the same rows, already as text, into tables that know nothing."""
    draft = payload.draft(*asked)
    n = len(draft.key)
    ids = np.arange(n)
    rows = {
        "journal": copying.journal_columns(ids, 0, "bench", draft, np.zeros(n, np.int64)),
        "posting": copying.posting_columns(ids, draft),
    }
    text = {table: kernel_copying.as_csv(table_rows) for table, table_rows in rows.items()}
    connection.settings_dict["USER"] = "postgres"
    connection.close()
    with connection.cursor() as cursor:
        for table in rows:
            cursor.execute(f"drop table if exists bare_{table}")
            cursor.execute(f"create table bare_{table} as table ledger_{table} with no data")
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns_of in rows.items():
            names = ", ".join(f'"{name}"' for name in columns_of.column_names)
            with cursor.copy(f"copy bare_{table} ({names}) from stdin (format csv)") as copy:
                copy.write(text[table])
    taken = time.perf_counter() - started
    _as_application()
    return taken


def _seconds(what: str, run: Callable[[], object]) -> tuple[float, object]:
    started = time.perf_counter()
    result = run()
    taken = result if isinstance(result, float) else time.perf_counter() - started
    print(f"{what}: {taken:.3f} s")
    return taken, result


def _fresh_database() -> None:
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        cursor.execute(f"drop database if exists {NAME} with (force)")
        cursor.execute(f"create database {NAME}")
    connection.close()
    connection.settings_dict["NAME"] = NAME
    call_command("migrate", verbosity=0, skip_checks=True)
    appending.grant(database.APP_ROLE)
    _as_application()
    chart.lay_chart()
    chart.open_year(years.Year(2025))


def _as_application() -> None:
    connection.close()
    connection.settings_dict["USER"] = database.APP_ROLE


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
