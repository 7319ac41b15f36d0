"""Files from other systems: a layout in YAML, rows checked one by one, bad ones set aside.

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
from pathlib import Path
from typing import Any, Literal

import yaml
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
    for line, cells in _lines(_text(content, layout), layout):
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


def _text(content: bytes, layout: Layout) -> str:
    if len(content) > MOST_BYTES:
        raise UnreadableFile(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MiB. Send it in parts."
        )
    try:
        text = content.decode("utf-8-sig" if layout.encoding == "utf-8" else layout.encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"The file is not {layout.encoding} text. Save it as CSV in that encoding."
        ) from error
    if "\0" in text:
        raise UnreadableFile("The file is not text. Send the CSV file itself.")
    return text


def _lines(text: str, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=layout.delimiter)
    try:
        headings = [cell.strip() for cell in next(reader, [])]
        _refuse_headings(headings, layout)
        for count, cells in enumerate(reader):
            if count >= MOST_ROWS:
                raise UnreadableFile(
                    f"The file has more than {MOST_ROWS:,} rows. Send it in parts."
                )
            if any(cell.strip() for cell in cells):
                # A short row leaves its last cells empty; what is too many is kept to be seen.
                padded = [cell.strip()[:MOST_CELL] for cell in cells]
                padded += [""] * (len(headings) - len(padded))
                yield reader.line_num, dict(zip(headings, padded, strict=False))
    except csv.Error as error:
        raise UnreadableFile(f"Line {reader.line_num} is not CSV: {error}.") from error


def _refuse_headings(headings: Sequence[str], layout: Layout) -> None:
    wanted = [column.heading for column in layout.columns.values() if column.needed]
    missing = [heading for heading in wanted if heading not in headings]
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
