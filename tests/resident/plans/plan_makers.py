"""Statements, debts and plans of a test. Everybody in them is invented."""

from datetime import date

from borough.resident.plans.commands import statements
from borough.rules.support import surplus
from tests import makers

ON = date(2025, 6, 2)


def figures(spare_pence: int | None, *, on: date = ON) -> list[surplus.Figure]:
    """Return the short form of a household with so much left in a month; None: rent unknown."""
    income = 150_000 + max(spare_pence or 0, 0)
    rent = None if spare_pence is None else 150_000 - min(spare_pence, 0)
    given = {"earnings": income, "rent": rent}
    return [
        surplus.Figure(slug, given.get(slug, 0), "monthly", "told", on)
        for slug, one in surplus.headings(on).items()
        if one.short
    ]


def a_statement(person, spare_pence: int | None = 6_000, *, on: date = ON):
    return statements.record_statement(
        person=person,
        form=surplus.Form.SHORT,
        figures=figures(spare_pence, on=on),
        by=makers.everything(),
        on=on,
    )
