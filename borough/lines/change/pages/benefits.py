"""What an initiative may bring, and recording what it brought."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing, joining
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, models, owners
from borough.lines.change.commands import benefits as commands
from borough.lines.change.pages import choosing
from borough.rules import years

BENEFITS = (
    tables.text("title", "Benefit", link="href"),
    tables.text("sort", "Class"),
    tables.money("low", "At the least, a year"),
    tables.money("mid", "Most likely"),
    tables.money("high", "At the most"),
    tables.money("brought", "Brought so far"),
)
REALISED = (
    tables.text("year", "Year"),
    tables.money("amount", "Brought"),
    tables.money("full_year", "In a full year"),
    tables.text("deadweight", "Would have come anyway"),
    tables.text("evidence", "Seen in"),
    tables.text("state", "Stands"),
)
CASH = {"A1", "A2", "A3"}
CLASSES = [(one.value, f"{one.value}: {one.label}") for one in models.Class]
YEARS_SHOWN = 4


class New(forms.Form):
    title = fields.TextField(what="what it brings", label="What does it bring?", max_length=120)
    benefit_class = fields.ChoiceField(
        what="what sort of benefit it is",
        label="What sort of benefit is it?",
        help_text="Only A1, A2 and A3 are cash. The others are shown beside, never added to it.",
        choices=CLASSES,
    )
    low_pence = fields.MoneyField(
        what="the least that it brings a year",
        label="What does it bring a year, at the least?",
        least_pence=-fields.LARGEST_PENCE,
    )
    mid_pence = fields.MoneyField(
        what="what it most likely brings a year",
        label="What does it most likely bring a year?",
        least_pence=-fields.LARGEST_PENCE,
    )
    high_pence = fields.MoneyField(
        what="the most that it brings a year",
        label="What does it bring a year, at the most?",
        least_pence=-fields.LARGEST_PENCE,
    )
    starts = fields.DayField(what="the day from which it brings that", label="From which day?")
    ends = fields.DayField(
        what="the first day on which it brings that no more",
        label="Until when? The first day on which it no longer does",
        required=False,
    )
    measure = fields.SelectField(
        what="the measure that shows it",
        label="Which measure will show it?",
        choices=(),
        required=False,
        empty="None",
    )
    baseline_line = fields.TextField(
        what="the line of the baseline",
        label="Which line of the baseline falls? Its code",
        max_length=40,
        required=False,
    )


class Brought(forms.Form):
    amount_pence = fields.MoneyField(
        what="what it brought in that year",
        label="What did it bring in that year?",
        help_text="Below zero if it cost more than it brought.",
        least_pence=-fields.LARGEST_PENCE,
    )
    full_year_pence = fields.MoneyField(
        what="what a full year brings",
        label="What does a full year bring?",
        help_text="0 if it happens once only.",
        least_pence=-fields.LARGEST_PENCE,
    )
    deadweight = fields.WholeNumberField(
        what="how much would have come anyway",
        label="How much of it would have come anyway?",
        suffix="%",
        min_value=0,
        max_value=100,
        required=False,
    )
    year = fields.SelectField(what="the year", label="In which financial year?", choices=())
    evidence = fields.TextField(
        what="where it can be seen",
        label="Where can it be seen?",
        help_text="The number of a document, a journal or an invoice.",
        max_length=80,
    )


@page(capabilities.OWN_INITIATIVE)
def new(visit: Visit, number: int) -> HttpResponse:
    """Say what an initiative may bring."""
    found = choosing.initiative(number)
    form = New(doing.asked(visit), initial={"starts": visit.today})
    named = [(one.slug, one.title) for card in joining.cards() for one in card.measures]
    forms.offer(form, "measure", [("", "None"), *named])
    deed = doing.Deed(
        title="Say what it may bring",
        says=f"{found.title}. A guess with its range, before anybody knows: later it is read "
        "beside what came. Both owners answer for it.",
        act=lambda **given: commands.expect(
            initiative=found, hope=_hope(given), by=visit.actor, on=visit.today
        ),
        done="Written down",
        back=choosing.address(number),
        places={commands.NotInOrder: "mid_pence", commands.NoCode: "baseline_line"},
    )
    return doing.answer(visit, form, deed)


@page(capabilities.SEE_CHANGE)
def benefit(visit: Visit, number: int) -> HttpResponse:
    """Show a benefit: what was hoped, what came, and by what it can be seen."""
    found = _benefit(number)
    is_owner = visit.actor.reference in owners.two(found.initiative, visit.today)
    address = reverse("change:benefit_realised", args=[number])
    return render(
        visit,
        "change/benefit.html",
        {
            "identity": _identity(found),
            "realised": _realised(found, may=is_owner),
            "ways": [cells.Link("Record what it brought", address)] if is_owner else [],
            "back": choosing.address(found.initiative_id),
        },
    )


@page(capabilities.OWN_INITIATIVE)
def realise(visit: Visit, number: int) -> HttpResponse:
    """Record what a benefit brought in a year."""
    found = _benefit(number)
    this = years.Year.holding(visit.today)
    names = [years.Year(this.first - back).name for back in range(YEARS_SHOWN)]
    form = Brought(doing.asked(visit), initial={"year": this.name})
    forms.offer(form, "year", [(name, name) for name in names])
    deed = doing.Deed(
        title="Record what it brought",
        says=f"{found.title}. It goes to the shared table as a proposal: it counts there once both "
        "partners have looked at the evidence and signed.",
        act=lambda **given: commands.realise(
            hypothesis=found, brought=_brought(given), by=visit.actor, on=visit.today
        ),
        done="Recorded",
        back=reverse("change:benefit", args=[number]),
        places={commands.NoDeadweight: "deadweight", commands.SaidAlready: "evidence"},
        button="Record it",
    )
    return doing.answer(visit, form, deed)


@page(capabilities.OWN_INITIATIVE)
def take_back(visit: Visit, number: int) -> HttpResponse:
    """Take back what was recorded wrongly."""
    rows = models.Realised.objects.select_related("hypothesis__initiative", "taken_back_by")
    found = get_object_or_404(rows, pk=number)
    deed = doing.Deed(
        title="Take back what was recorded",
        says=f"{wording.money(found.amount_pence)} of {found.year}, seen in {found.evidence}. It "
        "is undone to the penny; that it was recorded stays.",
        act=lambda: commands.take_back(realised=found, by=visit.actor, on=visit.today),
        done="Taken back",
        back=reverse("change:benefit", args=[found.hypothesis_id]),
        button="Take it back",
        over="It was taken back already." if _is_undone(found) else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def table(initiative: models.Initiative) -> tables.Table:
    """Return what an initiative may bring beside what it brought."""
    rows = []
    for one in initiative.hypotheses.order_by("pk").prefetch_related("realised"):
        brought = list(one.realised.all())
        rows.append(
            {
                "title": one.title,
                "href": reverse("change:benefit", args=[one.pk]),
                "sort": one.benefit_class,
                "low": one.low_pence,
                "mid": one.mid_pence,
                "high": one.high_pence,
                "brought": sum(each.amount_pence for each in brought) if brought else None,
            }
        )
    return tables.Table("Benefits", BENEFITS, rows, empty="Nobody has said what it may bring.")


def _hope(given: dict[str, Any]) -> commands.Hope:
    starts: date = given.pop("starts")
    sort = models.Class(given.pop("benefit_class"))
    return commands.Hope(benefit_class=sort, starts=starts, **given)


def _brought(given: dict[str, Any]) -> commands.Brought:
    percent = given["deadweight"]
    return commands.Brought(
        amount_pence=given["amount_pence"],
        full_year_pence=given["full_year_pence"],
        deadweight_bp=None if percent is None else percent * 100,
        year=years.Year.named(given["year"]),
        evidence=given["evidence"],
    )


def _benefit(number: int) -> models.Hypothesis:
    return get_object_or_404(models.Hypothesis.objects.select_related("initiative"), pk=number)


def _identity(found: models.Hypothesis) -> components.Identity:
    titles = {one.slug: one.title for card in joining.cards() for one in card.measures}
    pence = [wording.money(one) for one in (found.low_pence, found.mid_pence, found.high_pence)]
    rows = [
        components.Row("Initiative", found.initiative.title),
        components.Row("Class", f"{found.benefit_class}: {found.get_benefit_class_display()}"),
        components.Row("Hoped for, a year", f"{pence[0]} to {pence[2]}, most likely {pence[1]}"),
        components.Row("When", wording.period(found.starts, found.ends)),
        components.Row("Shown by", titles.get(found.measure, found.measure) or "No measure"),
        components.Row("Line of the baseline", found.baseline_line or "None"),
    ]
    is_cash = found.benefit_class in CASH
    flag = cells.Tag("Cash", "green") if is_cash else cells.Tag("Beside the cash", "grey")
    return components.Identity(found.title, rows, [flag])


def _realised(found: models.Hypothesis, *, may: bool) -> tables.Table:
    several = list(found.realised.select_related("taken_back_by").order_by("pk"))
    rows = [
        {
            "year": one.year,
            "amount": one.amount_pence,
            "full_year": one.full_year_pence,
            "deadweight": f"{one.deadweight_bp / 100:g} %",
            "evidence": one.evidence,
            "state": _state(one, may=may),
        }
        for one in several
    ]
    amount = sum(one.amount_pence for one in several)
    total = {"year": "Together", "amount": amount} if several else None
    return tables.Table(
        "What it brought", REALISED, rows, total=total, empty="Nothing was recorded yet."
    )


def _state(one: models.Realised, *, may: bool) -> object:
    if one.takes_back_id:
        return cells.Tag("Takes back", "grey")
    if _is_undone(one):
        return cells.Tag("Taken back", "grey")
    if not may:
        return cells.Tag("Recorded", "blue")
    address = reverse("change:benefit_reversal", args=[one.pk])
    return cells.Link("Take it back", address, f"{wording.money(one.amount_pence)} of {one.year}")


def _is_undone(one: models.Realised) -> bool:
    return one.takes_back_id is not None or hasattr(one, "taken_back_by")
