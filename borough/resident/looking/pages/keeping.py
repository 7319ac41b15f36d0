"""What is past the time for which it is kept, for whoever decides what goes."""

from django.http import HttpResponse
from django.shortcuts import render

from borough.kernel.pages import tables
from borough.kernel.visits import Visit, page
from borough.resident.looking import capabilities, keeping

COLUMNS = (
    tables.text("what", "What"),
    tables.text("purpose", "Kept for"),
    tables.day("before", "Past its time if before"),
    tables.number("count", "How many"),
)


@page(capabilities.REVIEW_LOOKS)
def past(visit: Visit) -> HttpResponse:
    """List what is past its time; nothing is erased from here."""
    rows = [
        {"what": one.what, "purpose": one.purpose.title, "before": one.before, "count": one.count}
        for one in keeping.past(visit.today)
    ]
    table = tables.Table("What is kept, and what is past its time", COLUMNS, rows)
    return render(visit, "looking/keeping.html", {"table": table})
