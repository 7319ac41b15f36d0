"""Placing debts with enforcement agents: prepare, look, let a colleague commit."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, links, one_use, paging, tables
from borough.kernel.runs import queries as runs
from borough.kernel.runs import showing
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities, models, placing, remedying, tasks
from borough.lines.revenues.commands import placements as commands
from borough.lines.revenues.queries import agents as queries

SIZE = 100
LEFT_ALONE = "left"
RUNS = (
    tables.text("what", "What", link="href"),
    tables.day("on", "Day"),
    tables.text("by", "By"),
    tables.text("state", "State"),
)
FILES = (
    tables.day("on", "Day"),
    tables.text("what", "File", link="href"),
    tables.number("rows", "Rows"),
    tables.money("pence", "Amount"),
    tables.text("by", "By"),
)
FREE = (
    tables.text("account", "Account", link="href"),
    tables.text("year", "Year"),
    tables.money("pence", "Outstanding"),
)
REASONS = (tables.text("reason", "Why not"), tables.number("debts", "Debts"))
LEFT = (
    tables.text("account", "Account", link="href"),
    tables.text("year", "Year"),
    tables.text("why", "Why not"),
)


class Prepare(forms.Form):
    agent = fields.ChoiceField(what="the agent", label="With which agent?", choices=())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        forms.offer(self, "agent", agents())


@page(capabilities.PREPARE_PLACING)
def placements(visit: Visit) -> HttpResponse:
    """List what was placed and came back; prepare a placing."""
    form = Prepare(visit.POST or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                agent = models.Agent.objects.get(slug=form.cleaned_data["agent"])
                run = commands.prepare_placing(agent=agent, by=visit.actor, on=visit.today)
                tasks.preview_placing.defer(run_id=run.pk)
        except one_use.AlreadySent:
            return redirect("revenues:placements")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("revenues:placing_preview", run.pk)
    context = {
        "form": form,
        "agents": agents(),
        "with_agents": queries.with_agents(visit.today),
        "runs": _runs(),
        "files": _files(),
        "untold": _untold(),
        "to_stop": remedying.count_to_stop(visit.today),
        "may_stop": capabilities.ORDER_ATTACHMENT.slug in visit.actor.capabilities,
        "may_load": capabilities.LOAD_RETURNS.slug in visit.actor.capabilities,
        "may_call_back": capabilities.CALL_BACK.slug in visit.actor.capabilities,
        "may_record": capabilities.COMMIT_PLACING.slug in visit.actor.capabilities,
    }
    return render(visit, "revenues/placements.html", context)


@page(capabilities.PREPARE_PLACING)
def preview(visit: Visit, number: int) -> HttpResponse:
    """Show what could be placed and why not the rest; commit it with the capability."""
    run = _run(number, placing.PREVIEW)
    state = runs.progress(run)
    if not state.is_done:
        return _watch(visit, run, state, "Looking at every liability order")
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        response = _commit(visit, run, form)
        if response is not None:
            return response
    return render(visit, "revenues/placing_preview.html", _shown(visit, run) | {"form": form})


@page(capabilities.PREPARE_PLACING)
def run(visit: Visit, number: int) -> HttpResponse:
    """Show a placing as it goes, then what it came to."""
    found = _run(number, placing.PLACING)
    state = runs.progress(found)
    if not state.is_done:
        return _watch(visit, found, state, "Placing")
    left = placing.left_of(found)
    context = {
        "run": found,
        "by": officers.names({found.by})[found.by],
        "file": models.AgentFile.objects.filter(run=found).first(),
        "previewed": len(placing.free_of(Run.objects.get(pk=found.asked["preview"]))),
        **_left("Left out after all, and why", left, visit),
    }
    return render(visit, "revenues/placing_done.html", context)


def agents() -> list[tuple[str, str]]:
    """Return the firms that debts can be placed with: short name and name."""
    rows = models.Agent.objects.select_related("person").order_by("person__family_name")
    return [(one.slug, one.person.name) for one in rows]


def _commit(visit: Visit, preview_run: Run, form: forms.Form) -> HttpResponse | None:
    try:
        with transaction.atomic():
            one_use.spend(visit)
            made = commands.commit_placing(preview=preview_run, by=visit.actor, on=visit.today)
            tasks.carry_out_placing.defer(run_id=made.pk)
    except one_use.AlreadySent:
        return redirect("revenues:placements")
    except commanding.NotAllowed:
        raise
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(visit, "Committed. Every debt is asked about once more before it goes.")
    return redirect("revenues:placing_run", made.pk)


def _run(number: int, kind: str) -> Run:
    found = Run.objects.filter(pk=number, kind=kind).first()
    if found is None:
        raise Http404
    return found


def _watch(visit: Visit, watched: Run, state: runs.Progress, title: str) -> HttpResponse:
    context = {
        "title": title,
        "state": state,
        "what": "parts done",
        "refresh_seconds": links.refresh_seconds(visit.GET),
    }
    return render(visit, "revenues/placing_watch.html", context)


def _shown(visit: Visit, preview_run: Run) -> dict[str, Any]:
    free, left = placing.free_of(preview_run), placing.left_of(preview_run)
    committed = Run.objects.filter(key=f"{placing.PLACING}/{preview_run.pk}").first()
    may = capabilities.COMMIT_PLACING.slug in visit.actor.capabilities and committed is None
    own = preview_run.by == visit.actor.reference
    return {
        "run": preview_run,
        "by": officers.names({preview_run.by})[preview_run.by],
        "count": len(free),
        "pence": sum(pence for *_, pence in free),
        "least_fee_pence": queries.would_cost(0, visit.today)[0][1],
        "reasons": _reasons(left),
        "left_alone": len(left),
        "shows_left": (shows_left := visit.GET.get("list") == LEFT_ALONE),
        **(_left("Left alone, and why", left, visit) if shows_left else _free(free, visit)),
        "committed": committed,
        "is_today": preview_run.on == visit.today,
        "may_commit": may and not own and bool(free),
        "own": may and own,
    }


def _free(free: list[list[Any]], visit: Visit) -> dict[str, Any]:
    page = paging.numbered(free, visit.GET, size=SIZE)
    rows = [
        {
            "account": reference,
            "href": reverse("revenues:remedies", args=[reference]),
            "year": year,
            "pence": pence,
        }
        for _, reference, year, pence in page
    ]
    table = tables.Table("Would be placed", FREE, rows, empty="No debt is free to be placed.")
    return {"listed": table, "page": page}


def _reasons(left: placing.Left) -> tables.Table:
    rows = [{"reason": words, "debts": count} for words, count in placing.reasons_of(left)]
    return tables.Table(
        "Why the others are not", REASONS, rows, empty="Nothing stands against any."
    )


def _left(title: str, left: placing.Left, visit: Visit) -> dict[str, Any]:
    page = paging.numbered(left, visit.GET, size=SIZE)
    rows = [
        {
            "account": account,
            "href": reverse("revenues:remedies", args=[account]),
            "year": year,
            "why": cells.Lines(tuple(reasons)),
        }
        for account, year, reasons in page
    ]
    return {"listed": tables.Table(title, LEFT, rows, empty="None."), "page": page}


def _runs() -> tables.Table:
    some = Run.objects.filter(kind__in=[placing.PREVIEW, placing.PLACING]).order_by("-id")[:20]
    names = officers.names({one.by for one in some})
    rows = []
    for one in some:
        state = runs.progress(one)
        is_preview = one.kind == placing.PREVIEW
        name = "revenues:placing_preview" if is_preview else "revenues:placing_run"
        rows.append(
            {
                "what": f"{'Preview' if is_preview else 'Placed'} {one.pk}",
                "href": reverse(name, args=[one.pk]),
                "on": one.on,
                "by": names[one.by],
                "state": showing.tag(state),
            }
        )
    return tables.Table("Prepared and placed", RUNS, rows, empty="Nothing was prepared yet.")


def _files() -> tables.Table:
    out = list(models.AgentFile.objects.select_related("agent").order_by("-pk")[:20])
    back = list(models.AgentReturn.objects.select_related("agent").order_by("-pk")[:20])
    names = officers.names({one.by for one in out} | {one.by for one in back})
    rows: list[dict[str, Any]] = [
        {
            "on": one.made_on,
            "what": f"{one.get_kind_display()}: {one.agent.slug} {one.pk}",
            "href": reverse("revenues:agent_file", args=[one.pk]),
            "rows": one.rows,
            "pence": one.pence,
            "by": names[one.by],
        }
        for one in out
    ]
    rows += [
        {
            "on": one.loaded_on,
            "what": f"From {one.agent.slug} {one.pk}",
            "href": reverse("revenues:agent_return", args=[one.pk]),
            "rows": one.rows,
            "pence": one.passed_on_pence,
            "by": names[one.by],
        }
        for one in back
    ]
    rows.sort(key=lambda row: row["on"], reverse=True)
    return tables.Table("Files out and back", FILES, rows, empty="No file went out yet.")


def _untold() -> list[dict[str, Any]]:
    counted = [
        (one, len(queries.untold(one))) for one in models.Agent.objects.select_related("person")
    ]
    return [
        {"name": one.person.name, "count": count, "slug": one.slug}
        for one, count in counted
        if count
    ]
