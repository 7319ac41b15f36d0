"""Business cases: why, the options beside one another, and the choice."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, models
from borough.lines.change.commands import cases as commands
from borough.lines.change.pages import choosing

OPTIONS = (
    tables.text("title", "Option"),
    tables.money("once", "Costs once"),
    tables.money("yearly", "Costs a year"),
    tables.text("benefits", "What it brings"),
    tables.text("risks", "What may go wrong"),
)
NOTHING = "Do nothing"


class Option(forms.Form):
    once_pence = fields.MoneyField(
        what="what it costs once",
        label="What does it cost once?",
        least_pence=-fields.LARGEST_PENCE,
    )
    yearly_pence = fields.MoneyField(
        what="what it costs a year",
        label="What does it cost a year?",
        help_text="Below zero if it saves.",
        least_pence=-fields.LARGEST_PENCE,
    )
    benefits = fields.LongTextField(
        what="what it brings", label="What does it bring, and to whom?", max_length=2000
    )
    risks = fields.LongTextField(
        what="what may go wrong", label="What may go wrong?", max_length=2000
    )


class Named(Option):
    title = fields.TextField(what="the option", label="What is the option called?", max_length=120)
    field_order = ("title",)


class New(Option):
    why = fields.LongTextField(
        what="why something should be done", label="Why should anything be done?", max_length=3000
    )
    field_order = ("why",)


class Decision(forms.Form):
    option = fields.ChoiceField(what="an option", label="Which option?", choices=())
    because = fields.LongTextField(what="why", label="Why?", max_length=2000)


@page(capabilities.OWN_INITIATIVE)
def write(visit: Visit, number: int) -> HttpResponse:
    """Write a business case."""
    found = choosing.initiative(number)

    def act(why: str, **given: Any) -> None:
        nothing = commands.Choice(title=NOTHING, **given)
        commands.write(initiative=found, why=why, nothing=nothing, by=visit.actor, on=visit.today)

    deed = doing.Deed(
        title="Write a business case",
        says=f"{found.title}. It begins with doing nothing: what would that cost, bring and risk? "
        "Then add what else could be done.",
        act=act,
        done="Business case begun. Add its other options",
        back=choosing.address(number),
    )
    return doing.answer(visit, New(doing.asked(visit)), deed)


@page(capabilities.SEE_CHANGE)
def case(visit: Visit, number: int) -> HttpResponse:
    """Show a business case with its options."""
    found = _case(number)
    decision = getattr(found, "decision", None)
    rows = [components.Row("Written", wording.day(found.on))]
    flags = [cells.Tag("To be decided", "blue")]
    if decision:
        rows += [
            components.Row("Decided", wording.day(decision.on)),
            components.Row("For", decision.option.title),
            components.Row("Why", decision.because),
        ]
        flags = [cells.Tag("Decided", "green")]
    title = f"Business case: {found.initiative.title}"
    return render(
        visit,
        "change/case.html",
        {
            "identity": components.Identity(title, rows, flags),
            "case": found,
            "options": _options(found),
            "ways": _ways(found, visit) if decision is None else [],
            "back": choosing.address(found.initiative_id),
        },
    )


@page(capabilities.OWN_INITIATIVE)
def option(visit: Visit, number: int) -> HttpResponse:
    """Add an option to a case."""
    found = _case(number)
    deed = doing.Deed(
        title="Add an option",
        says=found.initiative.title,
        act=lambda **given: commands.add_option(
            case=found, choice=commands.Choice(**given), by=visit.actor, on=visit.today
        ),
        done="Option added",
        back=_address(number),
        over=_over(found),
    )
    return doing.answer(visit, Named(doing.asked(visit)), deed)


@page(capabilities.DECIDE_CHANGE)
def decide(visit: Visit, number: int) -> HttpResponse:
    """Decide for an option."""
    found = _case(number)
    options = {str(one.pk): one for one in found.options.order_by("pk")}
    form = Decision(doing.asked(visit))
    forms.offer(form, "option", [(key, one.title) for key, one in options.items()])
    deed = doing.Deed(
        title="Decide on a business case",
        says=f"{found.initiative.title}. {found.why}",
        act=lambda option, because: commands.decide(
            case=found, option=options[option], because=because, by=visit.actor, on=visit.today
        ),
        done="Decided",
        back=_address(number),
        button="Decide",
        over=_over(found),
    )
    also = {"steps": _options(found)}
    return doing.answer(visit, form, deed, template="change/decide.html", also=also)


def _case(number: int) -> models.Case:
    rows = models.Case.objects.select_related("initiative", "decision__option")
    return get_object_or_404(rows, pk=number)


def _address(number: int) -> str:
    return reverse("change:case", args=[number])


def _over(found: models.Case) -> str:
    return "This case was decided already." if hasattr(found, "decision") else ""


def _options(found: models.Case) -> tables.Table:
    rows = [
        {
            "title": one.title,
            "once": one.once_pence,
            "yearly": one.yearly_pence,
            "benefits": one.benefits,
            "risks": one.risks,
        }
        for one in found.options.order_by("pk")
    ]
    return tables.Table("Options", OPTIONS, rows)


def _ways(found: models.Case, visit: Visit) -> list[cells.Link]:
    may, ways = visit.actor.capabilities, []
    if capabilities.OWN_INITIATIVE.slug in may:
        ways.append(cells.Link("Add an option", reverse("change:case_option", args=[found.pk])))
    if capabilities.DECIDE_CHANGE.slug in may and visit.actor.reference != found.by:
        ways.append(cells.Link("Decide", reverse("change:case_decision", args=[found.pk])))
    return ways
