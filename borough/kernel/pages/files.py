"""Tables given out as files: rows as CSV, money in pounds, nothing that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from borough.kernel.pages import cells, tables
from borough.rules import money

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return rows as a CSV file to be saved.

    Args:
        name: of the file, without its ending.
        head: the names of the columns.
        rows: texts and numbers; None is left empty. Text that a spreadsheet would take for a
            formula is quoted, because names and addresses are what people enter.
    """
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return answer


def of_table(name: str, table: tables.Table) -> HttpResponse:
    """Return a table of a page as a CSV file, without its total: money is in pounds."""
    rows = ([column.shows(row.get(column.key)) for column in table.columns] for row in table.rows)
    return as_csv(name, [column.title for column in table.columns], rows)


def _written(cell: object) -> object:
    if isinstance(cell, cells.Pence):
        return "" if cell.pence is None else money.in_pounds(cell.pence)
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
