"""One way in. A single journal is a batch of one: the same checks, the same protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from borough.kernel import arrays, commanding
from borough.kernel.ledger import (
    capabilities,
    chart,
    copying,
    models,
    payload,
    proving,
    queries,
    refusals,
)

ATTEMPTS = 3  # each loses only to a session that has just posted one of our keys


@dataclass(frozen=True, slots=True)
class Posted:
    """What a batch came to. ``skipped`` journals had been posted before, exactly as asked."""

    journals: int
    skipped: int
    postings: int
    debit_pence: int
    batch_id: int | None


def post(
    *,
    source: str,
    key: str,
    on: date,
    narrative: str,
    lines: Sequence[payload.Line],
    by: commanding.Actor,
    period: models.Period | None = None,
    book: str = chart.MAIN,
) -> models.Journal:
    """Post one journal and return it; return the one that is there if it was posted before.

    Args:
        source: who posts, e.g. ``revenues.billing``.
        key: what for, unique under the source, e.g. ``2025-26/100001/1``.
        on: the day on which it counts.
        narrative: what the holder reads on a statement.
        lines: at least two, that balance in every fund.
        by: who acts.
        period: where it is booked; by default the month of ``on``.
        book: code of the book when no period is given.

    Raises:
        refusals.LedgerRefusal: nothing was posted; the sentence says why.
    """
    ids = queries.account_ids()
    for line in lines:
        if line.account not in ids:
            raise refusals.UnknownAccount(
                f"{key} posts to {line.account}, which is not in the chart of accounts."
            )
    postings = payload.Postings(
        journal=np.zeros(len(lines), np.int64),
        account=np.array([ids[line.account] for line in lines], np.int64),
        sub_account=np.array(
            [payload.NONE if line.sub_account is None else line.sub_account for line in lines],
            np.int64,
        ),
        pence=np.array([line.pence for line in lines]),
    )
    journals = payload.Journals([key], on, narrative)
    post_batch(source=source, journals=journals, postings=postings, by=by, period=period, book=book)
    return models.Journal.objects.get(source=source, key=key)


def reverse(
    journal: models.Journal,
    *,
    on: date,
    because: str,
    by: commanding.Actor,
    period: models.Period | None = None,
) -> models.Journal:
    """Post the exact negation of a journal, in an open period, and return it.

    Args:
        journal: what is reversed; it stays as it is.
        on: the day of the reversal, never a day of a closed period.
        because: the narrative.
        by: who acts.
        period: where it is booked; by default the month of ``on`` in the journal's own book.

    Raises:
        refusals.AlreadyReversed: it has been reversed with another day or reason.
        refusals.PeriodClosed: the period of ``on`` takes no postings.
    """
    rows = list(
        models.Posting.objects.filter(journal=journal)
        .order_by("line")
        .values_list("account_id", "sub_account_id", "pence")
    )
    postings = payload.Postings(
        journal=np.zeros(len(rows), np.int64),
        account=np.array([row[0] for row in rows], np.int64),
        sub_account=np.array([row[1] or payload.NONE for row in rows], np.int64),
        pence=np.array([-row[2] for row in rows], np.int64),
    )
    key = f"reverse/{journal.key}"
    journals = payload.Journals([key], on, because, np.array([journal.pk], np.int64))
    try:
        post_batch(
            source=journal.source,
            journals=journals,
            postings=postings,
            by=by,
            period=period,
            book=journal.period.book.code,
        )
    except refusals.KeyReused as error:
        raise refusals.AlreadyReversed(
            f"{journal.key} of {journal.source} has been reversed before."
        ) from error
    return models.Journal.objects.get(source=journal.source, key=key)


def post_batch(
    *,
    source: str,
    journals: payload.Journals,
    postings: payload.Postings,
    by: commanding.Actor,
    period: models.Period | None = None,
    book: str = chart.MAIN,
) -> Posted:
    """Post many journals: all of those that are new, or none. Asking again posts nothing.

    Args:
        source: who posts; each journal's key is unique under it.
        journals: columns of n journals.
        postings: columns of m postings.
        by: who acts.
        period: where all are booked; by default each in the month of its day.
        book: code of the book when no period is given.

    Raises:
        refusals.LedgerRefusal: nothing was posted; the sentence names the journal and says why.
    """
    proving.refuse_misshapen(journals, postings)
    draft = payload.draft(journals, postings)
    proving.refuse_faults(draft, proving.chart())
    for attempt in range(ATTEMPTS):
        fresh = draft.only(~_posted_before(source, draft))
        skipped = len(draft.key) - len(fresh.key)
        if not len(fresh.key):
            return Posted(0, skipped, 0, 0, None)
        try:
            batch = _write(source, fresh, by=by, period=period, book=book)
        except refusals.KeyTaken:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return Posted(len(fresh.key), skipped, len(fresh.pence), fresh.debit_pence, batch)
    raise AssertionError("unreachable")


def _posted_before(source: str, draft: payload.Draft) -> NDArray[np.bool_]:
    """Return which journals are there already, as asked, bool (n,); refuse those that differ."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select key, payload_hash from ledger_journal where source = %s"
            " and key = any(array(select json_array_elements_text(%s::json)))",
            [source, arrays.of_texts(list(draft.key))],
        )
        found = {key: bytes(digest) for key, digest in cursor.fetchall()}
    if not found:
        return np.zeros(len(draft.key), np.bool_)
    for key, asked in zip(draft.key, draft.asked, strict=True):
        if found.get(key, asked) != asked:
            raise refusals.KeyReused(
                f"{key} of {source} has been posted before with another content. "
                "Reverse that one, or post the difference under a new key."
            )
    return np.array([key in found for key in draft.key], np.bool_)


