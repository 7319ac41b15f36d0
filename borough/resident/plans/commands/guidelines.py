"""Loading the council's own guidelines of what households spend. None is shipped."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.pages import parsing
from borough.resident.plans import capabilities, models
from borough.rules.support import surplus

COLUMNS = ("starts", "household", "heading", "pounds")
LONGEST = 60


class NotGuidelines(commanding.Refusal):
    """The file cannot be read; the sentence says which line, and what to put right."""


@dataclass(frozen=True, slots=True)
class Line:
    """The most that is not asked about, a month: from a day, for a household, under a heading."""

    starts: date
    household: str
    heading: str
    pence: int


def read(text: str) -> list[Line]:
    """Return the lines of a CSV file of starts, household, heading and pounds a month.

    Raises:
        NotGuidelines: with the line and what to put right.
    """
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise NotGuidelines(f"The first line must be: {','.join(COLUMNS)}")
    lines = [_line(number, row) for number, row in enumerate(rows, 2)]
    if not lines:
        raise NotGuidelines("The file has no line with an amount.")
    if len({(one.starts, one.household, one.heading) for one in lines}) < len(lines):
        raise NotGuidelines("A heading stands twice for a household and a day. Give it once.")
    return lines


@commanding.command(capabilities.LOAD_GUIDELINES)
def load_guidelines(*, lines: list[Line], by: commanding.Actor, on: date) -> int:
    """Load guidelines; what was loaded before for the same day gives way. Return how many."""
    models.Guideline.objects.bulk_create(
        models.Guideline(
            starts=one.starts,
            household=one.household,
            heading=one.heading,
            pence=one.pence,
            by=by.reference,
            on=on,
        )
        for one in lines
    )
    facts.record("resident.guidelines_loaded", by=by, on=on, lines=len(lines))
    return len(lines)


def _line(number: int, row: "dict[str, str | None]") -> Line:
    starts, household, heading, pounds = ((row.get(name) or "").strip() for name in COLUMNS)
    try:
        day = date.fromisoformat(starts)
    except ValueError as fault:
        raise NotGuidelines(f"Line {number}: write the day like 2025-04-01.") from fault
    if not household or len(household) > LONGEST:
        raise NotGuidelines(f"Line {number}: say for which household, in {LONGEST} characters.")
    if heading not in set(_headings(day)):
        raise NotGuidelines(
            f"Line {number}: “{heading[:LONGEST]}” is no heading of the statement, and no group."
        )
    try:
        pence = parsing.pence(pounds)
    except parsing.NotMoney as fault:
        raise NotGuidelines(f"Line {number}: write the amount like 1,234.50.") from fault
    if pence < 0:
        raise NotGuidelines(f"Line {number}: the amount is less than nothing.")
    return Line(day, household, heading, pence)


def _headings(day: date) -> Iterator[str]:
    for slug, one in surplus.headings(day).items():
        if one.part is not surplus.Part.INCOME:
            yield slug
            yield one.group
