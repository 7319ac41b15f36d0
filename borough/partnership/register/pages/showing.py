"""How a contract reads: as a row of a list, and all that is published of it."""

import itertools
from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from borough.kernel.pages import cells, components, tables
from borough.kernel.pages import wording as words
from borough.partnership.register import models, queries

LIST = (
    tables.text("title", "Contract", link="href"),
    tables.text("supplier", "Supplier"),
    tables.text("value", "Sum"),
    tables.text("ends", "Last day"),
    tables.text("department", "Department"),
)
AMENDMENTS = (
    tables.day("since", "Holds from"),
    tables.text("because", "What was agreed"),
    tables.text("changed", "What it changed"),
)
NAMES = {
    "title": "Title",
    "department": "Department",
    "description": "What is provided",
    "supplier": "Supplier",
    "supplier_details": "Supplier details",
    "value_pence": "Sum",
    "value_is": "Which sum",
    "vat_pence": "VAT that cannot be recovered",
    "starts": "First day",
    "ends": "Last day",
    "review_on": "Review date",
    "process": "Result of",
    "is_small": "Small or medium sized enterprise",
    "is_voluntary": "Voluntary or community sector",
    "registered_with": "Registered with",
    "registration": "Registration number",
}
_CHOICES = {
    "value_is": models.Particulars.Sum,
    "process": models.Particulars.Process,
    "registered_with": models.Particulars.Registered,
}


def table(
    caption: str, rows: Iterable[models.Particulars], on: date, *, public: bool, empty: str
) -> tables.Table:
    """Return contracts as a list; each leads to its page."""
    name = "partnership:contract_public" if public else "partnership:contract"
    shown = [
        {
            "title": one.title,
            "href": reverse(name, args=[one.contract_id]),
            "supplier": one.supplier,
            "value": one.value,
            "ends": cells.Lines((*_last_day(one), *_flags(one, on))),
            "department": one.department,
        }
        for one in rows
    ]
    return tables.Table(caption, LIST, shown, empty=empty)


def identity(row: models.Particulars, on: date) -> components.Identity:
    """Return the head of a contract's page."""
    return components.Identity(
        row.title,
        [
            components.Row("Reference number", row.contract.reference),
            components.Row("Supplier", row.supplier),
            components.Row("Sum", row.value),
            components.Row("Last day", row.ends or "None was agreed"),
        ],
        _flags(row, on),
    )


def all_of_it(row: models.Particulars) -> list[components.Row]:
    """Return all that is published of a contract, in the order of the Code."""
    return [components.Row(NAMES[name], _said(name, getattr(row, name))) for name in NAMES]


def amendments(history: list[models.Particulars]) -> tables.Table:
    """Return each amendment with what it changed, the newest first."""
    pairs = list(itertools.pairwise(history))
    rows = [
        {
            "since": after.since,
            "because": after.because,
            "changed": cells.Lines(
                tuple(
                    f"{NAMES[one.field]}: {_text(one.field, one.before)} became "
                    f"{_text(one.field, one.after)}"
                    for one in queries.changes(before, after)
                )
            ),
        }
        for before, after in reversed(pairs)
    ]
    return tables.Table("Amendments", AMENDMENTS, rows, empty="It was not amended.")


def _last_day(row: models.Particulars) -> tuple[object, ...]:
    return (row.ends or "None was agreed",)


def _flags(row: models.Particulars, on: date) -> tuple[cells.Tag, ...]:
    flags = []
    if queries.has_ended(row, on):
        flags.append(cells.Tag("Ended", "grey"))
    elif queries.ends_soon([row], on):
        flags.append(cells.Tag("Ends within 12 months", "yellow"))
    if row.review_on is not None and row.review_on < on and not queries.has_ended(row, on):
        flags.append(cells.Tag("Review date is past", "yellow"))
    if row.contract.is_partnership:
        flags.append(cells.Tag("Contract of the partnership", "blue"))
    return tuple(flags)


def _said(name: str, value: object) -> object:
    if name.endswith("_pence"):
        return cells.Pence(value if isinstance(value, int) else None)
    if name in _CHOICES:
        return _CHOICES[name](value).label if value else None
    return value or None if isinstance(value, str) else value


def _text(name: str, value: object) -> str:
    """Return a value within a sentence."""
    said = _said(name, value)
    match said:
        case None | cells.Pence(pence=None):
            return "nothing"
        case cells.Pence(pence=int(pence)):
            return words.money(pence)
        case bool():
            return "yes" if said else "no"
        case date():
            return words.day(said)
    return f"“{said}”"
