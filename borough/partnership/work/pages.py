"""How much work there was, by kind and month; its rows; loading a file of it."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.pages import charts, paging, tables
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.files import showing
from borough.partnership.measures import asking
from borough.partnership.measures import capabilities as measure_capabilities
from borough.partnership.work import capabilities, commands, measures, models, queries
from borough.rules import years

SIZE = 50
KINDS = (
    tables.text("kind", "Work", link="href"),
    tables.number("now", "This year"),
    tables.number("before", "The year before"),
)
ITEMS = (
    tables.day("on", "Day"),
    tables.text("reference", "Number in the other system"),
    tables.text("file", "File"),
)
LOADS = {
    "work": showing.Loading(
        "Load work that another system has done",
        "A CSV file: Kind, Reference, Day; a row for each piece of work. Kind is one of "
        f"{', '.join(models.Kind.values)}; Day is written like 2025-03-31. Reference is the number "
        "that the other system gave it, never a name. What was taken before is not taken again.",
        commands.load_work,
    )
}


@page(measure_capabilities.SEE_MEASURES)
def work(visit: Visit) -> HttpResponse:
    """Show how much work there was in a year, by kind, and the files it came in."""
    year = asking.year(visit)
    rows = [_kind(one, year, visit.today) for one in models.Kind]
    return render(
        visit,
        "work/work.html",
        {
            "year": year.name,
            "others": asking.others("partnership:work", year, queries.first_day(), visit.today),
            "kinds": tables.Table(f"Work of {year.name}", KINDS, rows),
            "files": showing.table(
                "Files taken in", (commands.WORK,), empty="No file was taken in."
            ),
            "may": visit.actor.capabilities,
            "back": reverse("partnership:measures"),
        },
    )


@page(measure_capabilities.SEE_MEASURES)
def items(visit: Visit, kind: str) -> HttpResponse:
    """Show the work of a kind in a year: month by month, and row by row."""
    if kind not in models.Kind.values:
        raise Http404
    found, year = models.Kind(kind), asking.year(visit)
    rows = queries.items(found, year, visit.today).select_related("file").order_by("on", "pk")
    shown = paging.numbered(rows, visit.GET, size=SIZE)
    table = tables.Table(
        f"{found.label}, {year.name}",
        ITEMS,
        [{"on": one.on, "reference": one.reference, "file": one.file.title} for one in shown],
        empty=f"No system told of any in {year.name}.",
    )
    context = {
        "title": found.label,
        "year": year.name,
        "chart": _chart(found, year, visit.today),
        "items": table,
        "page": shown,
        "measure": asking.link("partnership:measure", year, measures.slug(found)),
        "back": asking.link("partnership:work", year),
    }
    return render(visit, "work/items.html", context)


@page(capabilities.LOAD_WORK)
def load(visit: Visit, what: str) -> HttpResponse:
    """Load work."""
    return showing.load(visit, what, LOADS, reverse("partnership:work"))


def _kind(kind: models.Kind, year: years.Year, on: date) -> dict[str, object]:
    return {
        "kind": kind.label,
        "href": asking.link("partnership:work_items", year, kind.value),
        "now": queries.count(kind, year, on),
        "before": queries.count(kind, year.preceding, on),
    }


def _chart(kind: models.Kind, year: years.Year, on: date) -> charts.Chart | None:
    months = queries.by_month(kind, year, on)
    if not months:
        return None
    total = sum(months.values())
    most = max(months, key=lambda month: months[month])
    return charts.bars(
        f"{kind.label}, month by month",
        f"{words.number(total)} in {year.name}; the most, {words.number(months[most])}, in "
        f"{most:%B %Y}.",
        [(f"{month:%b %Y}", count) for month, count in months.items()],
        of="Month",
    )
