"""Which year a page is asked for: ``?year=2008-09``; without it, the year that today is in."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from borough.kernel.visits import Visit
from borough.rules import years

YEAR = "year"
MOST_YEARS = 40


def year(visit: Visit) -> years.Year:
    """Return the year that the address asks for.

    Raises:
        Http404: it names none, or one to come or too long ago to be recorded here.
    """
    today = years.Year.holding(visit.today)
    asked = visit.GET.get(YEAR)
    if asked is None:
        return today
    try:
        found = years.Year.named(asked)
    except ValueError:
        raise Http404 from None
    if found.name != asked or not 0 <= today.first - found.first <= MOST_YEARS:
        raise Http404
    return found


def link(name: str, of: years.Year, *places: object) -> str:
    """Return the address of a page for a year."""
    return f"{reverse(name, args=places)}?{urlencode({YEAR: of.name})}"


def others(name: str, shown: years.Year, first: date | None, today: date) -> list[tuple[str, str]]:
    """Return the years from a first day to today beside the one shown, each with its address."""
    newest = years.Year.holding(today).first
    oldest = years.Year.holding(first).first if first else newest
    every = map(years.Year, range(newest, max(oldest, newest - MOST_YEARS) - 1, -1))
    return [(one.name, link(name, one)) for one in every if one != shown]
