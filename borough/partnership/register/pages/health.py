"""How the contract is looked after: eleven areas, what the records say, and where they stand."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.pages import cells, tables
from borough.kernel.visits import Visit, page
from borough.partnership.register import capabilities
from borough.partnership.register.health import areas
from borough.partnership.register.health.evidence import Evidence

AREAS = (
    tables.text("area", "Area"),
    tables.text("says", "What the records say, and where"),
    tables.text("lacks", "What Borough holds nothing of"),
)
NOTHING = "Borough holds nothing of this."


@page(capabilities.SEE_HEALTH)
def health(visit: Visit) -> HttpResponse:
    """Show every area of the framework with its evidence, as the records stand today."""
    found = areas.findings(visit.today)
    blocks = list(dict.fromkeys(one.area.block for one in found))
    context = {
        "tables": [
            _table(block, [one for one in found if one.area.block == block]) for block in blocks
        ],
        "attend": [one.area.title for one in found if one.attend],
        "silent": [one.area.title for one in found if not one.evidence],
        "not_read": areas.NOT_READ,
        "on": visit.today,
    }
    return render(visit, "register/health.html", context)


def _table(block: str, found: list[areas.Finding]) -> tables.Table:
    rows = [
        {
            "area": f"{one.area.number}. {one.area.title}",
            "says": _told(one),
            "lacks": one.area.lacks,
        }
        for one in found
    ]
    return tables.Table(block, AREAS, rows)


def _told(one: areas.Finding) -> cells.Lines | str:
    parts = tuple(part for each in one.evidence for part in _said(each))
    return cells.Lines(parts) if parts else NOTHING


def _said(one: Evidence) -> Iterator[object]:
    if one.route:
        yield cells.Link(one.says, reverse(f"partnership:{one.route}", args=one.of))
    else:
        yield f"{one.says} {one.elsewhere}."
    if one.attend:
        yield cells.Tag("Look at this", "yellow")
