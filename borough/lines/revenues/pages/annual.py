"""Annual billing: prepare, look, let a colleague commit, watch."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.officers import queries as officers
from borough.kernel.pages import charts, fields, forms, one_use, tables, wording
from borough.kernel.runs import queries as runs
from borough.kernel.runs import showing
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page
from borough.lines.revenues import annual, capabilities, models, tasks
from borough.lines.revenues.commands import annual as commands
from borough.lines.revenues.queries import annual as queries
from borough.rules import years

REFRESH_SECONDS = 3

BY_BAND = (
    tables.text("band", "Band"),
    tables.number("accounts", "Accounts"),
    tables.money("gross", "Before discounts"),
    tables.money("discounts", "Discounts"),
    tables.money("premiums", "Premiums"),
    tables.money("reductions", "Reductions"),
    tables.money("due", "To pay"),
    tables.money("last", "Last year"),
)
BY_STEP = (
    tables.text("step", "What"),
    tables.number("accounts", "Accounts"),
    tables.money("pence", "Amount"),
)
STEPS = {
    "resident_discount": ("Discounts for who lives there", -1),
    "empty_discount": ("Discounts for empty homes", -1),
    "annexe_reduction": ("Annexe reductions", -1),
    "long_term_premium": ("Premiums on long-term empty homes", 1),
    "second_home_premium": ("Premiums on second homes", 1),
    "reduction": ("Council Tax Reduction", -1),
    "relief": ("Discretionary relief", -1),
}
RUNS = (
    tables.text("what", "What", link="href"),
    tables.day("on", "Asked for on"),
    tables.text("by", "By"),
    tables.text("state", "State"),
)


class Prepare(forms.Form):
    """Which year, and whether to try another choice beside it."""

    year = fields.ChoiceField(
        what="the year to prepare", label="Which year is to be billed?", choices=[]
    )
    choice = fields.SelectField(
        what="a choice to try",
        label="Try another choice beside it?",
        help_text="The preview then shows both. Billing always follows the council’s own choice.",
        choices=[],
        required=False,
    )
    percent = fields.WholeNumberField(
        what="the per cent to try",
        label="What if it were",
        suffix="%",
        min_value=0,
        max_value=100,  # more is in nobody's power, for any of the choices offered
        required=False,
    )

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        known = queries.years_known(visit.today)[::-1]
        forms.offer(self, "year", [(one.name, one.name) for one in known])
        titles = queries.choices(known[0]) if known else {}
        none = ("", "No, only the council’s own choices")
        forms.offer(self, "choice", [none, *titles.items()])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        chosen, percent = given.get("choice"), given.get("percent")
        if chosen and percent is None and "percent" not in self.errors:
            self.add_error("percent", "Enter the per cent to try")
        if percent is not None and not chosen:
            self.add_error("choice", "Select the choice to try")
        return given


@page(capabilities.PREVIEW_BILLING)
def billing(visit: Visit) -> HttpResponse:
    """List what was prepared and billed, and prepare a year."""
    form = Prepare(visit.POST or None, visit=visit)
    if form.is_valid():
        given = form.cleaned_data
        what_if = {"name": given["choice"], "value": given["percent"]} if given["choice"] else None
        try:
            with transaction.atomic():
                one_use.spend(visit)
                run = commands.prepare_billing(
                    year=years.Year.named(given["year"]),
                    what_if=what_if,
                    by=visit.actor,
                    on=visit.today,
                )
                tasks.preview_billing.defer(run_id=run.pk)
        except one_use.AlreadySent:
            return redirect("revenues:billing")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("revenues:preview", run.pk)
    return render(visit, "revenues/annual.html", {"form": form, "runs": _runs()})


@page(capabilities.PREVIEW_BILLING)
def preview(visit: Visit, number: int) -> HttpResponse:
    """Show a preview as it is worked out, then what it comes to; commit it with the capability."""
    run = _run(number, annual.PREVIEW)
    state = runs.progress(run)
    if not state.is_done:
        return _watch(visit, run, state, f"Preparing {run.asked['year']}", "accounts worked out")
    found = queries.findings(run)
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        response = _commit(visit, run, form)
        if response is not None:
            return response
    return render(visit, "revenues/annual_preview.html", _shown(visit, run, found) | {"form": form})


@page(capabilities.PREVIEW_BILLING)
def run(visit: Visit, number: int) -> HttpResponse:
    """Show the run that bills a year, as it goes and when it is done."""
    found = _run(number, annual.BILLING)
    state = runs.progress(found)
    title = f"Billing {found.asked['year']}"
    if not state.is_done:
        return _watch(visit, found, state, title, "accounts billed")
    aside = [one for part in found.parts.all() for one in part.result.get("set_aside", [])]
    context = {
        "title": title,
        "totals": annual.totals(found),
        "state": state,
        "by": officers.names({found.by})[found.by],
        "aside": _aside(aside),
    }
    return render(visit, "revenues/annual_done.html", context)


def _commit(visit: Visit, preview_run: Run, form: forms.Form) -> HttpResponse | None:
    """Commit the preview; return where to go, or None with the refusal on the form."""
    try:
        with transaction.atomic():
            one_use.spend(visit)
            made = commands.commit_billing(preview=preview_run, by=visit.actor, on=visit.today)
            tasks.carry_out_billing.defer(run_id=made.pk)
    except one_use.AlreadySent:
        return redirect("revenues:billing")
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(visit, "Billing is committed. Everybody goes on working while it runs.")
    return redirect("revenues:run", made.pk)


def _run(number: int, kind: str) -> Run:
    found = Run.objects.filter(pk=number, kind=kind).first()
    if found is None:
        raise Http404
    return found


def _watch(
    visit: Visit, run_watched: Run, state: runs.Progress, title: str, what: str
) -> HttpResponse:
    context = {
        "title": title,
        "run": run_watched,
        "state": state,
        "total": len(annual.everybody(years.Year.named(run_watched.asked["year"]))),
        "what": what,
        "refresh_seconds": REFRESH_SECONDS if visit.GET.get("refresh") else None,
    }
    return render(visit, "revenues/annual_watch.html", context)


def _runs() -> tables.Table:
    billed = Run.objects.filter(kind=annual.BILLING).order_by("-id")[:10]
    rows = [_run_row(one, "revenues:run", "Billing") for one in billed]
    rows += [_run_row(one, "revenues:preview", "Preview") for one in queries.previews(10)]
    names = officers.names({row["by"] for row in rows})
    return tables.Table(
        "Prepared and billed", RUNS, [row | {"by": names[row["by"]]} for row in rows]
    )


def _run_row(one: Run, url_name: str, what: str) -> dict[str, Any]:
    state = runs.progress(one)
    shown = showing.tag(state)
    return {
        "what": f"{what} {one.asked['year']}",
        "href": reverse(url_name, args=[one.pk]),
        "on": one.on,
        "by": one.by,
        "state": shown,
    }


def _shown(visit: Visit, preview_run: Run, found: queries.Findings) -> dict[str, Any]:
    billed = queries.billing_of(found.year)
    may = capabilities.COMMIT_BILLING.slug in visit.actor.capabilities
    return {
        "run": preview_run,
        "found": found,
        "compared": (beside := queries.compared(found)),
        "equivalents": _tenths(beside.equivalents_tenths),
        "taxbase": _tenths(found.taxbase_tenths) if found.taxbase_tenths is not None else "",
        "steps": _by_step(found),
        "today": visit.today,
        "change_pence": found.due_pence - found.last_pence,
        "tried_change_pence": found.tried_pence - found.due_pence,
        "tried_title": queries.choices(found.year).get(str(found.what_if.get("name")), ""),
        "table": _by_band(found),
        "chart": _chart(found),
        "aside": _aside(found.set_aside),
        "billed": billed,
        "may_commit": may and billed is None and preview_run.by != visit.actor.reference,
        "own": may and billed is None and preview_run.by == visit.actor.reference,
        "by": officers.names({preview_run.by})[preview_run.by],
    }


def _by_band(found: queries.Findings) -> tables.Table:
    rows = [_row(band, row, found) for band, row in found.now.items()]
    total: dict[str, Any] = {"band": "All"}
    for column in BY_BAND[1:]:
        total[column.key] = sum(row[column.key] or 0 for row in rows)
    if not found.last:
        total["last"] = None
    return tables.Table("By band, for the whole year", BY_BAND, rows, total=total)


def _row(band: str, row: dict[str, int], found: queries.Findings) -> dict[str, Any]:
    """Return one band. Band A with a disabled reduction was Band A in last year's list."""
    discounts = row["resident_discount"] + row["empty_discount"] + row["annexe_reduction"]
    return {
        "band": band,
        "accounts": row["accounts"],
        "gross": row["gross"],
        "discounts": -discounts,
        "premiums": row["long_term_premium"] + row["second_home_premium"],
        "reductions": -row["reduction"] - row["relief"],
        "due": row["due"],
        "last": found.last[band][1] if band in found.last else None,
    }


