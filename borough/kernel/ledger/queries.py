"""Questions to the ledger. Balances are sums over an index, not a second truth that could drift."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Sum
from numpy.typing import NDArray

from borough.kernel import arrays, joining
from borough.kernel.ledger import models


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account of the chart and its balance, + debit, - credit."""

    fund: str
    code: str
    title: str
    control_for: str
    pence: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What a person holds, alone or with others: positive pence are owed to the council."""

    person_id: int
    sub_account_id: int
    kind: str
    title: str
    reference: str
    part: str
    is_debt: bool
    pence: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a statement, and the balance after it."""

    on: date
    narrative: str
    source: str
    key: str
    journal_id: int
    line: int
    reverses_id: int | None
    pence: int
    balance_pence: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Pence of each sub-account, as columns of one length, sorted by sub-account."""

    sub_account: NDArray[np.int64]
    pence: NDArray[np.int64]

    def of(self, sub_accounts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the pence of each given sub-account, nought where nothing was posted, (n,)."""
        if not self.sub_account.size:
            return np.zeros(len(sub_accounts), np.int64)
        where = np.searchsorted(self.sub_account, sub_accounts)
        where = np.minimum(where, len(self.sub_account) - 1)
        found: NDArray[np.int64] = np.where(
            self.sub_account[where] == sub_accounts, self.pence[where], 0
        )
        return found


def account_ids() -> Mapping[str, int]:
    """Return the id of every account of the chart by its code."""
    return dict(models.Account.objects.values_list("code", "pk"))


def sub_account_ids(kind: str, references: Sequence[str], part: str = "") -> Mapping[str, int]:
    """Return the ids of those of the given references that are open, by reference."""
    found = models.SubAccount.objects.filter(kind=kind, part=part, reference__in=references)
    return dict(found.values_list("reference", "pk"))


def balances(sub_account_ids: Iterable[int]) -> dict[int, int]:
    """Return the balance in pence of each sub-account: nought where nothing was posted."""
    ids = list(sub_account_ids)
    rows = _rows(
        "select sub_account_id, sum(pence)::bigint from ledger_posting"
        " where sub_account_id = any(%s) group by sub_account_id",
        [ids],
    )
    return {**dict.fromkeys(ids, 0), **dict(rows)}


def balance(kind: str, reference: str) -> int:
    """Return the balance in pence of all parts of a reference together."""
    postings = models.Posting.objects.filter(
        sub_account__kind=kind, sub_account__reference=reference
    )
    return int(postings.aggregate(total=Sum("pence"))["total"] or 0)


def account_balance(code: str) -> int:
    """Return the balance of an account of the chart, in pence."""
    account = models.Account.objects.get(code=code)
    rows = models.Posting.objects.filter(account=account)
    if not account.control_for:
        rows = rows.filter(sub_account=None)  # all of them; said so that their index is used
    return int(rows.aggregate(pence=Sum("pence"))["pence"] or 0)


def all_balances(kind: str, part: str | None = None) -> Sums:
    """Return the balance of every sub-account of a kind (and part) that has postings."""
    return _sums(
        "select p.sub_account_id, sum(p.pence)::bigint from ledger_posting p"
        " join ledger_subaccount s on s.id = p.sub_account_id"
        " where s.kind = %s and (%s::text is null or s.part = %s)"
        " group by 1 order by 1",
        [kind, part, part],
    )


def charged(source: str, kind: str, part: str | None = None) -> Sums:
    """Return what a source has posted so far to each sub-account of a kind, reversals included.

    Args:
        source: whole source, or its beginning up to a dot: ``revenues`` holds ``revenues.billing``.
        kind: of sub-account.
        part: of sub-account; None for all.
    """
    return _sums(
        "select p.sub_account_id, sum(p.pence)::bigint from ledger_posting p"
        " join ledger_journal j on j.id = p.journal_id"
        " join ledger_subaccount s on s.id = p.sub_account_id"
        " where (j.source = %s or starts_with(j.source, %s))"
        " and s.kind = %s and (%s::text is null or s.part = %s)"
        " group by 1 order by 1",
        [source, f"{source}.", kind, part, part],
    )


