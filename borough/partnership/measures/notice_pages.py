"""The text of a contract performance notice, to be read and saved."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.visits import Visit, page
from borough.partnership.measures import capabilities, notice
from borough.rules import years


@page(capabilities.SEE_MEASURES)
def shown(visit: Visit, name: str) -> HttpResponse:
    """Show the notice of a year."""
    text = _text(visit, name)
    paragraphs = [part.splitlines() for part in text.split("\n\n")[1:]]
    context = {"paragraphs": paragraphs, "year": name, "back": reverse("partnership:measures")}
    return render(visit, "measures/notice.html", context)


@page(capabilities.SEE_MEASURES)
def saved(visit: Visit, name: str) -> HttpResponse:
    """Hand over the notice of a year as plain text."""
    answer = HttpResponse(_text(visit, name), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="performance-notice-{name}.txt"'
    return answer


def _text(visit: Visit, name: str) -> str:
    try:
        year = years.Year.named(name)
    except ValueError:
        raise Http404 from None
    if year.name != name or year.starts > visit.today:
        raise Http404
    return notice.text(settings.COUNCIL_NAME, year, visit.today)
