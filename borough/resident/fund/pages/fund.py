"""The fund as a whole: what waits, what it may spend, what came of it in a quarter; no names."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from borough.kernel import clock
from borough.kernel.pages import cells, tables, wording
from borough.kernel.visits import Visit, page
from borough.resident.fund import capabilities, figures, models
from borough.resident.fund.pages import showing
from borough.resident.fund.queries import applications, budgets, counts
from borough.rules import years

BUDGET = (
    tables.text("strand", "Strand"),
    tables.money("budget", "Budget"),
    tables.money("given", "Given"),
    tables.money("left", "Left"),
)
COUNTS = (
    tables.text("strand", "Strand"),
    tables.text("outcome", "Outcome"),
    tables.text("count", "Applications"),
    tables.text("pence", "Given"),
    tables.text("hours", "Hours to decide, the middle one"),
)
QUARTERS = (1, 2, 3, 4)
NEWEST = 20


@page(capabilities.SEE_FUND)
def fund(visit: Visit) -> HttpResponse:
    """Show what waits for a decision, what is due first at the top, and what is left to spend."""
    spent = budgets.of_year(visit.today)
    context = {
        "scheme": figures.scheme(visit.today),
        "waiting": showing.table("Wait for a decision", applications.waiting(), now=clock.moment()),
        "back": showing.table("Sent back by the bank", applications.came_back()),
        "decided": showing.table("Decided last", applications.recently_decided(NEWEST)),
        "budget": _budget(spent, visit),
        "is_invented": any(one.budget and one.budget.invented for one in spent),
        "hours": figures.in_force(visit.today)["fund_crisis_hours"],
        "unverified": sorted(figures.in_force(visit.today).unverified),
    }
    return render(visit, "fund/fund.html", context)


@page(capabilities.SEE_FUND)
def quarter(visit: Visit) -> HttpResponse:
    """Show the counts of a quarter: by strand and outcome; small numbers are left out."""
    now = counts.Quarter.holding(visit.today)
    number = visit.GET.get("quarter", "")
    year = _year(visit.GET.get("year", ""), now.year)
    chosen = counts.Quarter(year, int(number) if number in {"1", "2", "3", "4"} else now.number)
    small = figures.in_force(visit.today)["fund_small_number"]
    rows = [_count(one, small) for one in counts.of_quarter(chosen, on=visit.today)]
    context = {
        "title": f"{wording.day(chosen.starts)} to {wording.day(_last(chosen))}",
        "table": tables.Table("Applications received in the quarter", COUNTS, rows),
        "small": small,
        "ways": [
            cells.Link(f"{each.name}, quarter {one}", f"?year={each.name}&quarter={one}")
            for each in (now.year.preceding, now.year)
            for one in QUARTERS
            if counts.Quarter(each, one).starts <= visit.today
        ],
    }
    return render(visit, "fund/quarter.html", context)


def _budget(spent: list[budgets.Spending], visit: Visit) -> tables.Table:
    rows = [
        {
            "strand": one.strand.label,
            "budget": one.budget.pence if one.budget else None,
            "given": one.given_pence if one.strand in models.ASKED_FOR else None,
            "left": one.left_pence if one.strand in models.ASKED_FOR else None,
        }
        for one in spent
    ]
    year = years.Year.holding(visit.today).name
    return tables.Table(f"What the fund may spend in {year}", BUDGET, rows, empty="No budget.")


def _count(one: counts.Count, small: int) -> dict[str, Any]:
    row: dict[str, Any] = {"strand": one.strand.label, "outcome": one.outcome}
    if one.applications is None:
        return row | {"count": f"Fewer than {small}", "pence": "Not shown", "hours": "Not shown"}
    return row | {
        "count": wording.number(one.applications),
        "pence": wording.money(one.pence),
        "hours": None if one.hours is None else wording.number(one.hours),
    }


def _year(name: str, otherwise: years.Year) -> years.Year:
    try:
        return years.Year.named(name)
    except ValueError:
        return otherwise


def _last(chosen: counts.Quarter) -> Any:
    return chosen.ends.fromordinal(chosen.ends.toordinal() - 1)
