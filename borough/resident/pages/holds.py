"""Leaving all debts of somebody alone, whichever service keeps them."""

from django.http import HttpResponse
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.holds import commands, kinds
from borough.kernel.holds.capabilities import PLACE_HOLD
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, personal
from borough.resident.pages import subjects


class Hold(forms.Form):
    kind = fields.ChoiceField(
        what="why they are left alone",
        label="Why are they left alone?",
        choices=[
            (slug, kind.title)
            for slug, kind in kinds.all_kinds().items()
            if kinds.PERSON in kind.owner and kind.placed_with == PLACE_HOLD.slug
        ],
    )
    ends = fields.DayField(
        what="the day on which it ends",
        label="Until which day?",
        help_text="For example 27 6 2026. Leave it empty when you do not know yet.",
        required=False,
    )


@personal(PLACE_HOLD, subject=subjects.subject)
def hold(visit: Visit, number: int) -> HttpResponse:
    """Place a hold on a person: every debt is left alone."""
    person = subjects.person(number)
    deed = doing.Deed(
        title="Leave all debts alone for a time",
        says="From today no service presses any debt of theirs while it holds. Somebody is asked "
        "to look at it again, so that nothing is forgotten. Payments go on as they are.",
        act=lambda kind, ends: commands.place_hold(
            kind=kind,
            upon=commands.Upon(person=person),
            ends=ends,
            by=visit.actor,
            on=visit.today,
        ),
        done="All debts are left alone from today",
        back=reverse("resident", args=[number]),
        places={commands.AlreadyHeld: "kind", commands.NotADay: "ends"},
    )
    return doing.answer(visit, Hold(doing.asked(visit)), deed)
