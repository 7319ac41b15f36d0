"""What files to and from enforcement agents look like: one YAML for each way that a firm has."""

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from borough.kernel import feeds

FOLDER = Path(__file__).parent / "layouts" / "agents"

Value = Literal[
    "reference",
    "account",
    "year",
    "name",
    "address",
    "postcode",
    "home",
    "ordered_on",
    "called_back_on",
    "tax",
    "costs",
    "total",
    "why",
]


class Column(BaseModel):
    """A column of a file for an agent: its heading, and what stands in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str
    value: Value


class Code(BaseModel):
    """What an agent's code means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["acknowledged", "payment", "fee", "returned"]
    code: str = ""


class AgentLayout(BaseModel):
    """The files of one way of working."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    day_format: str
    placement: tuple[Column, ...]
    recall: tuple[Column, ...]
    returns: feeds.Layout
    codes: Mapping[str, Code]


@cache
def layouts() -> Mapping[str, AgentLayout]:
    """Return the layouts by name."""
    found = [
        AgentLayout.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
        for file in sorted(FOLDER.glob("*.yaml"))
    ]
    return {layout.name: layout for layout in found}


def written(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows as a CSV file; the same rows are the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    writer.writerows([_safe(row[column.value]) for column in columns] for row in rows)
    return text.getvalue().encode()


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
