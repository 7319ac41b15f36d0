"""How much was collected, of what there was to collect: each figure opens down to its rows."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.ledger.models import Posting
from borough.kernel.pages import (
    charts,
    fields,
    files,
    forms,
    links,
    one_use,
    paging,
    tables,
    wording,
)
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
BY_QUARTER_WORDS = {
    "this": "for the year",
    "arrears": "for earlier years",
    "prepaid": "for later years",
}
BY_QUARTER = (
    tables.text("quarter", "Received in"),
    *(
        tables.money(whose, words[:1].upper() + words[1:], link=f"{whose}_href")
        for whose, words in BY_QUARTER_WORDS.items()
    ),
)
BY_MONTH = (
    tables.text("month", "By the end of"),
    tables.money("collected", "Collected, pounds"),
    tables.money("collectable", "To be collected, pounds"),
    tables.text("rate", "Collection rate, per cent"),
)
FILE = "file"
RECEIVED = "received"
LARGEST_ID = 2**63 - 1
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
        forms.offer(self, "year", [(one.name, one.name) for one in known])


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
    if found is not None and visit.GET.get(FILE):
        return _file(visit, found)
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
    if visit.GET.get(FILE):
        return _file(visit, found)
    context = {"form": forms.Form(), "found": found, **_shown(visit, found)}
    return render(visit, "revenues/collected.html", context)


@page(capabilities.SEE_RETURNS)
def rows(visit: Visit, name: str, what: str) -> HttpResponse:
    """List the postings behind one figure: of a year by what they are, or received in a quarter."""
    year = _year(name)
    counted = _counted(visit)
    title, found = _received(visit, year) if what == RECEIVED else _of_meaning(year, what)
    if counted is not None:
        found = postings.as_counted(found, counted)
    number, pence = postings.total(found)
    stretch = paging.newest_first(postings.rows(found), visit.GET, key="journal_id", within="line")
    context = {
        "table": tables.Table(title, ROWS, postings.as_rows(stretch.rows)),
        "stretch": stretch,
        "title": title,
        "number": number,
        "pence": pence,
        "counted": counted,
    }
    return render(visit, "revenues/collected_rows.html", context)


@page(capabilities.SEE_RETURNS)
def left(visit: Visit, name: str, stage: str) -> HttpResponse:
    """List the accounts behind one figure of what is left, as it was counted, or as of today."""
    known = next((one for one in arrears.STAGES if one == stage), None)
    if known is None:
        raise Http404
    year, counted = _year(name).name, _counted(visit)
    on, batch = (counted.on, counted.left_batch) if counted else (visit.today, None)
    asked = visit.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    found = arrears.accounts(year, known, on, page=number, size=PAGE + 1, batch=batch)
    all_of_year = arrears.by_year_and_stage(on, part=year, batch=batch)
    rows = [
        {"reference": one, "href": reverse("revenues:account", args=[one]), "pence": pence}
        for one, pence in found[:PAGE]
    ]
    context = {
        "what": arrears.STAGES[known],
        "year": year,
        "counted": counted,
        "sum": next((one for one in all_of_year if one.stage == known), None),
        "table": tables.Table(f"{arrears.STAGES[known]}, {year}", ACCOUNTS, rows),
        "before": links.same_page(visit.GET, page=number - 1) if number > 1 else None,
        "after": links.same_page(visit.GET, page=number + 1) if len(found) > PAGE else None,
    }
    return render(visit, "revenues/collected_left.html", context)


def _year(name: str) -> years.Year:
    try:
        return years.Year.named(name)
    except ValueError as error:
        raise Http404 from error


def _counted(visit: Visit) -> queries.Count | None:
    """Return the count from whose figure the officer has come, or None: as the ledger stands."""
    number = visit.GET.get("count", "")
    if not number:
        return None
    run = _run(min(int(number), LARGEST_ID)) if number.isdecimal() else None
    if run is None or not runs.progress(run).is_done:
        raise Http404
    return queries.count(run)


def _of_meaning(year: years.Year, what: str) -> tuple[str, QuerySet[Posting]]:
    try:
        meaning = sources.Meaning(what)
    except ValueError as error:
        raise Http404 from error
    found = postings.that_mean({meaning}).filter(sub_account__part=year.name)
    return f"{sources.TITLES[meaning]}, {year.name}", found


def _received(visit: Visit, year: years.Year) -> tuple[str, QuerySet[Posting]]:
    """Return what was received in a quarter of a year: for it, for earlier or for later years."""
    quarter, whose = visit.GET.get("quarter", ""), visit.GET.get("for", "")
    if quarter not in {"1", "2", "3", "4"} or whose not in queries.WHOSE:
        raise Http404
    starts, ends = queries.quarter(year, int(quarter) - 1)
    found = postings.that_mean(sources.PAID).filter(
        journal__on__gte=starts,
        journal__on__lt=ends,
        **{queries.WHOSE[whose]: year.name},
    )
    words = BY_QUARTER_WORDS[whose]
    return f"Received {queries.QUARTERS[int(quarter) - 1]} {words}, {year.name}", found


def _run(number: int) -> Run:
    found = Run.objects.filter(pk=number, kind=collected.KIND).first()
    if found is None:
        raise Http404
    return found


def _asked_for(visit: Visit, found: queries.Count) -> tuple[Chosen, years.Year | None]:
    """Return which years there are to choose from, and the one to show."""
    known = queries.years_of(found.posted)
    asked = Chosen(visit.GET, known=known)
    name = asked.chosen().get("year")
    return asked, years.Year.named(name) if name else _current(known, found)


def _file(visit: Visit, found: queries.Count) -> HttpResponse:
    """Return the figures behind one of the tables as CSV."""
    _, year = _asked_for(visit, found)
    table = TABLES.get(visit.GET[FILE])
    if year is None or table is None:
        raise Http404
    return files.of_table(f"collected-{visit.GET[FILE]}-{year.name}-{found.on}", table(found, year))


def _shown(visit: Visit, found: queries.Count) -> dict[str, Any]:
    asked, year = _asked_for(visit, found)
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
        "quarters": _by_quarter(found, year),
        "left": _left(found, year),
        "files": {name: links.same_page(visit.GET, **{FILE: name}) for name in TABLES},
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
                "href": _down(found, "rows", year.name, meaning.value),
                "count": sum(one.count for one in some),
                "pence": sum(one.pence for one in some),
            }
        )
    total = {"what": "Left", "count": None, "pence": sum(one.pence for one in mine)}
    return tables.Table(
        f"On the accounts of {year.name}, whenever posted", BY_MEANING, rows, total=total
    )


def _by_quarter(found: queries.Count, year: years.Year) -> tables.Table:
    rows = [
        row
        | {
            f"{whose}_href": _down(found, "rows", year.name, RECEIVED)
            + f"&quarter={number}&for={whose}"
            for whose in BY_QUARTER_WORDS
            if row[whose]
        }
        for number, row in enumerate(queries.by_quarter(found.posted, year), 1)
    ]
    return tables.Table(f"Received in {year.name}", BY_QUARTER, rows)


def _down(found: queries.Count, where: str, *parts: str) -> str:
    """Return the address of the rows behind a figure, as they were counted."""
    return f"{reverse(f'revenues:collected_{where}', args=parts)}?count={found.number}"


def _left(found: queries.Count, _: years.Year) -> tables.Table:
    rows = [
        {
            "year": one.year,
            "stage": one.title,
            "href": _down(found, "left", one.year, one.stage),
            "accounts": one.accounts,
            "pence": one.pence,
        }
        for one in found.left
    ]
    return tables.Table("What is left, by year and how far it has come", LEFT, rows)


def _by_month(found: queries.Count, year: years.Year) -> tables.Table:
    rows = [
        {
            "month": month,
            "collected": one.collected_pence,
            "collectable": one.collectable_pence,
            "rate": None if one.rate_hundredths is None else one.rate.removesuffix("%"),
        }
        for month, one in queries.each_month(found.posted, year, found.on)
    ]
    return tables.Table(f"Collected of {year.name}, by month", BY_MONTH, rows)


TABLES: dict[str, Callable[[queries.Count, years.Year], tables.Table]] = {
    "rate": _by_month,
    "postings": _by_meaning,
    "quarters": _by_quarter,
    "left": _left,
}
"""What can be had as a file, by its name in the address."""


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
