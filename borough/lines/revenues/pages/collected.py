"""How much was collected, of what there was to collect: each figure opens down to its rows."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.pages import charts, fields, forms, links, one_use, paging, tables, wording
from borough.kernel.runs import queries as runs
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities, collected, sources, tasks
from borough.lines.revenues.commands import collected as commands
from borough.lines.revenues.queries import arrears, postings
from borough.lines.revenues.queries import collected as queries
from borough.rules import years
from borough.rules.council_tax import collection_rate

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
BY_MEANING = (
    tables.text("what", "What", link="href"),
    tables.number("count", "Postings"),
    tables.money("pence", "Amount"),
)
BY_QUARTER = (
    tables.text("quarter", "Received in"),
    tables.money("this", "For the year"),
    tables.money("arrears", "For earlier years"),
    tables.money("prepaid", "For later years"),
)
LEFT = (
    tables.text("year", "For"),
    tables.text("stage", "How far it has come", link="href"),
    tables.number("accounts", "Accounts"),
    tables.money("pence", "Amount"),
)
ROWS = (
    tables.day("on", "Day"),
    tables.text("reference", "Account", link="href"),
    tables.text("narrative", "What"),
    tables.money("pence", "Amount"),
)


PRESSED = {
    "No step taken": ("none",),
    "In an arrangement": ("arrangement",),
    "Reminded": ("reminder", "second_reminder", "final_notice"),
    "Court and after": (
        *("summons", "refused", "withdrawn", "liability_order"),
        *("attachment", "agent"),
    ),
}
ACCOUNTS = (
    tables.text("reference", "Account", link="href"),
    tables.money("pence", "Left"),
)
PAGE = 50


class Chosen(forms.FilterForm):
    """The year to show."""

    year = fields.SelectField(what="a year", label="Which year?", choices=[], required=False)

    def __init__(self, *args: Any, known: list[years.Year], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [(one.name, one.name) for one in known]  # type: ignore[attr-defined]


@page(capabilities.SEE_RETURNS)
def newest(visit: Visit) -> HttpResponse:
    """Show the newest count of the ledger; count it again when asked."""
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                run = commands.ask_figures(by=visit.actor, on=visit.today)
                tasks.count_collected.defer(run_id=run.pk)
        except one_use.AlreadySent:
            return redirect("revenues:collected")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("revenues:collected_on", run.pk)
    found = queries.newest()
    context = {"form": form, "found": found, **(_shown(visit, found) if found else {})}
    return render(visit, "revenues/collected.html", context)


@page(capabilities.SEE_RETURNS)
def count(visit: Visit, number: int) -> HttpResponse:
    """Show one count of the ledger, or how far it is."""
    run = _run(number)
    state = runs.progress(run)
    if not state.is_done:
        watched = {"state": state, "refresh_seconds": links.refresh_seconds(visit.GET)}
        return render(visit, "revenues/collected_watch.html", watched)
    found = queries.count(run)
    context = {"form": forms.Form(), "found": found, **_shown(visit, found)}
    return render(visit, "revenues/collected.html", context)


@page(capabilities.SEE_RETURNS)
def rows(visit: Visit, name: str, what: str) -> HttpResponse:
    """List the postings behind one figure: of a year, by what they are."""
    try:
        year, meaning = years.Year.named(name), sources.Meaning(what)
    except ValueError as error:
        raise Http404 from error
    found = postings.of_meaning(year.name, meaning)
    stretch = paging.newest_first(found, visit.GET, key="journal_id")
    table = tables.Table(
        f"{sources.TITLES[meaning]}, {year.name}", ROWS, postings.as_rows(stretch.rows)
    )
    context = {"table": table, "stretch": stretch, "year": year, "what": sources.TITLES[meaning]}
    return render(visit, "revenues/collected_rows.html", context)


@page(capabilities.SEE_RETURNS)
def left(visit: Visit, name: str, stage: str) -> HttpResponse:
    """List the accounts behind one figure of what is left, as the ledger stands today."""
    known = next((one for one in arrears.STAGES if one == stage), None)
    if known is None or not name[:4].isdecimal():
        raise Http404
    asked = visit.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    found = arrears.accounts(name, stage, visit.today, page=number, size=PAGE + 1)
    rows = [
        {"reference": one, "href": reverse("revenues:account", args=[one]), "pence": pence}
        for one, pence in found[:PAGE]
    ]
    context = {
        "what": arrears.STAGES[stage],
        "year": name,
        "table": tables.Table(f"{arrears.STAGES[stage]}, {name}", ACCOUNTS, rows),
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if len(found) > PAGE else None,
    }
    return render(visit, "revenues/collected_left.html", context)


def _run(number: int) -> Run:
    found = Run.objects.filter(pk=number, kind=collected.KIND).first()
    if found is None:
        raise Http404
    return found


def _shown(visit: Visit, found: queries.Count) -> dict[str, Any]:
    known = queries.years_of(found.posted)
    asked = Chosen(visit.GET, known=known)
    name = asked.chosen().get("year")
    year = years.Year.named(name) if name else _current(known, found)
    if year is None:
        return {"year": None}
    of_year = queries.of_year(found.posted, year)
    return {
        "filter": asked,
        "year": year,
        "of_year": of_year,
        "is_over": found.on >= year.ends,
        "chart": _chart(found, year),
        "meanings": _by_meaning(found, year),
        "quarters": tables.Table(
            f"Received in {year.name}", BY_QUARTER, queries.by_quarter(found.posted, year)
        ),
        "left": _left(found),
        "left_chart": _left_chart(found),
    }


def _current(known: list[years.Year], found: queries.Count) -> years.Year | None:
    """Return the year in which the count was made, or the newest one charged before it."""
    begun = [year for year in known if year.starts <= found.on]
    return begun[0] if begun else (known[0] if known else None)


def _chart(found: queries.Count, year: years.Year) -> charts.Chart:
    series = {
        one.name: queries.by_month(found.posted, one, found.on) for one in (year, year.preceding)
    }
    known = [rate for rate in series[year.name] if rate is not None]
    finding = (
        f"{collection_rate.as_percent(known[-1])} of what was charged for {year.name} was in by "
        f"{found.on.day} {found.on:%B %Y}."
        if known
        else f"Nothing of {year.name} has been counted yet."
    )
    shown = {name: rates for name, rates in series.items() if any(one is not None for one in rates)}
    return charts.lines(
        "Collected so far, by month",
        finding,
        MONTHS,
        {
            name: [None if one is None else max(one, 0) for one in rates]
            for name, rates in shown.items()
        },
        of="By the end of",
        shows=collection_rate.as_percent,
    )


def _by_meaning(found: queries.Count, year: years.Year) -> tables.Table:
    mine = [one for one in found.posted if one.year == year.name]
    rows = []
    for meaning, title in sources.TITLES.items():
        some = [one for one in mine if one.meaning is meaning]
        if not some:
            continue
        rows.append(
            {
                "what": title,
                "href": reverse("revenues:collected_rows", args=[year.name, meaning.value]),
                "count": sum(one.count for one in some),
                "pence": sum(one.pence for one in some),
            }
        )
    total = {"what": "Left", "count": None, "pence": sum(one.pence for one in mine)}
    return tables.Table(
        f"On the accounts of {year.name}, whenever posted", BY_MEANING, rows, total=total
    )


def _left(found: queries.Count) -> tables.Table:
    rows = [
        {
            "year": one.year,
            "stage": one.title,
            "href": reverse("revenues:collected_left", args=[one.year, one.stage]),
            "accounts": one.accounts,
            "pence": one.pence,
        }
        for one in found.left
    ]
    return tables.Table("What is left, by year and how far it has come", LEFT, rows)


def _left_chart(found: queries.Count) -> charts.Chart | None:
    """Draw what is owed by year, in four parts: how hard it is pressed."""
    owed = [one for one in found.left if one.pence > 0]
    if not owed:
        return None
    named = sorted({one.year for one in owed}, reverse=True)
    counts = [
        (
            year,
            [
                sum(one.pence for one in owed if one.year == year and one.stage in stages)
                for stages in PRESSED.values()
            ],
        )
        for year in named
    ]
    total = sum(one.pence for one in owed)
    held = sum(one.pence for one in owed if one.stage == "arrangement")
    finding = f"{wording.money(total)} is left; {wording.money(held)} of it is in arrangements."
    return charts.stacked_bars(
        "What is left, by year",
        finding,
        counts,
        series=list(PRESSED),
        of="For",
        shows=wording.money,
    )
