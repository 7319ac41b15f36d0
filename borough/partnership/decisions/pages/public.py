"""What everybody may read of what both partners decided: a list, each decision, and a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.pages import components, files, tables
from borough.kernel.visits import public as open_to_anybody
from borough.partnership.decisions import publishing

_OPEN = (
    "residents may read what was decided for them, why, and what was rejected, once both partners "
    "have signed it; of a closed case nothing is shown, and nobody who signed is named"
)
DECISIONS = (
    tables.text("title", "What was decided", link="href"),
    tables.day("on", "On"),
    tables.text("taken_by", "Taken by"),
)


@open_to_anybody(_OPEN)
def decisions(request: HttpRequest) -> HttpResponse:
    """List every decision that everybody may read."""
    rows = [
        {
            "title": one.title,
            "href": reverse("partnership:public_decision", args=[one.case]),
            "on": one.on,
            "taken_by": one.taken_by,
        }
        for one in publishing.published()
    ]
    empty = "Nothing that was decided is published yet."
    table = tables.Table("Decisions", DECISIONS, rows, empty=empty)
    return render(request, "decisions/public.html", {"decisions": table})


@open_to_anybody(_OPEN)
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Show a decision in the frame of cabinet minutes."""
    found = publishing.one(number)
    if found is None:  # the same answer for one that is closed as for none
        raise Http404
    rows = [
        components.Row("Date of the decision", found.on),
        components.Row("Taken by", found.taken_by),
        *(components.Row(part, words) for part, words in found.parts.items()),
        components.Row("Recorded under", found.law),
    ]
    return render(request, "decisions/public_decision.html", {"told": found, "rows": rows})


@open_to_anybody(_OPEN)
def file(request: HttpRequest) -> HttpResponse:
    """Hand out every decision that everybody may read as one file."""
    rows = [publishing.row(one) for one in publishing.published()]
    return files.as_csv("decisions", [*publishing.HEADS, *publishing.PARTS], rows)