def _write(
    source: str,
    draft: payload.Draft,
    *,
    by: commanding.Actor,
    period: models.Period | None,
    book: str,
) -> int:
    periods, late = _periods(draft, by=by, period=period, book=book)
    with refusals.in_words(), transaction.atomic():
        batch = models.Batch.objects.create(
            source=source,
            by=by.reference,
            expected_journals=len(draft.key),
            expected_debit_pence=draft.debit_pence,
            payload_hash=payload.of_batch(draft.asked, periods),
            into_soft_closed=late,
        )
        copying.copy(batch.pk, source, draft, periods)
        with connection.cursor() as cursor:
            cursor.execute("insert into ledger_seal (batch_id) values (%s)", [batch.pk])
        return int(batch.pk)


def _periods(
    draft: payload.Draft, *, by: commanding.Actor, period: models.Period | None, book: str
) -> tuple[NDArray[np.int64], bool]:
    """Return the period id of each journal, (n,), and whether any is soft-closed."""
    if period is not None:
        kept = models.Period.objects.select_related("book").get(pk=period.pk)
        found = {kept.month: kept}
        months = np.array([kept.month])
        which = np.zeros(len(draft.key), np.int64)
    else:
        months, which = np.unique(draft.on.astype("datetime64[M]"), return_inverse=True)
        months = np.array([int(str(month).replace("-", "")) for month in months])
        rows = models.Period.objects.select_related("book").filter(
            book__code=book, month__in=months.tolist()
        )
        found = {row.month: row for row in rows}
    chosen = [_usable(found, int(month), book) for month in months]
    late = any(one.state == models.Period.State.SOFT for one in chosen)
    if late:
        commanding.allow(by, capabilities.POST_LATE)
    return np.array([one.pk for one in chosen], np.int64)[which], late


def _usable(found: dict[int, models.Period], month: int, book: str) -> models.Period:
    period = found.get(month)
    if period is None:
        raise refusals.NoSuchPeriod(
            f"The book {book} has no period {month // 100}-{month % 100:02}. "
            "Open the financial year first."
        )
    if period.state == models.Period.State.CLOSED:
        raise refusals.PeriodClosed(
            f"The period {period} of the {period.book} is closed. Date the entry into an open "
            "period, or have the period opened again."
        )
    return period
