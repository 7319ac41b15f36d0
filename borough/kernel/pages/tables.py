"""Tables: columns in plain words, rows of plain data, an order that only the columns allow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from borough.kernel.pages import cells, links

SORT = "sort"
"""The name of the order in an address: ``?sort=-due_on``."""


@dataclass(frozen=True)
class Column:
    """A column; ``sort`` is what the database sorts by when an officer asks, or nothing."""

    key: str
    title: str
    shows: Callable[[Any], Any] = lambda value: value
    numeric: bool = False
    sort: str = ""
    link: str = ""
    """The key of a row that holds the address this column leads to."""


def text(key: str, title: str, *, sort: str = "", link: str = "") -> Column:
    """Return a column of words, of links, tags or lines."""
    return Column(key, title, sort=sort, link=link)


def day(key: str, title: str, *, sort: str = "") -> Column:
    """Return a column of days."""
    return Column(key, title, sort=sort)


def number(key: str, title: str, *, sort: str = "") -> Column:
    """Return a column of whole numbers, set to the right."""
    return Column(key, title, numeric=True, sort=sort)


def money(key: str, title: str, *, sort: str = "", link: str = "") -> Column:
    """Return a column of whole pence, set to the right as pounds."""
    return Column(key, title, shows=cells.Pence, numeric=True, sort=sort, link=link)


@dataclass(frozen=True)
class Sort:
    """The order of a table: a column's key, and which way."""

    column: Column
    descending: bool = False

    @property
    def order_by(self) -> str:
        """What ``QuerySet.order_by`` takes."""
        return f"{'-' if self.descending else ''}{self.column.sort}"


def sort_from(params: Mapping[str, str], columns: Iterable[Column], default: str) -> Sort:
    """Read the order from an address; anything the columns do not allow becomes ``default``.

    Raises:
        LookupError: when ``default`` is itself not allowed.
    """
    allowed = {column.key: column for column in columns if column.sort}
    for wanted in (params.get(SORT, ""), default):
        column = allowed.get(wanted.removeprefix("-"))
        if column:
            return Sort(column, descending=wanted.startswith("-"))
    raise LookupError(f"No column of this table can be sorted by {default}.")


@dataclass(frozen=True)
class Table:
    """A table: rows are mappings from the columns' keys; ``total`` is one more row, in bold.

    A key that a row lacks leaves its cell empty; a value of ``None`` is shown as missing.
    """

    caption: str
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, Any]]
    sort: Sort | None = None
    total: Mapping[str, Any] | None = None
    empty: str = "There is nothing to show here."
    caption_hidden: bool = False


@dataclass(frozen=True)
class Heading:
    """The head of a column as the page draws it."""

    title: str
    numeric: bool
    href: str
    direction: str
    """What ``aria-sort`` says; nothing when the column cannot be sorted."""


def headings(table: Table, params: Mapping[str, str]) -> list[Heading]:
    """Return the heads of the columns, with a link to the other order where there is one."""
    return [_heading(column, table.sort, params) for column in table.columns]


def _heading(column: Column, sort: Sort | None, params: Mapping[str, str]) -> Heading:
    if sort is None or not column.sort:
        return Heading(column.title, column.numeric, "", "")
    current = sort.column.key == column.key
    direction = ("descending" if sort.descending else "ascending") if current else "none"
    turned = f"-{column.key}" if current and not sort.descending else column.key
    href = links.same_page(params, **{SORT: turned, "page": None})
    return Heading(column.title, column.numeric, href, direction)


def body(columns: Sequence[Column], row: Mapping[str, Any]) -> list[tuple[SafeString, bool]]:
    """Return each cell of a row as HTML, and whether it is set to the right."""
    return [(_cell(column, row), column.numeric) for column in columns]


def _cell(column: Column, row: Mapping[str, Any]) -> SafeString:
    if column.key not in row:
        return SafeString()
    value = row[column.key]
    if value is None:
        return cells.MISSING
    shown = cells.written(column.shows(value))
    href = row.get(column.link) if column.link else None
    return cells.written(cells.Link(shown, href)) if href else shown