def charged_to(source: str, sub_account_ids: NDArray[np.int64] | Iterable[int]) -> Sums:
    """Return what a source has posted so far to each of a few sub-accounts."""
    return _sums(
        "select p.sub_account_id, sum(p.pence)::bigint from ledger_posting p"
        " join ledger_journal j on j.id = p.journal_id"
        " where (j.source = %s or starts_with(j.source, %s))"
        " and p.sub_account_id = any(%s::bigint[]) group by 1 order by 1",
        [source, f"{source}.", arrays.of_ids(sub_account_ids)],
    )


def owed_by(person_ids: Iterable[int]) -> list[Owed]:
    """Return what each person holds, sub-account by sub-account; one query for any number.

    A debt held jointly appears in full under each holder: each of them owes all of it.
    """
    rows = _rows(
        "select h.person_id, s.id, s.kind, s.reference, s.part, coalesce(sum(p.pence), 0)::bigint"
        " from ledger_holding h join ledger_subaccount s on s.id = h.sub_account_id"
        " left join ledger_posting p on p.sub_account_id = s.id"
        " where h.person_id = any(%s) group by h.person_id, s.id"
        " order by h.person_id, s.kind, s.reference, s.part",
        [list(person_ids)],
    )
    kinds = joining.account_kinds()
    return [
        Owed(
            person_id=person,
            sub_account_id=sub_account,
            kind=kind,
            title=kinds[kind].title if kind in kinds else kind,
            reference=reference,
            part=part,
            is_debt=kinds[kind].is_debt if kind in kinds else True,
            pence=pence,
        )
        for person, sub_account, kind, reference, part, pence in rows
    ]


def statement(sub_account_id: int) -> list[Entry]:
    """Return every posting of a sub-account by day, each with the balance after it."""
    rows = _rows(
        'select j."on", j.narrative, j.source, j.key, j.id, p.line, j.reverses_id, p.pence,'
        '       (sum(p.pence) over (order by j."on", j.id, p.line))::bigint'
        " from ledger_posting p join ledger_journal j on j.id = p.journal_id"
        ' where p.sub_account_id = %s order by j."on", j.id, p.line',
        [sub_account_id],
    )
    return [Entry(*row) for row in rows]


def trial_balance() -> list[AccountBalance]:
    """Return every account with its balance, by fund and code; each fund adds up to nought."""
    rows = _rows(
        "select f.code, a.code, a.title, a.control_for, coalesce(t.pence, 0)::bigint"
        " from ledger_account a join ledger_fund f on f.id = a.fund_id"
        " left join (select account_id, sum(pence) as pence from ledger_posting"
        "            group by account_id) t on t.account_id = a.id"
        " order by f.code, a.code",
        [],
    )
    return [AccountBalance(*row) for row in rows]


def control_totals() -> dict[str, tuple[int, int]]:
    """Return (control account, sum of its sub-accounts) in pence, by kind of sub-account."""
    rows = _rows(
        "select a.control_for, coalesce(sum(p.pence), 0)::bigint,"
        "       coalesce(sum(p.pence) filter (where s.kind = a.control_for), 0)::bigint"
        " from ledger_account a left join ledger_posting p on p.account_id = a.id"
        " left join ledger_subaccount s on s.id = p.sub_account_id"
        " where a.control_for <> '' group by 1 order by 1",
        [],
    )
    return {kind: (control, subs) for kind, control, subs in rows}


def open_period(on: date, *, book: str) -> models.Period | None:
    """Return the first open period of a book that holds ``on`` or comes after it."""
    return (
        models.Period.objects.filter(
            book__code=book,
            month__gte=on.year * 100 + on.month,
            state=models.Period.State.OPEN,
        )
        .order_by("month")
        .first()
    )


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _sums(sql: str, parameters: Sequence[Any]) -> Sums:
    columns = np.array(_rows(sql, parameters), np.int64).reshape(-1, 2)
    return Sums(columns[:, 0].copy(), columns[:, 1].copy())
