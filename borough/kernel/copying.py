"""COPY on Django's own connection, so that it is part of the same transaction."""

import pyarrow as pa
from django.db import connection
from pyarrow import csv

CHUNK_BYTES = 1 << 20


def copy(table: str, rows: pa.Table) -> None:
    """Write the rows into a table of the database; the columns bear the names of the table's."""
    text = as_csv(rows)
    names = ", ".join(connection.ops.quote_name(name) for name in rows.column_names)
    with (
        connection.wrap_database_errors,  # Django wraps what a cursor executes, but not a COPY
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({names}) from stdin (format csv)") as into,
    ):
        for start in range(0, len(text), CHUNK_BYTES):
            into.write(text[start : start + CHUNK_BYTES])


def as_csv(rows: pa.Table) -> memoryview:
    """Return the rows as CSV without a header; what is missing is empty, and text is quoted."""
    sink = pa.BufferOutputStream()
    csv.write_csv(rows, sink, csv.WriteOptions(include_header=False))
    return memoryview(sink.getvalue())
