"""Columns on their way into a query and out of it, each as one value that crosses at once.

A driver quotes each element of a list, each time the list is sent, and makes an object of each cell
that comes back; for thousands of ids in a dozen queries that took longer than the queries.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray


def of_ids(ids: NDArray[np.int64] | Iterable[int]) -> str:
    """Return whole numbers as an array of PostgreSQL, ``{1,2,3}``; use as ``%s::bigint[]``.

    Args:
        ids: int64 (n,), or ints.
    """
    numbers = ids.tolist() if isinstance(ids, np.ndarray) else [int(number) for number in ids]
    return f"{{{','.join(map(str, numbers))}}}"


def of_texts(texts: Sequence[str]) -> str:
    """Return texts as a JSON array; use as ``json_array_elements_text(%s::json)``."""
    return json.dumps(list(texts))


def pairs(
    first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each pair once, in order of the first: neighbours meet the same page of an index.

    Args:
        first: int64 (n,).
        second: int64 (n,).
    """
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    once = np.ones(len(first), np.bool_)
    once[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return first[once], second[once]


@dataclass(frozen=True, slots=True)
class Question:
    """Whole-number columns of a query.

    Attributes:
        columns: an expression each, whole numbers and never missing.
        rows: what follows the columns: ``from ... where ...``.
        in_order: ``order by ...``; without it the rows come in any order, the same in each column.
    """

    columns: Sequence[str]
    rows: str
    in_order: str = ""

    @property
    def sql(self) -> str:
        """The query: one row, the number of cells and then each column, end to end."""
        cells = [
            f"string_agg(int8send(({one})::bigint), ''::bytea {self.in_order})"
            for one in self.columns
        ]
        return f"select count(*), {', '.join(cells)} {self.rows}"


def read(
    columns: Sequence[str],
    rows: str,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
    *,
    in_order: str = "",
) -> list[NDArray[np.int64]]:
    """Return whole-number columns of a query, int64 (n,) each.

    The database lays the numbers of a column end to end, eight bytes each.

    Args:
        columns: an expression each, whole numbers and never missing.
        rows: what follows the columns: ``from ... where ...``.
        parameters: of the query.
        in_order: ``order by ...``; without it the rows come in any order, the same in each column.

    Raises:
        ValueError: a cell is missing.
    """
    question = Question(columns, rows, in_order)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, parameters)
        return _columns(question, cursor.fetchone())


def read_together(
    questions: Sequence[Question], parameters: Mapping[str, Any]
) -> list[list[NDArray[np.int64]]]:
    """Return the columns of several queries, asked in one go: each way to the database costs.

    Args:
        questions: none depends on another.
        parameters: of all of them, by name.

    Raises:
        ValueError: a cell is missing.
    """
    asked = ", ".join(f"({one.sql}) q{place}" for place, one in enumerate(questions))
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {asked}", parameters)  # noqa: S608  our own text
        cells = list(cursor.fetchone())
    answers = []
    for question in questions:
        beyond = 1 + len(question.columns)
        answers.append(_columns(question, cells[:beyond]))
        cells = cells[beyond:]
    return answers


def _columns(question: Question, cells: Sequence[Any]) -> list[NDArray[np.int64]]:
    count, *found = cells
    read = [np.frombuffer(column or b"", ">i8").astype(np.int64) for column in found]
    for asked, column in zip(question.columns, read, strict=True):
        if len(column) != count:
            raise ValueError(f"Of {count:,} rows {count - len(column):,} have no {asked}.")
    return read
