"""Asking the hardship fund from one's own account, and how it stands."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from borough.kernel import clock, doing
from borough.kernel.pages import fields, forms, wording
from borough.resident.fund import models, taking
from borough.resident.fund.queries import applications
from borough.resident.own import commands
from borough.resident.own.door import Visit, own
from borough.resident.own.purposes import SELF


class Asking(forms.Form):
    """What a resident asks for: short, for it is asked in need."""

    strand = fields.ChoiceField(
        what="what you ask for",
        label="What do you ask for?",
        choices=[(one.value, one.label) for one in models.ASKED_FOR],
        hints={
            models.Strand.CRISIS: "For something that you need and cannot pay for now.",
            models.Strand.HOUSING: "If you get Housing Benefit, or help with your rent in "
            "Universal Credit.",
        },
    )
    is_for = fields.ChoiceField(
        what="what it is for", label="What is it for?", choices=models.Application.For.choices
    )
    words = fields.LongTextField(
        what="what happened",
        label="What happened?",
        help_text="A few words are enough. We ring you if we need to know more.",
        required=False,
        max_length=2000,
        rows=4,
    )
    pence = fields.MoneyField(
        what="how much you need", label="How much do you need?", required=False, least_pence=1
    )


@own
def fund(visit: Visit) -> HttpResponse:
    """Let a resident ask the fund; tell how each time stands that they asked."""
    person = visit.account.person
    found = applications.for_person(person.pk, purpose=SELF, on=visit.today)
    deed = doing.Deed(
        title="Ask the hardship fund for help",
        says=_says(found),
        act=lambda **answers: commands.ask_fund(
            person=person,
            asked=_asked(**answers),
            at=clock.moment(),
            by=visit.resident,
            on=visit.today,
        ),
        done="Sent. An officer looks at it and writes to you",
        back=reverse("own-fund"),
        places={taking.NotOpen: "strand", taking.AlreadyAsked: "strand"},
        button="Send",
    )
    return doing.answer(visit, Asking(doing.asked(visit)), deed, template="own/fund.html")


def _asked(**answers: Any) -> taking.Asked:
    return taking.Asked(how=taking.HOW.OWN, **answers)


def _says(found: list[applications.Standing]) -> str:
    """Return how what they asked for before stands, or how it goes."""
    if not found:
        return "It is not a loan. An officer decides, and writes to you why."
    last = found[0]
    asked = wording.day(last.application.on)
    return f"You asked on {asked}: {str(last.state).lower()}. You may ask again when things change."
