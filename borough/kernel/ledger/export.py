"""The whole ledger as plain text that beancount reads: the format an auditor can check elsewhere.

Ends with a balance assertion for each account, so ``bean-check`` adds everything up by itself.
"""

import datetime
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, TextIO

from django.db import connection, transaction
from django.db.models import Max, Min

from borough.kernel.ledger import models, queries

ROOTS = {
    models.Account.Type.ASSET: "Assets",
    models.Account.Type.LIABILITY: "Liabilities",
    models.Account.Type.INCOME: "Income",
    models.Account.Type.EXPENSE: "Expenses",
    models.Account.Type.RESERVE: "Equity",
}

_POSTINGS = """
select j.id, j."on", j.source, j.key, j.narrative, p.account_id, p.pence,
       s.kind, s.reference, s.part
from ledger_journal j join ledger_posting p on p.journal_id = j.id
left join ledger_subaccount s on s.id = p.sub_account_id order by j.id, p.line
"""


def export_beancount(stdout: TextIO) -> None:
    """Write the ledger as of one moment, journal by journal; memory does not grow with it."""
    for line in beancount():
        stdout.write(line + "\n")


def beancount() -> Iterator[str]:
    """Yield the lines of the export."""
    with transaction.atomic():
        span = models.Journal.objects.aggregate(first=Min("on"), last=Max("on"))
        if span["first"] is None:
            return
        names = _names()
        yield 'option "title" "Borough"'
        yield 'option "operating_currency" "GBP"'
        yield from (f"{span['first']} open {name} GBP" for name in names.values())
        yield from _journals(names)
        yield from _balances(names, span["last"] + datetime.timedelta(days=1))


def _names() -> dict[int, str]:
    accounts = models.Account.objects.select_related("fund").order_by("code")
    return {one.pk: f"{ROOTS[_type(one)]}:{one.fund.code}:{one.code}" for one in accounts}


def _type(account: models.Account) -> models.Account.Type:
    return models.Account.Type(account.type)


def _journals(names: dict[int, str]) -> Iterator[str]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_POSTINGS)
        for _, rows in groupby(cursor, key=itemgetter(0)):
            yield from _journal(list(rows), names)


def _journal(rows: list[tuple[Any, ...]], names: dict[int, str]) -> Iterator[str]:
    _, on, source, key, narrative, *_ = rows[0]
    yield f"{on} * {_quoted(source)} {_quoted(narrative)}"
    yield f"  key: {_quoted(key)}"
    for *_, account, pence, kind, reference, part in rows:
        yield f"  {names[account]}  {_pounds(pence)} GBP"
        if kind is not None:
            yield f"    sub-account: {_quoted('/'.join(filter(None, (kind, reference, part))))}"


def _balances(names: dict[int, str], on: datetime.date) -> Iterator[str]:
    ids = queries.account_ids()
    for row in queries.trial_balance():
        yield f"{on} balance {names[ids[row.code]]}  {_pounds(row.pence)} GBP"


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"


def _quoted(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
