"""Hashing again what every journal asked for, from the rows as they stand now, in a stream."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.kernel.ledger import payload

JOURNALS_AT_ONCE = 50_000

_JOURNALS_IN_ORDER = "order by j.batch_id, j.id"
_DAY = "j.\"on\" - date '1970-01-01'"
_JOURNALS = "from ledger_journal j where j.batch_id between %s and %s"
_POSTINGS_IN_ORDER = "order by j.batch_id, j.id, p.line"
_POSTINGS = """
from ledger_journal j join ledger_posting p on p.journal_id = j.id
where j.batch_id between %s and %s
"""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Whole batches: their journals in order of batch and id, and the hashes worked out again."""

    batch: NDArray[np.int64]
    journal: NDArray[np.int64]
    period: NDArray[np.int64]
    kept: list[str]
    found: list[bytes]


def differences() -> list[tuple[str, list[str]]]:
    """Return what differs (in words, ids): hashes of journals, then of batches."""
    journals: list[str] = []
    batches: list[str] = []
    for first, last, hashes in _spans():
        chunk = _read(first, last)
        journals += [
            str(number)
            for number, kept, found in zip(chunk.journal, chunk.kept, chunk.found, strict=True)
            if kept != found.hex()
        ]
        batches += [str(batch) for batch, kept in hashes.items() if _of(chunk, batch) != kept]
    named = (
        ("Journals that are not what was asked for", journals),
        ("Batches that are not what was asked for", batches),
    )
    return [(what, ids) for what, ids in named if ids]


def _spans() -> Iterator[tuple[int, int, dict[int, bytes]]]:
    """Yield ranges of batch ids of about ``JOURNALS_AT_ONCE`` journals, and the batches' hashes."""
    last, size, hashes = 0, 0, dict[int, bytes]()
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "select id, expected_journals, payload_hash from ledger_batch where id > %s"
                " order by id limit %s",
                [last, JOURNALS_AT_ONCE],
            )
            rows = cursor.fetchall()
        for batch, journals, digest in rows:
            if size and size + journals > JOURNALS_AT_ONCE:
                yield min(hashes), max(hashes), hashes
                size, hashes = 0, {}
            hashes[batch] = bytes(digest)
            size += journals
            last = batch
        if not rows:
            break
    if hashes:
        yield min(hashes), max(hashes), hashes


def _read(first: int, last: int) -> _Chunk:
    span = [first, last]
    batch, journal, period, reverses, on = arrays.read(
        ["j.batch_id", "j.id", "j.period_id", "coalesce(j.reverses_id, -1)", _DAY],
        _JOURNALS,
        span,
        in_order=_JOURNALS_IN_ORDER,
    )
    narrative, kept = _texts(
        ["j.narrative", "encode(j.payload_hash, 'hex')"], _JOURNALS_IN_ORDER, _JOURNALS, span
    )
    owner, account, sub_account, pence = arrays.read(
        ["j.id", "p.account_id", "coalesce(p.sub_account_id, -1)", "p.pence"],
        _POSTINGS,
        span,
        in_order=_POSTINGS_IN_ORDER,
    )
    # Journals come in order of batch; their ids need not, where two sessions posted at once.
    order = np.argsort(journal, kind="stable")
    row = order[np.searchsorted(journal, owner, sorter=order)] if len(owner) else owner
    bounds = np.searchsorted(row, np.arange(len(journal) + 1))
    found = payload.hashes(
        on.astype("datetime64[D]"), narrative, reverses, account, sub_account, pence, bounds
    )
    return _Chunk(batch, journal, period, kept, found)


def _of(chunk: _Chunk, batch: int) -> bytes:
    first, last = np.searchsorted(chunk.batch, [batch, batch + 1])
    return payload.of_batch(chunk.found[first:last], chunk.period[first:last])


def _texts(columns: list[str], in_order: str, rows: str, parameters: list[int]) -> list[list[str]]:
    """Return text columns of a query, str (n,) each."""
    asked = [f"(json_agg({one} {in_order}))::text" for one in columns]
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(asked)} {rows}", parameters)
        return [json.loads(column or "[]") for column in cursor.fetchone()]
