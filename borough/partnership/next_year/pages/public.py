"""What both partners will do better or differently, for anybody to read."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import clock
from borough.kernel.visits import public as open_to_anybody
from borough.partnership.next_year import models, note

_OPEN = "what both partners have signed to do for the borough is for everybody to read"


@open_to_anybody(_OPEN)
def notes(request: HttpRequest) -> HttpResponseBase:
    """List the years whose answers both have signed."""
    chosen = models.Review.objects.filter(answers__number=1).order_by("-year")
    return render(request, "next_year/notes.html", {"years": [one.year for one in chosen]})


@open_to_anybody(_OPEN)
def shown(request: HttpRequest, year: str) -> HttpResponseBase:
    """Show the note of a year."""
    told = _told(year)
    pdf = reverse("partnership:public_next_year_pdf", args=[year])
    return render(request, "next_year/note.html", {"note": told, "pdf": pdf})


@open_to_anybody(_OPEN)
def pdf(request: HttpRequest, year: str) -> HttpResponseBase:
    """Hand out the note of a year as a PDF."""
    response = HttpResponse(note.pdf(_told(year)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="next-year-{year}.pdf"'
    return response


def _told(year: str) -> dict[str, object]:
    review = get_object_or_404(models.Review, year=year)
    told = note.said(review, clock.today())
    if told is None:
        raise Http404
    return told
