"""The support team's queue: how it stands, who is in it and why, who may be sent a message."""

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import doing, visits
from borough.kernel.pages import cells, fields, forms, tables
from borough.kernel.runs import queries as runs
from borough.kernel.runs import showing as run_showing
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, personal
from borough.resident.signals import (
    capabilities,
    commands,
    laying,
    models,
    nightly,
    queries,
    readers,
    tasks,
)
from borough.resident.signals.pages import showing, subjects

WAITING = (
    tables.number("number", "Place"),
    tables.text("who", "Resident"),
    tables.text("points", "Points"),
    tables.text("why", "Why"),
    tables.text("todo", "What to do"),
)
MESSAGES = (
    tables.text("who", "Resident"),
    tables.text("points", "Points"),
    tables.text("why", "Why"),
)
COUNTS = (tables.text("what", "Which"), tables.number("count", "Residents"))
RUNS = (
    tables.day("on", "Day"),
    tables.text("state", "State"),
    tables.number("rows", "New sightings"),
)
NEWEST_RUNS = 7


class Places(forms.Form):
    places = fields.WholeNumberField(
        what="how many residents",
        label="How many residents can the team look at in a day?",
        help_text="Five in a hundred places go by lot to people with few points or none, to learn "
        "whom the points miss.",
        min_value=0,
        max_value=commands.MOST_PLACES,
    )


@visits.page(capabilities.WORK_SUPPORT)
def overview(visit: Visit) -> HttpResponse:
    """Show how the queue stands, in numbers, and what is not looked at."""
    queue = queries.newest_queue()
    return render(
        visit,
        "signals/overview.html",
        {
            "queue": queue,
            "places": laying.places(visit.today),
            "counts": _counts(queue),
            "runs": _runs(),
            "unread": readers.unread(visit.today),
            "proposed": showing.PROPOSED,
            "may_lead": capabilities.LEAD_SUPPORT.slug in visit.actor.capabilities,
            "may_look": capabilities.LOOK_FOR_WORRIES.slug in visit.actor.capabilities,
            "cases": queries.open_cases().count(),
        },
    )


@personal(capabilities.WORK_SUPPORT, subject=subjects.of_queue)
def waiting(visit: Visit, day: str, page: int) -> HttpResponse:
    """Show who is in the queue of a day, in order, with every reason."""
    if elsewhere := refuse(visit):
        return elsewhere
    queue = subjects.queue(day)
    rows = queries.waiting(
        queue, purpose=visit.purpose, first=subjects.first_of(page), most=subjects.ON_A_PAGE
    )
    total = models.Place.objects.filter(queue=queue).count()
    return render(
        visit,
        "signals/queue.html",
        {
            "queue": queue,
            "table": tables.Table(
                "Who is looked at first",
                WAITING,
                [_row(one) for one in rows],
                empty="Nobody is in this queue.",
            ),
            "ways": ways("support-queue-day", page, total, day),
            "proposed": showing.PROPOSED,
        },
    )


@personal(capabilities.WORK_SUPPORT, subject=subjects.of_messages)
def messages(visit: Visit, day: str, page: int) -> HttpResponse:
    """Show who may be sent a supportive message; nothing is sent from here."""
    if elsewhere := refuse(visit):
        return elsewhere
    on = subjects.day_of(day)
    total, rows = queries.for_message(
        on, purpose=visit.purpose, first=subjects.first_of(page), most=subjects.ON_A_PAGE
    )
    shown = [
        {
            "who": cells.Link(person.name, reverse("resident", args=[person.pk])),
            "points": showing.count(worries.points),
            "why": showing.in_short(worries.reasons),
        }
        for person, worries in rows
    ]
    return render(
        visit,
        "signals/messages.html",
        {
            "on": on,
            "total": total,
            "table": tables.Table(
                "Residents, most points first", MESSAGES, shown, empty="Nobody today."
            ),
            "ways": ways("support-messages-day", page, total, day),
        },
    )


@visits.page(capabilities.WORK_SUPPORT)
def messages_today(visit: Visit) -> HttpResponse:
    """Open today's list."""
    return redirect("support-messages-day", visit.today.isoformat(), 1)


@visits.page(capabilities.LEAD_SUPPORT)
def capacity(visit: Visit) -> HttpResponse:
    """Say how many residents the team can look at in a day."""
    deed = doing.Deed(
        title="How many residents the team can look at",
        says="It holds from today. Today’s queue is laid anew, if there is one; nobody who has a "
        "case is in it.",
        act=lambda places: commands.set_capacity(places=places, by=visit.actor, on=visit.today),
        done="Saved",
        back=reverse("support-queue"),
        places={commands.NotANumber: "places"},
    )
    return doing.answer(visit, Places(doing.asked(visit)), deed)


@visits.page(capabilities.LOOK_FOR_WORRIES)
def look(visit: Visit) -> HttpResponse:
    """Have worries looked for today, without waiting for the night."""

    def act() -> None:
        run = commands.look_for_worries(by=visit.actor, on=visit.today)
        transaction.on_commit(lambda: tasks.look_for_worries.defer(run_id=run.pk))

    deed = doing.Deed(
        title="Look for early worries now",
        says="Every worry is looked for in the whole borough, once a day; it takes a minute or "
        "two. It happens by itself each night.",
        act=act,
        done="Asked for: the queue is laid when it is done",
        back=reverse("support-queue"),
        button="Look now",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def refuse(visit: Visit) -> HttpResponse | None:
    """Send whoever came for another purpose to choose the one that shows worries."""
    if visit.purpose.shows_joined:
        return None
    return redirect(f"{reverse('purpose')}?{urlencode({'next': visit.path})}")


def _row(one: queries.Waiting) -> dict[str, Any]:
    points: Any = showing.count(one.worries.points)
    if one.by_lot:
        points = cells.Lines((points, cells.Tag("By lot", "purple")))
    return {
        "number": one.number,
        "who": cells.Link(one.name, reverse("resident", args=[one.person])),
        "points": points,
        "why": showing.in_short(one.worries.reasons) or "Nothing is known: drawn to learn from.",
        "todo": cells.Tag("Has a case", "green")
        if one.has_case
        else cells.Link(
            "Take the case", reverse("resident-support-case", args=[one.person]), f"of {one.name}"
        ),
    }


def _counts(queue: models.Queue | None) -> tables.Table:
    told = (
        []
        if queue is None
        else [
            ("For the support team", queue.in_band),
            ("Of these without a place today", queue.waiting),
            ("For a supportive message", queue.for_message),
            ("Neither", queue.others),
            ("Among whom places by lot were drawn", queue.drawn_from),
        ]
    )
    rows = [{"what": what, "count": count} for what, count in told]
    return tables.Table("How many residents", COUNTS, rows, empty="Nobody has looked yet.")


def _runs() -> tables.Table:
    several = [
        runs.progress(run)
        for run in Run.objects.filter(kind=nightly.KIND).order_by("-pk")[:NEWEST_RUNS]
    ]
    return tables.Table(
        "When we looked",
        RUNS,
        [{"on": one.on, "state": run_showing.tag(one), "rows": one.rows} for one in several],
        empty="Nobody has looked yet.",
    )


def ways(name: str, page: int, total: int, *before: str) -> dict[str, str]:
    """Return the ways to the pages before and after; each has an address of its own."""
    beyond = subjects.first_of(page) + subjects.ON_A_PAGE
    return {
        "previous": reverse(name, args=[*before, page - 1]) if page > 1 else "",
        "next": reverse(name, args=[*before, page + 1]) if beyond < total else "",
    }
