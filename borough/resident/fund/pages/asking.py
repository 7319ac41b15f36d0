"""The page on which an application is taken down, with what was asked before."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import clock, doing
from borough.kernel.pages import fields, forms
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit
from borough.resident.fund import capabilities, figures, models, taking
from borough.resident.fund.commands import asking as commands
from borough.resident.fund.pages import showing
from borough.resident.fund.queries import applications
from borough.resident.plans.pages import opening

HOW = [choice for choice in taking.HOW.choices if choice[0] != taking.HOW.OWN]


class Asking(forms.Form):
    """What somebody asks for, and who asks."""

    strand = fields.ChoiceField(
        what="what they ask for",
        label="What do they ask for?",
        choices=[(one.value, one.label) for one in models.ASKED_FOR],
        hints={
            models.Strand.CRISIS: "For an urgent need, whether or not they get a benefit.",
            models.Strand.HOUSING: "For who gets Housing Benefit, or help with the rent in "
            "Universal Credit.",
        },
    )
    is_for = fields.ChoiceField(
        what="what it is for",
        label="What is it for?",
        choices=models.Application.For.choices,
    )
    words = fields.LongTextField(
        what="what they said",
        label="What do they say, in their own words?",
        required=False,
        max_length=2000,
        rows=4,
    )
    pence = fields.MoneyField(
        what="how much they ask for",
        label="How much do they ask for?",
        required=False,
        least_pence=1,
    )
    how = fields.ChoiceField(what="how it came", label="How did they ask?", choices=HOW)
    asked_for_by = fields.TextField(
        what="who asks for them",
        label="If somebody else asks for them: who, and for which organisation?",
        required=False,
        max_length=120,
    )
    consent = fields.YesNoField(
        what="yes if the resident agrees",
        label="If somebody else asks for them: does the resident agree to it?",
        required=False,
    )
    landlord = fields.WholeNumberField(
        what="the number of the landlord’s record",
        label="If a landlord is to be paid: what is the number of their record here?",
        help_text="For help with housing alone. Find them by name; the number is in the address.",
        required=False,
    )


@opening.helping(capabilities.TAKE_APPLICATION)
def asking(visit: Visit, number: int) -> HttpResponse:
    """Take down an application, beside what was asked before."""
    person = opening.person(number)
    deed = doing.Deed(
        title="Ask the hardship fund",
        says="",
        act=lambda **answers: _take(visit, person, **answers),
        done="Taken down. Look at need and urgency next",
        back=reverse("fund:asking", args=[number]),
        places={
            taking.NotOpen: "strand",
            taking.NoConsent: "consent",
            taking.NotTheirLandlord: "landlord",
        },
        button="Take it down",
    )
    form = Asking(doing.asked(visit))
    if visit.method == "POST":
        return doing.answer(visit, form, deed, template="fund/asking.html")
    before = applications.for_person(number, purpose=visit.purpose, on=visit.today)
    return render(
        visit,
        "fund/asking.html",
        {
            "form": form,
            "deed": deed,
            "button": deed.button,
            "cancel": reverse("resident", args=[number]),
            "scheme": figures.scheme(visit.today),
            "before": showing.table("What was asked before", before) if before else None,
        },
    )


def _take(visit: Visit, person: Person, *, landlord: int | None, **answers: Any) -> object:
    payee = None
    if landlord is not None:
        payee = Person.objects.filter(pk=min(landlord, opening.LARGEST_ID)).first()
        if payee is None:
            raise taking.NotTheirLandlord("There is no record with this number. Find it by name.")
    answers["consent"] = bool(answers["consent"])
    asked = taking.Asked(payee=payee, **answers)
    return commands.take_application(
        person=person, asked=asked, at=clock.moment(), by=visit.actor, on=visit.today
    )
