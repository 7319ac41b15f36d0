"""Rows in two stages: as they stood when the year's bills went out, and as they stand today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from borough.kernel import furnishing

Columns = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """Rows of one table, each of a spell of the town.

    Attributes:
        spell: int64 (r,), row of the spell that each belongs to.
        columns: arrays (r,) by column name, ``starts`` and ``ends`` among them, and no ``id``.
    """

    model: type[models.Model]
    spell: NDArray[np.int64]
    columns: Columns

    @property
    def numbered(self) -> "Rows":
        """The same rows with ids of the table."""
        if "id" in self.columns:
            return self
        ids = furnishing.numbers(self.model, len(self.spell))
        return Rows(self.model, self.spell, {"id": ids, **self.columns})


def before(rows: Rows, spells: furnishing.Spells, day: date) -> None:
    """Add the rows of spells that began before the day; what ends later is not known yet."""
    cut = np.datetime64(day)
    known = spells.starts[rows.spell] < cut
    ends_later = spells.ends[rows.spell] >= cut
    columns = {
        **rows.columns,
        "ends": np.where(ends_later, np.datetime64("NaT"), rows.columns["ends"]),
    }
    furnishing.copy(rows.model, {name: column[known] for name, column in columns.items()})


def after(all_rows: Iterable[Rows], spells: furnishing.Spells, day: date) -> None:
    """End what ended on the day or later, then add the rows of spells that began since."""
    cut = np.datetime64(day)
    kept = list(all_rows)
    for rows in kept:
        known = spells.starts[rows.spell] < cut
        ended = known & (spells.ends[rows.spell] >= cut)
        _end(rows.model, rows.columns["id"][ended], rows.columns["ends"][ended])
    for rows in kept:
        new = spells.starts[rows.spell] >= cut
        furnishing.copy(rows.model, {name: column[new] for name, column in rows.columns.items()})


def _end(model: type[models.Model], ids: NDArray[np.int64], ends: NDArray[np.datetime64]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} t set ends = e.ends"  # noqa: S608  a table's own name
            " from unnest(%s::bigint[], %s::date[]) as e (id, ends) where t.id = e.id",
            [ids.tolist(), ends.astype(object).tolist()],
        )
