"""What is published, as plain data: one paper, shown as a page and printed as a PDF alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from rich.console import Console
from rich.table import Table as RichTable

from borough.kernel.documents import templates, typesetting
from borough.kernel.pages import cells, charts, tables, wording
from borough.resident.plans.letters import letter

TEMPLATE = "/resident/effect/paper.typ"


@dataclass(frozen=True)
class Part:
    """A part of a paper under its heading.

    Attributes:
        says: paragraphs.
        points: a list.
        blanks: what the council itself must say; shown as such, and never filled in here.
    """

    heading: str
    says: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    sheets: tuple[tables.Table, ...] = ()
    chart: charts.Chart | None = None
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper: its title, what matters most in it in a sentence or two, its parts.

    Attributes:
        foot: how it was made: the day, the run, the hash.
    """

    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    on: date
    foot: str = ""


def pdf(paper: Paper) -> bytes:
    """Return a paper as a tagged PDF, the same bytes for the same paper.

    Raises:
        typesetting.CannotBeSet: with what Typst says.
    """
    order = typesetting.Order(0, templates.ROOT, TEMPLATE, said(paper), paper.on)
    return typesetting.typeset(order)


def said(paper: Paper) -> dict[str, Any]:
    """Return all that the PDF says, as JSON."""
    return {
        "title": paper.title,
        "council": {**letter.letterhead(), "name": settings.COUNCIL_NAME},
        "invented": settings.TOWN_IS_INVENTED,
        "issued_on": paper.on.isoformat(),
        "lead": list(paper.lead),
        "foot": paper.foot,
        "parts": [
            {
                "heading": part.heading,
                "says": [*part.says, *([part.chart.finding] if part.chart else [])],
                "points": list(part.points),
                "blanks": list(part.blanks),
                "tables": [_table(one) for one in _tables(part)],
            }
            for part in paper.parts
        ],
    }


def _tables(part: Part) -> tuple[tables.Table, ...]:
    """Return the tables of a part; a chart without any is its own, which everybody can read."""
    return part.sheets or ((part.chart.table,) if part.chart else ())


def _table(table: tables.Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [column.title for column in table.columns],
        "numeric": [column.numeric for column in table.columns],
        "rows": [[_plain(column, row) for column in table.columns] for row in table.rows],
        "empty": table.empty,
    }


def _plain(column: tables.Column, row: Mapping[str, Any]) -> str:
    value = row.get(column.key, "")
    return _text(value if value is None else column.shows(value))


def _text(value: Any) -> str:
    """Return a cell of a table as text, as the page writes it."""
    if isinstance(value, cells.Lines):
        return "; ".join(_text(one) for one in value.values)
    return next((words(value) for kind, words in WRITTEN.items() if isinstance(value, kind)), "")


WRITTEN: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: wording.NOT_KNOWN,
    str: str,
    int: wording.number,
    date: wording.short_day,
    cells.Pence: lambda value: wording.money(value.pence),
    cells.Link: lambda value: str(value.text),
    cells.Tag: lambda value: str(value.text),
}


def write(paper: Paper, console: Console) -> None:
    """Write a paper on the console: its sentences and tables, without its charts."""
    console.print(f"\n[bold]{paper.title}[/bold]")
    for words in paper.lead:
        console.print(words, markup=False)
    for part in said(paper)["parts"]:
        console.print(f"\n[bold]{part['heading']}[/bold]")
        for words in (*part["says"], *(f"- {one}" for one in part["points"])):
            console.print(words, markup=False)
        for table in part["tables"]:
            drawn = RichTable(title=table["caption"], title_justify="left")
            for column in table["columns"]:
                drawn.add_column(column)
            for row in table["rows"]:
                drawn.add_row(*row)
            console.print(drawn)
    console.print(paper.foot, markup=False)
