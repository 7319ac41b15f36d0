"""Figures for managers of either partner: a chart and its table each, and the same as CSV."""

import csv
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, charts, forms, wording
from borough.kernel.visits import Visit, page
from borough.resident.figures import capabilities, commands, models, queries
from borough.rules.support import small_numbers

FEW = f"Fewer than {small_numbers.LEAST}"
NEWEST = 24


@page(capabilities.SEE_FIGURES)
def newest(visit: Visit) -> HttpResponse:
    """Show the newest figures, and let those of last month be published."""
    return _shown(visit, queries.published())


@page(capabilities.SEE_FIGURES)
def of_day(visit: Visit, day: str) -> HttpResponse:
    """Show the figures of a day."""
    return _shown(visit, _published(day))


@page(capabilities.SEE_FIGURES)
def publish(visit: Visit) -> HttpResponse:
    """Publish the figures of the month that is over."""
    as_at = commands.newest_day(visit.today)
    deed = doing.Deed(
        title="Publish the figures of last month",
        says=f"They are as at {wording.day(as_at)}, without small numbers, and stand for good.",
        act=lambda: commands.publish(by=visit.actor, on=visit.today),
        done="Published",
        back=reverse("figures"),
        button="Publish them",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.SEE_FIGURES)
def file(visit: Visit, day: str) -> HttpResponse:
    """Hand over the figures of a day as CSV: what the page shows, and no more."""
    found = _published(day)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="figures-{found.as_at}.csv"'
    writer = csv.writer(answer)
    writer.writerow(["Table", "Row", "Count", "As at"])
    for one in queries.figures(found):
        for row, shown in one.rows.items():
            since = shown.since.isoformat() if shown.since else found.as_at.isoformat()
            writer.writerow([one.table.title, row, _count(shown.count), since])
        if one.total is not None:
            writer.writerow([one.table.title, "All", one.total, found.as_at.isoformat()])
    return answer


def _shown(visit: Visit, found: models.Published | None) -> HttpResponse:
    others = models.Published.objects.order_by("-as_at")[:NEWEST]
    due = found is None or commands.newest_day(visit.today) > others[0].as_at
    context = {
        "found": found,
        "charts": [_chart(one, found.as_at) for one in queries.figures(found)] if found else [],
        "others": [
            cells.Link(wording.day(one.as_at), reverse("figures-day", args=[one.as_at.isoformat()]))
            for one in others
        ],
        "day": found.as_at.isoformat() if found else "",
        "due": due,
    }
    return render(visit, "figures/figures.html", context)


def _chart(one: queries.Figures, as_at: date) -> charts.Chart:
    counts = [(_row(row, shown, as_at), shown.count) for row, shown in one.rows.items()]
    finding = (
        f"{one.total:,} in all."
        if one.total is not None
        else "No total is shown: with it, what is not shown could be worked out."
        if one.table.adds_up
        else "Somebody may be in several rows."
    )
    return charts.bars(one.table.title, finding, counts, of=one.table.of, shows=_count)


def _row(words: str, shown: small_numbers.Shown, as_at: date) -> str:
    """Return the words of a row, with the day of a figure that has moved little since."""
    if shown.since is None or shown.since == as_at:
        return words
    return f"{words} (on {wording.short_day(shown.since)}; moved by fewer than 10 since)"


def _count(count: int | None) -> str:
    return FEW if count is None else f"{count:,}"


def _published(day: str) -> models.Published:
    try:
        found = queries.published(date.fromisoformat(day))
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found
