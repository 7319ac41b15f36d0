"""The pattern library: every part of a page, blank and in error, for officers and for tests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from borough.kernel.pages import links, paging, patterns, tables


def pattern_library(request: HttpRequest) -> HttpResponse:
    """Show every part; ``?show=mistakes`` shows the form after a mistaken answer."""
    mistaken = request.GET.get("show") == "mistakes"
    sort = tables.sort_from(request.GET, patterns.COLUMNS, default="reference")
    rows = sorted(patterns.ROWS, key=lambda row: str(row[sort.column.key]), reverse=sort.descending)
    table = tables.Table(
        caption="Accounts",
        columns=patterns.COLUMNS,
        rows=rows,
        sort=sort,
        total={"reference": "All", "balance_pence": sum(r["balance_pence"] for r in rows)},
    )
    form = patterns.EveryField(patterns.MISTAKEN if mistaken else None)
    context = {
        "form": form,
        "table": table,
        "empty_table": tables.Table("An empty list", patterns.COLUMNS[:3], []),
        "page": paging.numbered(range(1, 2001), request.GET, size=50),
        "stretch": paging.Stretch(rows=(), older=41, newer=90),
        "filter": patterns.Accounts(request.GET),
        "trail": patterns.TRAIL,
        "identity": patterns.IDENTITY,
        "sections": patterns.SECTIONS,
        "summary": patterns.SUMMARY,
        "side": patterns.SIDE,
        "tasks": patterns.TASKS,
        "events": patterns.EVENTS,
        "charts": patterns.CHARTS,
        "working": patterns.WORKING,
        "mistaken": mistaken,
        "refresh_seconds": links.refresh_seconds(request.GET),
    }
    return render(request, "borough/pattern_library.html", context)
