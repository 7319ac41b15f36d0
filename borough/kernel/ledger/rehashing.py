"""Hashing again what every journal asked for, from the rows as they stand now, in a stream."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from django.db import connection
from numpy.typing import NDArray
from pyarrow import csv

from borough.kernel.ledger import payload

JOURNALS_AT_ONCE = 50_000

_JOURNALS = """
select j.batch_id, j.id, j.period_id, coalesce(j.reverses_id, -1), j."on" - date '1970-01-01',
       j.narrative, encode(j.payload_hash, 'hex')
from ledger_journal j where j.batch_id between {first} and {last} order by j.batch_id, j.id
"""
_POSTINGS = """
select j.id, p.account_id, coalesce(p.sub_account_id, -1), p.pence
from ledger_journal j join ledger_posting p on p.journal_id = j.id
where j.batch_id between {first} and {last} order by j.batch_id, j.id, p.line
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
    batch, journal, period, reverses, on, narrative, kept = _columns(
        _JOURNALS.format(first=first, last=last), "iiiiiss"
    )
    owner, account, sub_account, pence = _columns(_POSTINGS.format(first=first, last=last), "iiii")
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


def _columns(query: str, kinds: str) -> list:  # type: ignore[type-arg]
    """Return the columns of a query by COPY: ``i`` as int64 arrays, ``s`` as lists of str."""
    names = [f"c{i}" for i in range(len(kinds))]
    types = {
        name: pa.int64() if kind == "i" else pa.string()
        for name, kind in zip(names, kinds, strict=True)
    }
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy ({query}) to stdout (format csv)") as rows,
    ):
        text = b"".join(rows)
    if not text:
        return [np.zeros(0, np.int64) if kind == "i" else [] for kind in kinds]
    table = csv.read_csv(
        io.BytesIO(text),
        csv.ReadOptions(column_names=names),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )
    return [
        table[name].to_numpy() if kind == "i" else table[name].to_pylist()
        for name, kind in zip(names, kinds, strict=True)
    ]
