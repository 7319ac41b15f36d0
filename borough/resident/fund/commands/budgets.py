"""Loading what the fund may spend, from the council's own file."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.pages import parsing
from borough.resident.fund import capabilities, models

HEADINGS = ("year", "strand", "pounds")
_YEAR = re.compile(r"[0-9]{4}-[0-9]{2}")


class NotABudget(commanding.Refusal):
    """The file cannot be read as a budget; the sentence says which line, and what to put right."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a strand may spend in a financial year."""

    year: str
    strand: models.Strand
    pence: int


def read(text: str) -> list[Line]:
    """Return the lines of a file with the columns year, strand and pounds.

    Raises:
        NotABudget: with the line and what to put right.
    """
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != HEADINGS:
        raise NotABudget(f"The first line must be: {','.join(HEADINGS)}")
    lines = list(_lines(rows))
    if not lines:
        raise NotABudget("The file has no line with an amount.")
    if len({(one.year, one.strand) for one in lines}) < len(lines):
        raise NotABudget("A strand stands twice for a year. Add the two up, and give them once.")
    return lines


@commanding.command(capabilities.LOAD_FUND_BUDGET)
def load_budget(
    *, lines: list[Line], invented: bool = False, by: commanding.Actor, on: date
) -> int:
    """Load what strands may spend; from now on these hold. Return how many were loaded."""
    models.Budget.objects.bulk_create(
        models.Budget(
            year=one.year,
            strand=one.strand,
            pence=one.pence,
            invented=invented,
            by=by.reference,
            on=on,
        )
        for one in lines
    )
    facts.record("resident.fund_budget_loaded", by=by, on=on, pence=sum(one.pence for one in lines))
    return len(lines)


def _lines(rows: "csv.DictReader[str]") -> Iterator[Line]:
    for number, row in enumerate(rows, 2):
        year, strand, pounds = ((row.get(name) or "").strip() for name in HEADINGS)
        if not _YEAR.fullmatch(year) or (int(year[:4]) + 1) % 100 != int(year[5:]):
            raise NotABudget(f"Line {number}: write the year like 2026-27.")
        if strand not in models.Strand.values:
            raise NotABudget(f"Line {number}: the strand is one of {', '.join(models.Strand)}.")
        try:
            pence = parsing.pence(pounds)
        except parsing.NotMoney as fault:
            raise NotABudget(f"Line {number}: write the amount like 1,234.50.") from fault
        yield Line(year, models.Strand(strand), pence)
