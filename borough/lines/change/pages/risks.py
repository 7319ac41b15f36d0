"""Naming a risk, looking at it again, ending it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from borough.kernel import doing
from borough.kernel.officers.models import Officer
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, models
from borough.lines.change.commands import risks as commands
from borough.lines.change.pages import choosing

LIKELIHOOD = [
    ("1", "1: very unlikely"),
    ("2", "2: unlikely"),
    ("3", "3: may happen"),
    ("4", "4: likely"),
    ("5", "5: nearly certain"),
]
IMPACT = [
    ("1", "1: hardly noticed"),
    ("2", "2: some more work"),
    ("3", "3: late, or dearer"),
    ("4", "4: residents are let down"),
    ("5", "5: it fails, or somebody comes to harm"),
]


class Seen(forms.Form):
    likelihood = fields.ChoiceField(
        what="how likely it is", label="How likely is it?", choices=LIKELIHOOD
    )
    impact = fields.ChoiceField(
        what="how bad it would be", label="How bad would it be?", choices=IMPACT
    )
    response = fields.ChoiceField(
        what="what we do about it", label="What do we do about it?", choices=models.Response.choices
    )
    plan = fields.LongTextField(what="how", label="How, in a sentence or two?", max_length=1000)
    owner = fields.SelectField(what="who looks after it", label="Who looks after it?", choices=())
    review_on = fields.DayField(
        what="the day on which somebody looks again", label="When does somebody look again?"
    )


class New(Seen):
    title = fields.TextField(what="what may happen", label="What may happen?", max_length=160)
    field_order = ("title",)


class End(forms.Form):
    because = fields.LongTextField(
        what="why it is none any more", label="Why is it no risk any more?", max_length=1000
    )


@page(capabilities.OWN_INITIATIVE)
def new(visit: Visit, number: int) -> HttpResponse:
    """Name a risk."""
    found = choosing.initiative(number)
    who = choosing.officers(capabilities.OWN_INITIATIVE, visit.today)
    form = New(doing.asked(visit))
    choosing.offer(form, "owner", who)
    deed = doing.Deed(
        title="Name a risk",
        says=found.title,
        act=lambda title, **seen: commands.raise_risk(
            initiative=found, title=title, seen=_seen(seen, who), by=visit.actor, on=visit.today
        ),
        done="Risk named",
        back=choosing.address(number),
        places={commands.PastDay: "review_on"},
    )
    return doing.answer(visit, form, deed)


@page(capabilities.OWN_INITIATIVE)
def look_again(visit: Visit, number: int) -> HttpResponse:
    """Say how a risk is seen now."""
    found = _risk(number)
    who = choosing.officers(capabilities.OWN_INITIATIVE, visit.today)
    last = found.views.order_by("-pk")[0]
    names = ("likelihood", "impact", "response", "plan")
    form = Seen(
        doing.asked(visit),
        initial={name: getattr(last, name) for name in names} | {"owner": last.owner_id},
    )
    choosing.offer(form, "owner", who)
    deed = doing.Deed(
        title="Look at a risk again",
        says=f"{found.title}. How it was seen before stays on record.",
        act=lambda **seen: commands.look_again(
            risk=found, seen=_seen(seen, who), by=visit.actor, on=visit.today
        ),
        done="Looked at again",
        back=choosing.address(found.initiative_id),
        places={commands.PastDay: "review_on"},
        over=_over(found),
    )
    return doing.answer(visit, form, deed)


@page(capabilities.OWN_INITIATIVE)
def end(visit: Visit, number: int) -> HttpResponse:
    """Say that a risk is none any more."""
    found = _risk(number)
    deed = doing.Deed(
        title="It is no risk any more",
        says=found.title,
        act=lambda because: commands.end_risk(
            risk=found, because=because, by=visit.actor, on=visit.today
        ),
        done="Said so",
        back=choosing.address(found.initiative_id),
        over=_over(found),
    )
    return doing.answer(visit, End(doing.asked(visit)), deed)


def _seen(given: dict[str, Any], who: dict[str, Officer]) -> commands.Seen:
    return commands.Seen(
        likelihood=int(given["likelihood"]),
        impact=int(given["impact"]),
        response=models.Response(given["response"]),
        plan=given["plan"],
        owner=who[given["owner"]],
        review_on=given["review_on"],
    )


def _risk(number: int) -> models.Risk:
    return get_object_or_404(models.Risk.objects.select_related("initiative", "end"), pk=number)


def _over(found: models.Risk) -> str:
    return "This was said to be no risk any more." if hasattr(found, "end") else ""
