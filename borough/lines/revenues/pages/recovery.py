"""Recovery: prepare a step, see who would get it and why others not, let a colleague commit it."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.officers import queries as officers
from borough.kernel.pages import charts, fields, forms, links, one_use, paging, tables, wording
from borough.kernel.runs import queries as runs
from borough.kernel.runs import showing
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities, models, recovering, recovery, tasks
from borough.lines.revenues.commands import recovery as commands
from borough.lines.revenues.letters import waiting
from borough.lines.revenues.letters.made_from import steps as letters
from borough.lines.revenues.pages import reasons
from borough.lines.revenues.queries import annual as annual_queries
from borough.rules import years

SAMPLES, SIZE = 10, 100
OTHER_AMOUNT = "another_amount"  # no reason against a step, but listed as one
STEPS = [(kind.value, kind.label) for kind in models.Step.Kind if kind.value in recovery.RUNGS]
RUNS = (
    tables.text("what", "What", link="href"),
    tables.day("on", "Day"),
    tables.text("by", "By"),
    tables.text("state", "State"),
)
REASONS = (tables.text("reason", "Why not", link="href"), tables.number("accounts", "Accounts"))
WHO = (
    tables.text("account", "Account", link="href"),
    tables.money("pence", "Asked for"),
)
KEPT = (tables.text("account", "Account", link="href"), tables.text("words", "Why not"))
CHANGED = (
    tables.text("account", "Account", link="href"),
    tables.money("before", "In the preview"),
    tables.money("after", "Sent"),
)


class Prepare(forms.Form):
    """Which step for which year."""

    year = fields.ChoiceField(what="the year", label="For which year?", choices=[])
    step = fields.ChoiceField(what="the step", label="Which step?", choices=STEPS)
    hearing = fields.DayField(
        what="the day of the hearing",
        label="For a summons: on which day is the hearing?",
        help_text="As the court has given it, for example 30 6 2026.",
        required=False,
    )

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        known = annual_queries.years_known(visit.today)[::-1]
        forms.offer(self, "year", [(one.name, one.name) for one in known])


@page(capabilities.PREVIEW_RECOVERY)
def recoveries(visit: Visit) -> HttpResponse:
    """List what was prepared and sent, and prepare a step."""
    form = Prepare(visit.POST or None, visit=visit)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                one_use.spend(visit)
                run = commands.prepare_recovery(
                    year=years.Year.named(given["year"]),
                    step=given["step"],
                    hearing=given["hearing"],
                    by=visit.actor,
                    on=visit.today,
                )
                tasks.preview_recovery.defer(run_id=run.pk)
        except one_use.AlreadySent:
            return redirect("revenues:recoveries")
        except commands.NotAHearing as refusal:
            form.add_error("hearing", str(refusal))
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("revenues:recovery_preview", run.pk)
    context = {"form": form, "runs": _runs(), "untold": len(waiting.waiting(letters.SORT))}
    return render(visit, "revenues/recoveries.html", context)


@page(capabilities.PREVIEW_RECOVERY)
def preview(visit: Visit, number: int) -> HttpResponse:
    """Show a preview as it is worked out, then who would get the step; commit it."""
    run = _run(number, recovering.PREVIEW)
    state = runs.progress(run)
    if not state.is_done:
        return _watch(visit, run, state, "accounts looked at")
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        response = _commit(visit, run, form)
        if response is not None:
            return response
    found = recovering.result(run)
    return render(
        visit, "revenues/recovery_preview.html", _shown(visit, run, found) | {"form": form}
    )


@page(capabilities.PREVIEW_RECOVERY)
def run(visit: Visit, number: int) -> HttpResponse:
    """Show a run that takes a step, as it goes and when it is done."""
    found = _run(number, recovering.RECOVERY)
    state = runs.progress(found)
    if not state.is_done:
        return _watch(visit, found, state, "accounts asked about")
    came = recovering.result(found)
    before = recovering.result(Run.objects.get(pk=found.asked["preview"]))
    context = {
        "title": _title(found),
        "run": found,
        "by": officers.names({found.by})[found.by],
        "count": len(came.steps),
        "pence": sum(pence for _, pence in came.steps),
        "costs_pence": came.costs_pence,
        "previewed": len(before.steps),
        "dropped": _by_reason("Not sent after all", came.kept),
        "changed": len(came.changed),
        "another": f"?reason={OTHER_AMOUNT}#listed",
        "hearing": found.asked["hearing"],
        **_listed(visit, came, "Not sent after all", unasked=came.kept),
    }
    return render(visit, "revenues/recovery_done.html", context)


def _commit(visit: Visit, preview_run: Run, form: forms.Form) -> HttpResponse | None:
    """Commit the preview; return where to go, or None with the refusal on the form."""
    try:
        with transaction.atomic():
            one_use.spend(visit)
            made = commands.commit_recovery(preview=preview_run, by=visit.actor, on=visit.today)
            tasks.carry_out_recovery.defer(run_id=made.pk)
    except one_use.AlreadySent:
        return redirect("revenues:recoveries")
    except commanding.NotAllowed:
        raise
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(visit, "Committed. Every account is asked about once more before it goes out.")
    return redirect("revenues:recovery_run", made.pk)


def _run(number: int, kind: str) -> Run:
    found = Run.objects.filter(pk=number, kind=kind).first()
    if found is None:
        raise Http404
    return found


def _title(run: Run) -> str:
    return f"{models.Step.Kind(run.asked['step']).label}, {run.asked['year']}"


def _watch(visit: Visit, run: Run, state: runs.Progress, what: str) -> HttpResponse:
    context = {
        "title": _title(run),
        "state": state,
        "what": what,
        "refresh_seconds": links.refresh_seconds(visit.GET),
    }
    return render(visit, "revenues/recovery_watch.html", context)


def _runs() -> tables.Table:
    some = Run.objects.filter(kind__in=[recovering.PREVIEW, recovering.RECOVERY]).order_by("-id")
    rows = [_run_row(one) for one in some[:20]]
    names = officers.names({row["by"] for row in rows})
    return tables.Table(
        "Prepared and sent",
        RUNS,
        [row | {"by": names[row["by"]]} for row in rows],
        empty="Nothing has been prepared yet.",
    )


def _run_row(one: Run) -> dict[str, Any]:
    state = runs.progress(one)
    shown = showing.tag(state)
    is_preview = one.kind == recovering.PREVIEW
    name = "revenues:recovery_preview" if is_preview else "revenues:recovery_run"
    return {
        "what": f"{'Preview' if is_preview else 'Sent'}: {_title(one)}",
        "href": reverse(name, args=[one.pk]),
        "on": one.on,
        "by": one.by,
        "state": shown,
    }


def _shown(visit: Visit, run: Run, found: recovering.Found) -> dict[str, Any]:
    committed = Run.objects.filter(key=f"{recovering.RECOVERY}/{run.pk}").first()
    may = capabilities.COMMIT_RECOVERY.slug in visit.actor.capabilities
    mine = run.by == visit.actor.reference
    values = recovery.figures(run.on)
    return {
        "title": _title(run),
        "run": run,
        "by": officers.names({run.by})[run.by],
        "count": len(found.steps),
        "pence": sum(pence for _, pence in found.steps),
        "looked": found.looked,
        "kept_count": len({account for account, _, _ in found.kept}),
        "reasons": _by_reason("Who would not get it", found.kept),
        "chart": _chart(found),
        "samples": _samples(found),
        "untold": len({account for account, kind, _ in found.kept if kind == "unwritten"}),
        **_listed(visit, found, "Not sent", unasked=[]),
        "assumed": [values.sheet[name].title for name in sorted(values.unverified & _USED)],
        "committed": committed,
        "may_commit": may and not mine and committed is None and bool(found.steps),
        "own": may and mine and committed is None,
        "today": visit.today,
        "is_today": run.on == visit.today,
    }


_USED = {
    "recovery_grace_days",
    "recovery_least",
    "recovery_paid_lately_days",
    "summons_costs",
    "summons_service_days",
}


def _by_reason(caption: str, kept: list[tuple[int, str, str]]) -> tables.Table:
    counts = Counter(kind for _, kind, _ in kept)
    rows = [
        {"reason": reasons.title(kind), "href": f"?reason={kind}#listed", "accounts": count}
        for kind, count in counts.most_common()
    ]
    return tables.Table(caption, REASONS, rows, empty="Nobody is kept from it.")


def _chart(found: recovering.Found) -> charts.Chart | None:
    counts = Counter(kind for _, kind, _ in found.kept).most_common()
    if not counts:
        return None
    most, number = counts[0]
    return charts.bars(
        "Why accounts do not get this step",
        f"The most frequent reason is “{reasons.title(most)}”: {wording.number(number)}.",
        [(reasons.title(kind), count) for kind, count in counts],
        of="Reason",
    )


def _samples(found: recovering.Found) -> tables.Table:
    every = max(len(found.steps) // SAMPLES, 1)
    some = found.steps[::every][:SAMPLES]
    known = _references([account for account, _ in some])
    rows = [{**known[account], "pence": pence} for account, pence in some]
    return tables.Table("Some of them, to open and look at", WHO, rows, empty="Nobody.")


def _listed(
    visit: Visit, found: recovering.Found, caption: str, *, unasked: list[tuple[int, str, str]]
) -> dict[str, Any]:
    """Return everybody whom the chosen reason kept out, or who got another amount; by pages."""
    chosen = visit.GET.get("reason", "")
    if chosen == OTHER_AMOUNT:
        return _changed(visit, found.changed)
    kept = [one for one in found.kept if one[1] == chosen] if chosen else unasked
    if not kept:
        return {}
    page = paging.numbered(kept, visit.GET, size=SIZE)
    known = _references([account for account, _, _ in page])
    rows = [{**known[account], "words": words} for account, _, words in page]
    title = f"{caption}: {reasons.title(chosen)}" if chosen else "Who did not get it, and why"
    return {"listed": tables.Table(title, KEPT, rows), "page": page}


def _changed(visit: Visit, changed: list[tuple[int, int, int]]) -> dict[str, Any]:
    page = paging.numbered(changed, visit.GET, size=SIZE)
    known = _references([account for account, _, _ in page])
    rows = [{**known[account], "before": before, "after": after} for account, before, after in page]
    table = tables.Table("Another amount than in the preview", CHANGED, rows, empty="Nobody.")
    return {"listed": table, "page": page}


def _references(account_ids: list[int]) -> dict[int, dict[str, Any]]:
    rows = models.Account.objects.filter(pk__in=account_ids).values_list("pk", "reference")
    return {
        number: {
            "account": reference,
            "href": reverse("revenues:account_recovery", args=[reference]),
        }
        for number, reference in rows
    }
