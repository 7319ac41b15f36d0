"""The letters that wait to be written: how many of each sort, and how the last run of them went."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.officers import queries as officers
from borough.kernel.pages import forms, one_use, paging, tables
from borough.kernel.runs import queries as runs
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities, tasks
from borough.lines.revenues.commands import correspondence as commands
from borough.lines.revenues.letters import waiting as queries

REFRESH_SECONDS = 3
SIZE = 100

WAITING = (
    tables.text("sort", "Letters"),
    tables.number("count", "Waiting"),
    tables.day("oldest", "Oldest"),
)
COUNTS = (tables.text("what", "What"), tables.number("count", "How many"))
LEFT_OUT = (
    tables.text("account", "Account", link="href"),
    tables.text("sort", "Letter"),
    tables.text("reason", "Why not"),
)


@page(capabilities.SEND_LETTERS)
def correspondence(visit: Visit) -> HttpResponse:
    """Show what waits and the newest run; ask for the letters."""
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        response = _ask(visit, form)
        if response is not None:
            return response
    waiting, run = queries.all_waiting(), queries.newest()
    context: dict[str, Any] = {"form": form, "today": visit.today, "run": run}
    context["may_recover"] = capabilities.PREVIEW_RECOVERY.slug in visit.actor.capabilities
    context["count"] = sum(one.count for one in waiting)
    context["waiting"] = tables.Table(
        "Letters that wait",
        WAITING,
        [
            {"sort": one.sort.title, "count": one.count, "oldest": one.oldest}
            for one in waiting
            if one.count
        ],
    )
    return render(visit, "revenues/correspondence.html", context | _shown(visit, run))


def _ask(visit: Visit, form: forms.Form) -> HttpResponse | None:
    """Ask for the letters; return where to go, or None with the refusal on the form."""
    there = redirect("revenues:correspondence")
    try:
        with transaction.atomic():
            one_use.spend(visit)
            run = commands.ask_letters(by=visit.actor, on=visit.today)
            tasks.write_letters.defer(run_id=run.pk)
    except one_use.AlreadySent:
        return there
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    return there


def _shown(visit: Visit, run: Any) -> dict[str, Any]:
    """Return how the newest run of letters stands."""
    if run is None:
        return {"is_free": True}
    counts, state = queries.counts(run), runs.progress(run)
    return {
        "is_free": state.is_done,
        "state": state,
        "counts": counts,
        "by": officers.names({run.by}).get(run.by, run.by),
        "table": _counted(counts) if state.is_done else None,
        **(_left_out(visit, run) if state.is_done else {}),
        "refresh_seconds": (
            REFRESH_SECONDS if visit.GET.get("refresh") and not state.is_done else None
        ),
    }


def _counted(counts: queries.Counts) -> tables.Table:
    rows = [
        {"what": "Rows that had no letter yet", "count": counts.rows},
        {"what": "left out, each with its reason", "count": counts.left_out},
        {"what": "Letters issued", "count": counts.issued},
        {"what": "of them printed as PDF", "count": counts.printed},
    ]
    return tables.Table("How the counts agree", COUNTS, rows)


def _left_out(visit: Visit, run: Run) -> dict[str, Any]:
    """Return every row that got no letter, by pages."""
    page = paging.numbered(queries.rows_left_out(run), visit.GET, size=SIZE)
    rows = [
        {
            "account": one.account,
            "href": reverse("revenues:letters", args=[one.account]) if one.account else "",
            "sort": one.title,
            "reason": one.reason,
        }
        for one in queries.left_out(list(page))
    ]
    return {"left_out": tables.Table("Left out", LEFT_OUT, rows) if rows else None, "page": page}
