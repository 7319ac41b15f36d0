"""Moratoria: which run, and one with its clock, its debts and why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel.pages import cells, components, tables, wording
from borough.kernel.visits import Visit, page, personal
from borough.resident.moratoria import capabilities, clock, models, queries
from borough.resident.moratoria.pages import rows, subjects

RUNNING = (
    tables.text("reference", "Notice", link="href"),
    tables.text("kind", "What it is"),
    tables.text("day", "Day"),
    tables.text("ends", "Until"),
    tables.number("inside", "Debts"),
    tables.money("pence", "Left alone"),
    tables.text("next", "Next"),
)


@page(capabilities.SEE_MORATORIA)
def running(visit: Visit) -> HttpResponse:
    """List the moratoria that run, those that end soonest first; nobody is named."""
    found = [
        {
            "reference": one.notice.reference,
            "href": reverse("moratorium", args=[one.notice.pk]),
            "kind": one.notice.get_kind_display(),
            "day": rows.day_number(one.clock),
            "ends": rows.until(one.clock),
            "inside": one.inside,
            "pence": one.pence,
            "next": rows.coming(one.clock),
        }
        for one in queries.running(visit.today)
    ]
    table = tables.Table("Moratoria that run", RUNNING, found, empty="No moratorium runs.")
    return render(visit, "moratoria/running.html", {"table": table})


@personal(capabilities.SEE_MORATORIA, subject=subjects.of_notice)
def moratorium(visit: Visit, number: int) -> HttpResponse:
    """Show a moratorium: its clock, its debts and why, what is due, what happened."""
    notice = get_object_or_404(models.Notice.objects.select_related("person"), pk=number)
    stands = queries.clock_of(notice, on=visit.today)
    rows_of = notice.debts.select_related("release").order_by("-is_inside", "pk")
    debts, others = rows.shown(rows_of, visit)
    may = capabilities.RECORD_MORATORIUM.slug in visit.actor.capabilities
    context = {
        "notice": notice,
        "clock": stands,
        "day": rows.day_number(stands),
        "until": rows.until(stands),
        "summary": rows.summary(notice, stands),
        "due": [components.Row(wording.day(one.on), one.words) for one in stands.due],
        "debts": tables.Table(
            "Debts",
            rows.DEBTS,
            [rows.debt_row(one, may=may and not stands.has_ended) for one in debts],
            empty="Nothing was owed that any of our services knows of.",
        ),
        "others": others,
        "remarks": [f"{one.title}: {words}" for one in debts for words in one.remarks],
        "actions": _actions(notice, stands) if may and not stands.has_ended else [],
        "events": _events(notice),
        "back": reverse("resident", args=[notice.person_id]),
        "unverified": sorted(clock.figures(notice.starts).unverified),
    }
    return render(visit, "moratoria/moratorium.html", context)


def _actions(notice: models.Notice, stands: clock.Clock) -> list[cells.Link]:
    done = set(notice.events.values_list("kind", flat=True))
    kind = models.Event.Kind
    doable = [("Search for further debts", "moratorium-search")]
    if queries.not_told(notice):
        doable.append(("The adviser was told of what we found", "moratorium-adviser"))
    if queries.holders_not_told(notice):
        doable.append(("The holders of debts to others were told", "moratorium-holders"))
    if kind.REVIEW_ASKED not in done:
        doable.append(("We asked for a review", "moratorium-review"))
    elif kind.REVIEW_KEPT not in done:
        doable.append(("The adviser answered our request", "moratorium-review"))
    if stands.midway and kind.MIDWAY_KEPT not in done:
        doable.append(("The midway review", "moratorium-midway"))
    if not stands.midway and kind.TREATMENT_ENDED not in done:
        doable.append(("The crisis treatment has ended", "moratorium-treatment"))
    doable.append(("End it before its days are over", "moratorium-ending"))
    return [cells.Link(title, reverse(name, args=[notice.pk])) for title, name in doable]


def _events(notice: models.Notice) -> list[components.Event]:
    found = [
        components.Event(
            f"{one.get_kind_display()}: {one.found}"
            if one.found is not None
            else one.get_kind_display(),
            one.on,
        )
        for one in notice.events.order_by("-on", "-pk")
    ]
    last = models.Ending.objects.filter(notice=notice).first()
    if last is not None:
        found.insert(0, components.Event(f"Ended. {last.get_why_display()}", last.ends))
    return [*found, components.Event("Recorded", notice.recorded_on)]
