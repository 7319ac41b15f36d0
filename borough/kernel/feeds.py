"""Files from other systems: a layout in YAML, each row checked, bad ones set aside.

A file is hostile until read: its size, its encoding, its rows and every cell are bounded here, and
nothing of it is ever run, opened or shown unescaped.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from borough.kernel import commanding

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 500_000
MOST_CELL = 500
MOST_PENCE = 10**11
MOST_WHOLE = 10**12  # a property's reference has up to twelve figures
# Plain figures only: 1e9 and 1_000 mean nothing to a bank, and 1e999999 would take half a minute.
_WHOLE = re.compile(r"(?P<whole>-?[0-9]{1,15})")
_POUNDS = re.compile(_WHOLE.pattern + r"(\.(?P<part>[0-9]{1,2})0*)?")
_BLOCK_ROWS = 10_000


class UnreadableFile(commanding.Refusal):
    """The file as a whole cannot be read; the sentence says what to send instead."""


class Column(BaseModel):
    """How one field is found in the file and what may stand in it."""

    model_config = ConfigDict(extra="forbid")

    heading: str
    kind: Literal["text", "pounds", "pence", "day", "whole"]
    needed: bool = True
    day_format: str = "%Y-%m-%d"
    negative: bool = False


class Layout(BaseModel):
    """The columns of one kind of file from one source."""

    model_config = ConfigDict(extra="forbid")

    name: str
    title: str
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    columns: dict[str, Column]


@dataclass(frozen=True, slots=True)
class Row:
    """A good row: its line in the file (the heading is line 1), its fields, what stood there."""

    line: int
    values: dict[str, Any]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row set aside: why, and what stood there."""

    line: int
    reason: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read: its hash, the good rows and those set aside."""

    sha256: str
    rows: list[Row]
    bad: list[Bad]


@dataclass(frozen=True, slots=True)
class Columns:
    """A file that was read, as columns (n,): the same as :class:`Read`, for many thousand rows.

    Attributes:
        sha256: of the file.
        line: int64, of each row; the heading is line 1.
        cells: what stood there: text, "" where nothing did, by heading.
        values: what it means by field: text, date32 or int64, null where there is nothing.
        fault: object, of str: why the row cannot be taken, "" where it can.
    """

    sha256: str
    line: NDArray[np.int64]
    cells: pa.Table
    values: pa.Table
    fault: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.line)

    def only(self, rows: NDArray[np.bool_]) -> "Columns":
        """Return these rows of it, bool (n,)."""
        chosen = pa.array(rows)
        cells, values = self.cells.filter(chosen), self.values.filter(chosen)
        return Columns(self.sha256, self.line[rows], cells, values, self.fault[rows])


def layouts(folder: Path) -> dict[str, Layout]:
    """Return the layouts of a folder by name."""
    found = [
        Layout.model_validate(yaml.safe_load(file.read_text())) for file in folder.glob("*.yaml")
    ]
    return {layout.name: layout for layout in sorted(found, key=lambda one: one.name)}


def read(content: bytes, layout: Layout) -> Read:
    """Return the rows of a file.

    Raises:
        UnreadableFile: too large, of another encoding, without the headings, or without a row.
    """
    rows, bad = [], []
    headings, lines = _lines(_text(content, layout), layout)
    for line, written in lines:
        cells = dict(zip(headings, written, strict=True))
        reason = ""
        values: dict[str, Any] = {}
        for name, column in layout.columns.items():
            value, fault = value_of(cells.get(column.heading, ""), column)
            values[name] = value
            reason = reason or fault
        if reason:
            bad.append(Bad(line, reason, cells))
        else:
            rows.append(Row(line, values, cells))
    if not rows and not bad:
        raise UnreadableFile("The file holds headings but no rows.")
    return Read(hashlib.sha256(content).hexdigest(), rows, bad)


def columns(content: bytes, layout: Layout) -> Columns:
    """Return the rows of a file as columns. What stands in many cells is made sense of once.

    Raises:
        UnreadableFile: too large, of another encoding, without the headings, or without a row.
    """
    headings, lines = _lines(_text(content, layout), layout)
    schema = pa.schema([(heading, pa.string()) for heading in headings])
    numbers: list[int] = []
    blocks: list[pa.RecordBatch] = []
    while block := list(islice(lines, _BLOCK_ROWS)):
        numbers += [line for line, _ in block]
        written = zip(*(cells for _, cells in block), strict=True)
        blocks.append(pa.record_batch([pa.array(one, pa.string()) for one in written], schema))
    if not numbers:
        raise UnreadableFile("The file holds headings but no rows.")
    cells = pa.Table.from_batches(blocks, schema)
    fault = np.full(len(numbers), "", object)
    values = {name: _meant(cells, one, fault) for name, one in layout.columns.items()}
    digest = hashlib.sha256(content).hexdigest()
    return Columns(digest, np.array(numbers, np.int64), cells, pa.table(values), fault)


def _meant(cells: pa.Table, column: Column, fault: NDArray[np.object_]) -> pa.Array:
    """Return what a column means, (n,), and say in ``fault`` where it means nothing."""
    kind = _TYPES.get(column.kind, pa.int64())
    if column.heading not in cells.column_names:  # it was not needed
        return pa.nulls(len(fault), kind)
    encoded = cells.column(column.heading).combine_chunks().dictionary_encode()
    meant = [value_of(cell, column) for cell in encoded.dictionary.to_pylist()]
    why = np.array([reason for _, reason in meant], object)
    if any(why):
        here = why[encoded.indices.to_numpy()]
        first = (here != "") & (fault == "")
        fault[first] = here[first]
    return pa.array([value for value, _ in meant], kind).take(encoded.indices)


_TYPES = {"text": pa.string(), "day": pa.date32()}


_OTHER_DELIMITERS = (";", "\t", "|", ",")
_SAVED_AS = {"utf-8": "CSV UTF-8", "cp1252": "CSV"}


def _text(content: bytes, layout: Layout) -> str:
    if len(content) > MOST_BYTES:
        raise UnreadableFile(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MiB. Send it in parts."
        )
    try:
        text = content.decode("utf-8-sig" if layout.encoding == "utf-8" else layout.encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"The file is not {layout.encoding} text. In a spreadsheet, save it as "
            f"“{_SAVED_AS[layout.encoding]}”."
        ) from error
    if "\0" in text:
        raise UnreadableFile("The file is not text. Send the CSV file itself.")
    return text


def _lines(text: str, layout: Layout) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the headings, and each row's line and cells, as many as there are headings."""
    # Strict: a quotation mark that is never closed would else swallow all the rows after it.
    lines = io.StringIO(text, newline=None)  # however the lines end
    reader = csv.reader(lines, delimiter=layout.delimiter, strict=True)
    try:
        headings = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise _not_csv(reader.line_num, error) from error
    _refuse_headings(headings, layout)
    return headings, _rows(reader, len(headings))


