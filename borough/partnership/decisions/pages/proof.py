"""The check of a chain as a page, and files to be taken away."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from borough.kernel.pages import components
from borough.kernel.visits import Visit
from borough.partnership.decisions import steps
from borough.partnership.sealed import chain


@dataclass(frozen=True, slots=True)
class Checked:
    """A chain that was worked out anew: ``faults`` is empty where not one byte was changed."""

    title: str
    of: str
    faults: list[str]
    back: str


def page_of(visit: Visit, checked: Checked) -> HttpResponse:
    """Show what a check found, the newest digest for the minutes, and each event."""
    events = [
        components.Event(one.words, one.on, detail=one.digest) for one in steps.history(checked.of)
    ]
    return render(
        visit,
        "decisions/check.html",
        {"checked": checked, "events": events, "head": steps.broken(chain.head(checked.of))},
    )


def download(content: bytes, media: str, name: str) -> HttpResponse:
    """Hand a file out for the browser to keep and never to run."""
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
