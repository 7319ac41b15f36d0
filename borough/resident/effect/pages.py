"""Pages of what help comes to: counts that were kept, papers made from what is declared, PDFs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.pages import cells, fields, forms, links, one_use, tables, wording
from borough.kernel.runs import queries as runs
from borough.kernel.runs import showing as run_showing
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page, personal
from borough.resident.effect import (
    capabilities,
    claim_paper,
    commands,
    dpia,
    fairness_paper,
    measuring,
    outcomes_paper,
    papers,
    protocol,
    quarters,
    subjects,
    tasks,
    transparency,
)
from borough.resident.signals.pages import queue

SHOWN: dict[str, Callable[[measuring.Kept], papers.Paper]] = {
    measuring.CLAIM.kind: claim_paper.paper,
    measuring.FAIRNESS.kind: fairness_paper.paper,
    measuring.OUTCOMES.kind: outcomes_paper.paper,
}
COUNTS = {
    "claim": measuring.CLAIM,
    "fairness": measuring.FAIRNESS,
    "outcomes": measuring.OUTCOMES,
}
MADE: dict[str, tuple[str, Callable[[date], papers.Paper]]] = {
    "dpia": (dpia.TITLE, dpia.paper),
    "transparency": (transparency.TITLE, transparency.paper),
    "protocol": (protocol.TITLE, protocol.paper),
}
KEPT = (
    tables.day("on", "Day"),
    tables.text("period", "Of", link="href"),
    tables.text("state", "State"),
)
CASES = (
    tables.text("who", "Resident"),
    tables.day("opened", "Case opened"),
    tables.text("state", "How it stands"),
)
QUARTERS_BACK = 8
MOST_KEPT = 12


class Ask(forms.Form):
    """Nothing to answer: the button asks."""


class Quarter(forms.Form):
    """Which quarter to report on."""

    quarter = fields.SelectField(what="a quarter", label="Which quarter?", choices=[])

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        one, several = quarters.Quarter.holding(on), []
        for _ in range(QUARTERS_BACK):
            several.append((one.name, one.name))
            one = one.preceding
        forms.offer(self, "quarter", several)


@page(capabilities.SEE_EFFECT)
def overview(visit: Visit) -> HttpResponse:
    """Show what is counted, and what is made from what the program declares."""
    counts = [
        {
            "title": count.title,
            "href": reverse("effect-counts", args=[slug]),
            "newest": measuring.newest(count),
        }
        for slug, count in COUNTS.items()
    ]
    made = [(title, reverse("effect-made", args=[slug])) for slug, (title, _) in MADE.items()]
    return render(visit, "effect/overview.html", {"counts": counts, "made": made})


@page(capabilities.SEE_EFFECT)
def counts(visit: Visit, count: str) -> HttpResponse:
    """Show every count of a kind that was kept; have it counted again when asked."""
    if count not in COUNTS:
        raise Http404
    of = COUNTS[count]
    posted = visit.POST or None
    form: forms.Form = Quarter(posted, on=visit.today) if count == "fairness" else Ask(posted)
    if visit.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                run = _ask(of, visit, **form.cleaned_data)
                tasks.measure.defer(run_id=run.pk)
        except one_use.AlreadySent:
            return redirect("effect-counts", count)
        except commanding.NotAllowed:
            raise
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "It is being counted")
            return redirect("effect-kept", run.pk)
    context = {
        "form": form,
        "of": of,
        "table": _kept(of),
        "may_ask": capabilities.MEASURE_EFFECT.slug in visit.actor.capabilities,
    }
    return render(visit, "effect/counts.html", context)


@page(capabilities.SEE_EFFECT)
def kept(visit: Visit, number: int) -> HttpResponse:
    """Show what a count found, or how far it is."""
    run = subjects.run(number)
    found = measuring.of(run)
    if found is None:
        watched = {
            "state": runs.progress(run),
            "refresh_seconds": links.refresh_seconds(visit.GET),
            "title": measuring.ALL[run.kind].title,
        }
        return render(visit, "effect/watch.html", watched)
    slug = next(slug for slug, count in COUNTS.items() if count.kind == run.kind)
    context = {
        "paper": SHOWN[run.kind](found),
        "pdf": reverse("effect-kept-pdf", args=[number]),
        "back": reverse("effect-counts", args=[slug]),
    }
    return render(visit, "effect/paper.html", context)


@page(capabilities.SEE_EFFECT)
def kept_pdf(visit: Visit, number: int) -> HttpResponse:
    """Print what a count found."""
    run = subjects.run(number)
    found = measuring.of(run)
    if found is None:
        raise Http404
    return _printed(SHOWN[run.kind](found), f"{run.kind.replace('.', '-')}-{number}")


@page(capabilities.SEE_EFFECT)
def made(visit: Visit, paper: str) -> HttpResponse:
    """Show a paper made from what the program declares, or from its rows, as of today."""
    context = {
        "paper": _made(paper, visit.today),
        "pdf": reverse("effect-made-pdf", args=[paper]),
        "back": reverse("effect"),
    }
    return render(visit, "effect/paper.html", context)


@page(capabilities.SEE_EFFECT)
def made_pdf(visit: Visit, paper: str) -> HttpResponse:
    """Print such a paper."""
    return _printed(_made(paper, visit.today), paper)


@personal(capabilities.SEE_EFFECT, subject=subjects.of_rows)
def rows(visit: Visit, number: int, outcome: str, page: int) -> HttpResponse:
    """List the cases behind an outcome, for helping alone."""
    if elsewhere := queue.refuse(visit):
        return elsewhere
    cases, is_last = subjects.cases(number, outcome, page)
    shown = [
        {
            "who": cells.Link(one.person.name, reverse("resident", args=[one.person_id])),
            "opened": one.opened_on,
            "state": one.get_outcome_display() if one.closed_on else "Open",
        }
        for one in cases
    ]
    title = outcomes_paper.SHOWN[outcome].title
    context = {
        "title": title,
        "table": tables.Table("Support cases", CASES, shown, empty="No case is behind it."),
        "back": reverse("effect-kept", args=[number]),
        "ways": {
            "previous": reverse("effect-rows", args=[number, outcome, page - 1])
            if page > 1
            else "",
            "next": "" if is_last else reverse("effect-rows", args=[number, outcome, page + 1]),
        },
    }
    return render(visit, "effect/rows.html", context)


def _ask(count: measuring.Count, visit: Visit, quarter: str = "") -> Run:
    if count is measuring.FAIRNESS:
        named = quarters.Quarter.named(quarter)
        return commands.report_fairness(quarter=named, by=visit.actor, on=visit.today)
    return commands.measure(count=count, by=visit.actor, on=visit.today)


def _kept(count: measuring.Count) -> tables.Table:
    several = Run.objects.filter(kind=count.kind).order_by("-pk")[:MOST_KEPT]
    rows = [
        {
            "on": run.on,
            "period": run.asked["period"],
            "href": reverse("effect-kept", args=[run.pk]),
            "state": run_showing.tag(runs.progress(run)),
        }
        for run in several
    ]
    return tables.Table("Counts that are kept", KEPT, rows, empty="It has not been counted yet.")


def _made(slug: str, on: date) -> papers.Paper:
    if slug not in MADE:
        raise Http404
    return MADE[slug][1](on)


def _printed(paper: papers.Paper, name: str) -> HttpResponse:
    response = HttpResponse(papers.pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{wording.day(paper.on)}.pdf"'
    return response