def _rows(reader: Any, wide: int) -> Iterator[tuple[int, list[str]]]:
    try:
        for count, cells in enumerate(reader):
            if count >= MOST_ROWS:
                raise UnreadableFile(
                    f"The file has more than {MOST_ROWS:,} rows. Send it in parts."
                )
            written = [cell.strip()[:MOST_CELL] for cell in cells]
            if any(written):
                # A short row leaves its last cells empty.
                yield reader.line_num, (written + [""] * wide)[:wide]
    except csv.Error as error:
        raise _not_csv(reader.line_num, error) from error


def _not_csv(line: int, error: csv.Error) -> UnreadableFile:
    return UnreadableFile(
        f"Line {line} is not CSV: {error}. Look whether a quotation mark stands there, or before "
        "it, that is not closed."
    )


def _refuse_headings(headings: Sequence[str], layout: Layout) -> None:
    wanted = [column.heading for column in layout.columns.values() if column.needed]
    missing = [heading for heading in wanted if heading not in headings]
    if len(headings) == 1 and any(one in headings[0] for one in _OTHER_DELIMITERS):
        raise UnreadableFile(
            f"The columns are not separated by “{layout.delimiter}”. Save the file as CSV with "
            "that between its columns."
        )
    if missing:
        raise UnreadableFile(
            f"The file has no column {', '.join(missing)}. “{layout.title}” needs the headings "
            f"{', '.join(wanted)} on its first line."
        )
    if len(set(headings)) != len(headings):
        raise UnreadableFile("Two columns have the same heading. Give each its own.")


def value_of(cell: str, column: Column) -> tuple[Any, str]:
    """Return what a cell means, and why it means nothing ("" when it does)."""
    if not cell:
        return None, f"{column.heading} is empty" if column.needed else ""
    if column.kind == "text":
        return cell, ""
    if column.kind == "day":
        return _day(cell, column.heading, column.day_format)
    return _number(cell, column)


@lru_cache(maxsize=50_000)  # a file names the same days over and over, and reading one is slow
def _day(cell: str, heading: str, day_format: str) -> tuple[date | None, str]:
    try:
        return datetime.strptime(cell, day_format).date(), ""  # noqa: DTZ007  a day only
    except ValueError:
        example = date(2025, 4, 1).strftime(day_format)
        return None, f"{heading} is not a real date: write it like {example}"


def _number(cell: str, column: Column) -> tuple[int | None, str]:
    shape = _POUNDS if column.kind == "pounds" else _WHOLE
    found = shape.fullmatch(re.sub("[£,]", "", cell).strip())
    if found is None:
        return None, f"{column.heading} is not an amount"
    part = found.groupdict().get("part") or ""
    whole = int(found["whole"] + (part.ljust(2, "0") if column.kind == "pounds" else ""))
    if abs(whole) > (MOST_WHOLE if column.kind == "whole" else MOST_PENCE):
        return None, f"{column.heading} is too large"
    if whole < 0 and not column.negative:
        return None, f"{column.heading} is negative"
    return whole, ""
