"""Furnishing a made-up town: what it hands to the lines, and the bulk way into the tables.

The town knows lives: who lived where and when, who owned what stood empty. What a service makes of
that (accounts, awards, arrears) is the line's own business; its card names who furnishes it.
"""

import zlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection, models
from numpy.typing import NDArray
from pyarrow import csv

NOBODY = -1
"""In a column of row numbers: there is none."""
CHUNK_BYTES = 1 << 20

Progress = Callable[[str, int], AbstractContextManager[None]]
"""``with progress("Accounts", rows):`` tells whoever watches what is being done."""


class State(IntEnum):
    """Whether a dwelling is lived in."""

    OCCUPIED = 0
    FURNISHED = 1
    UNFURNISHED = 2


class Role(IntEnum):
    """What a person is to a dwelling for a while."""

    HEAD = 0
    PARTNER = 1
    ADULT = 2
    CHILD = 3
    OWNER = 4


@dataclass(frozen=True, slots=True)
class Dwellings:
    """Columns of n dwellings.

    Attributes:
        id: int64 (n,), as in the database; none before the town is loaded.
        band: str (n,), A to H.
        parish: str (n,), code of the parish, "" where there is none.
        deprived_permille: int64 (n,), income deprivation of the ward, in thousandths of its people.
    """

    id: NDArray[np.int64]
    band: NDArray[np.str_]
    parish: NDArray[np.str_]
    deprived_permille: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spells:
    """Columns of s spells: one household in one dwelling, or one owner while nobody lives there.

    The spells of a dwelling follow each other without gap or overlap.

    Attributes:
        dwelling: int64 (s,), row of the dwelling.
        starts, ends: datetime64[D] (s,), half open; NaT while still so.
        state: int8 (s,), a :class:`State`.
        adults: int64 (s,), people of 18 or over who live there.
        exemption: str (s,), the class of exempt dwelling, "" for none.
        disabled: bool (s,), whether the home is adapted for a disabled resident.
        annexe: bool (s,), whether it is an annexe used by the family next door.
        support_permille: int64 (s,), how much of the charge low income takes off, in thousandths.
        pensioner: bool (s,), whether the head is of pension age.
    """

    dwelling: NDArray[np.int64]
    starts: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    state: NDArray[np.int8]
    adults: NDArray[np.int64]
    exemption: NDArray[np.str_]
    disabled: NDArray[np.bool_]
    annexe: NDArray[np.bool_]
    support_permille: NDArray[np.int64]
    pensioner: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Parts:
    """Columns of p parts: that a person has a part in a spell.

    Attributes:
        spell: int64 (p,), row of the spell.
        person: int64 (p,), row of the person.
        role: int8 (p,), a :class:`Role`.
        ground: str (p,), why an adult is not counted for council tax, "" when counted.
    """

    spell: NDArray[np.int64]
    person: NDArray[np.int64]
    role: NDArray[np.int8]
    ground: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Town:
    """What a line is given to furnish.

    Attributes:
        seed: what the town was drawn from.
        on: the day on which the town stands still.
        person_id: int64 (q,), ids of the people as in the database, by row.
    """

    seed: int
    on: date
    dwellings: Dwellings
    spells: Spells
    parts: Parts
    person_id: NDArray[np.int64]


def dice(seed: int, stage: str) -> np.random.Generator:
    """Return the random numbers of one stage: the same everywhere, whatever other stages draw.

    Draw whole numbers and plain fractions only: they do not pass through a machine's own
    mathematics library.
    """
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(stage.encode())]))


def numbers(model: type[models.Model], count: int) -> NDArray[np.int64]:
    """Return ``count`` fresh ids of a table, rising, int64 (count,)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        ids = np.fromiter((row[0] for row in cursor.fetchall()), np.int64, count)
    return np.sort(ids)


def copy(model: type[models.Model], columns: Mapping[str, Any]) -> int:
    """Add rows to a table by COPY, on Django's connection; return how many.

    Args:
        model: whose table; every constraint of it holds as ever.
        columns: by column name, arrays of one length; NaT and masked values become null.
    """
    table = pa.table({name: pa.array(column, from_pandas=True) for name, column in columns.items()})
    sink = pa.BufferOutputStream()
    csv.write_csv(table, sink, csv.WriteOptions(include_header=False))
    rows = memoryview(sink.getvalue())
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns)
    statement = f"copy {quote(model._meta.db_table)} ({names}) from stdin (format csv)"
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for start in range(0, len(rows), CHUNK_BYTES):
            target.write(rows[start : start + CHUNK_BYTES])
    return int(table.num_rows)
