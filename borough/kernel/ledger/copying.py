"""COPY on Django's own connection, so that it is part of the same transaction."""

import numpy as np
import pyarrow as pa
from django.db import connection
from numpy.typing import NDArray
from pyarrow import csv

from borough.kernel.ledger import payload

CHUNK_BYTES = 1 << 20


def copy(batch: int, source: str, draft: payload.Draft, periods: NDArray[np.int64]) -> None:
    """Write the journals and postings of a batch as drafts; ``periods`` is int64 (n,)."""
    n = len(draft.key)
    ids = _next_journal_ids(n)
    journals = {
        "id": ids,
        "batch_id": np.broadcast_to(np.int64(batch), (n,)),
        "period_id": periods,
        "reverses_id": _or_null(draft.reverses),
        "on": draft.on,
        "source": pa.repeat(source, n),
        "key": pa.array(draft.key, pa.string()),
        "narrative": pa.array(draft.narrative, pa.string()),
        "payload_hash": pa.array(["\\x" + digest.hex() for digest in draft.asked]),
    }
    postings = {
        "journal_id": ids[draft.journal],
        "line": draft.line,
        "account_id": draft.account,
        "sub_account_id": _or_null(draft.sub_account),
        "pence": draft.pence,
    }
    _copy("ledger_journal", pa.table(journals))
    _copy("ledger_posting", pa.table(postings))


def _next_journal_ids(n: int) -> NDArray[np.int64]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('ledger_journal', 'id'))"
            " from generate_series(1, %s)",
            [n],
        )
        return np.sort(np.fromiter((row[0] for row in cursor.fetchall()), np.int64, n))


def _or_null(ids: NDArray[np.int64]) -> pa.Array:
    return pa.array(ids, mask=ids == payload.NONE)


def _copy(table: str, columns: pa.Table) -> None:
    sink = pa.BufferOutputStream()
    csv.write_csv(columns, sink, csv.WriteOptions(include_header=False))
    rows = memoryview(sink.getvalue())
    names = ", ".join(connection.ops.quote_name(name) for name in columns.column_names)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({names}) from stdin (format csv)") as copy,
    ):
        for start in range(0, len(rows), CHUNK_BYTES):
            copy.write(rows[start : start + CHUNK_BYTES])
