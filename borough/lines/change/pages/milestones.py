"""Milestones: every one in a list, and setting, putting off and meeting one."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from borough.kernel import doing
from borough.kernel.pages import fields, forms, paging, tables
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, models
from borough.lines.change.commands import milestones as commands
from borough.lines.change.pages import choosing, initiatives
from borough.lines.change.queries import initiatives as queries

ALL = (
    tables.text("title", "Milestone"),
    tables.text("initiative", "Initiative", link="href"),
    tables.day("first_due", "First due"),
    tables.day("due", "Worked to"),
    tables.text("state", "Stands"),
)


class New(forms.Form):
    title = fields.TextField(
        what="what is reached", label="What will have been reached?", max_length=120
    )
    due = fields.DayField(
        what="the day by which it is to be met",
        label="By which day?",
        help_text="Whether it was met in time goes by this day, even if you put it off later.",
    )


class PutOff(forms.Form):
    due = fields.DayField(what="the new day", label="To which day do you work now?")
    because = fields.LongTextField(what="why", label="Why?", max_length=1000)


class Met(forms.Form):
    met_on = fields.DayField(what="the day on which it was met", label="On which day was it met?")
    evidence = fields.LongTextField(
        what="by what it can be seen",
        label="By what can it be seen?",
        help_text="A document, a page, a figure: so that somebody else can look.",
        max_length=1000,
    )


@page(capabilities.SEE_CHANGE)
def milestones(visit: Visit) -> HttpResponse:
    """List every milestone, the next first."""
    shown = paging.numbered(queries.milestones(), visit.GET)
    rows = [
        {
            "title": card.milestone.title,
            "initiative": card.milestone.initiative.title,
            "href": choosing.address(card.milestone.initiative_id),
            "first_due": card.first_due,
            "due": card.due,
            "state": initiatives.milestone_state(card, visit.today),
        }
        for card in shown
    ]
    table = tables.Table("Milestones", ALL, rows, empty="No milestone is set.")
    return render(visit, "change/milestones.html", {"table": table, "page": shown})


@page(capabilities.OWN_INITIATIVE)
def new(visit: Visit, number: int) -> HttpResponse:
    """Set a milestone."""
    found = choosing.initiative(number)
    deed = doing.Deed(
        title="Set a milestone",
        says=found.title,
        act=lambda title, due: commands.set_milestone(
            initiative=found, title=title, due=due, by=visit.actor, on=visit.today
        ),
        done="Milestone set",
        back=choosing.address(number),
        places={commands.PastDay: "due"},
    )
    return doing.answer(visit, New(doing.asked(visit)), deed)


@page(capabilities.OWN_INITIATIVE)
def put_off(visit: Visit, number: int) -> HttpResponse:
    """Work to another day."""
    found = _milestone(number)
    deed = doing.Deed(
        title="Put a milestone off",
        says=f"{found.title}. The day that was set first stays, and whether it was met in time "
        "goes by that one.",
        act=lambda due, because: commands.put_off(
            milestone=found, due=due, because=because, by=visit.actor, on=visit.today
        ),
        done="Put off",
        back=choosing.address(found.initiative_id),
        places={commands.PastDay: "due", commands.SameDay: "due"},
        over=_over(found),
    )
    return doing.answer(visit, PutOff(doing.asked(visit)), deed)


@page(capabilities.OWN_INITIATIVE)
def meet(visit: Visit, number: int) -> HttpResponse:
    """Say that a milestone was met."""
    found = _milestone(number)

    def act(met_on: date, evidence: str) -> None:
        commands.meet(
            milestone=found, met_on=met_on, evidence=evidence, by=visit.actor, on=visit.today
        )

    deed = doing.Deed(
        title="Say that a milestone was met",
        says=found.title,
        act=act,
        done="Milestone met",
        back=choosing.address(found.initiative_id),
        places={commands.NotYet: "met_on"},
        over=_over(found),
    )
    form = Met(doing.asked(visit), initial={"met_on": visit.today})
    return doing.answer(visit, form, deed)


def _milestone(number: int) -> models.Milestone:
    rows = models.Milestone.objects.select_related("initiative", "met")
    return get_object_or_404(rows, pk=number)


def _over(found: models.Milestone) -> str:
    return "This milestone was met already." if hasattr(found, "met") else ""
