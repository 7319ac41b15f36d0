"""What a new bill differs in from the one that it replaces: why, from which day, by how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from borough.kernel.documents.models import Document
from borough.kernel.ledger.models import Journal
from borough.lines.revenues import billing
from borough.lines.revenues.letters import bill, reading
from borough.rules import years

Marks = Sequence[tuple[date, date, str]]
"""What holds on which days [starts, ends), in words."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Why a year was billed again, what it came to before, and what the letter before had said."""

    because: str
    before_pence: int
    said: Marks | None


def of(known: Mapping[int, reading.Known], year: years.Year) -> dict[int, Changed]:
    """Return what changed for each account whose newest notice replaces another, by its id.

    Two queries for any number of them; none where no notice replaces another.
    """
    again = {number: one for number, one in known.items() if len(one.issued) > 1}
    if not again:
        return {}
    because, said = _because(again, year), _said(again, year)
    return {
        number: Changed(
            because=because.get(one.home.reference, ""),
            before_pence=one.charged[-2],
            said=said.get(one.home.reference),
        )
        for number, one in again.items()
    }


def sentence(changed: Changed) -> str:
    """Return the reason as a sentence, or nothing when none was given."""
    words = changed.because
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def first_day(before: Marks, now: Marks) -> date | None:
    """Return the first day on which something else holds than before; None when none does."""
    edges = sorted({day for starts, ends, _ in (*before, *now) for day in (starts, ends)})
    return next((day for day in edges if _on(before, day) != _on(now, day)), None)


def marks(lines: Sequence[bill.Line]) -> Marks:
    """Return what the lines of a bill say of which days."""
    return [(one.starts, one.ends, one.words) for one in lines]


def _on(held: Marks, day: date) -> set[str]:
    return {words for starts, ends, words in held if starts <= day < ends}


def _because(again: Mapping[int, reading.Known], year: years.Year) -> dict[str, str]:
    """Return the reason that the ledger was told, by the account's reference."""
    keys = {
        f"{year.name}/{one.home.reference}/{len(one.issued)}": one.home.reference
        for one in again.values()
    }
    found = Journal.objects.filter(source=billing.SOURCE, key__in=list(keys))
    return {
        keys[key]: narrative.partition(": ")[2]
        for key, narrative in found.values_list("key", "narrative")
    }


def _said(again: Mapping[int, reading.Known], year: years.Year) -> dict[str, Marks]:
    """Return what the letter of the notice before said, by the account's reference."""
    version = {f"revenues.account/{one.home.reference}": one for one in again.values()}
    found = Document.objects.filter(
        thing__in=list(version), kind=bill.KIND, data__year=f"{year.first} to {year.first + 1}"
    )
    said: dict[str, Marks] = {}
    for thing, data in found.order_by("pk").values_list("thing", "data"):
        one = version[thing]
        if data["version"] == len(one.issued) - 1:
            said[one.home.reference] = _lines(data)
    return said


def _lines(data: Mapping[str, Any]) -> Marks:
    return [
        (
            date.fromisoformat(one["starts"]),
            date.fromisoformat(one["last_day"]) + timedelta(days=1),
            one["words"],
        )
        for one in data["lines"]
    ]