def _by_step(found: queries.Findings) -> tables.Table:
    """Return what each discount, premium and reduction comes to, and for how many accounts."""
    rows = [
        {
            "step": title,
            "accounts": queries.total(found.now, f"with_{step}"),
            "pence": sign * queries.total(found.now, step),
        }
        for step, (title, sign) in STEPS.items()
    ]
    return tables.Table("By discount, premium and reduction", BY_STEP, rows)


def _tenths(number: int) -> str:
    return f"{number // 10:,}.{number % 10}"


def _chart(found: queries.Findings) -> charts.Chart:
    most = max(found.now, key=lambda band: found.now[band]["due"])
    return charts.bars(
        f"What {found.year.name} comes to, by band",
        f"Band {most} pays the most: {wording.money(found.now[most]['due'])} of "
        f"{wording.money(found.due_pence)}.",
        [(band, row["due"]) for band, row in found.now.items()],
        of="Band",
        shows=wording.money,
    )


def _aside(set_aside: list[Any]) -> tables.Table | None:
    if not set_aside:
        return None
    known = dict(
        models.Account.objects.filter(pk__in=[number for number, _ in set_aside]).values_list(
            "pk", "reference"
        )
    )
    rows = [
        {
            "account": known.get(number, "?"),
            "href": reverse("revenues:account", args=[known.get(number, "0")]),
            "reason": reason,
        }
        for number, reason in set_aside
    ]
    columns = (tables.text("account", "Account", link="href"), tables.text("reason", "Why not"))
    return tables.Table("Accounts that cannot be billed", columns, rows)
