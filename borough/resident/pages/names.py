"""Who somebody is: their name, and whether they live."""

from typing import Any

from django.forms import TextInput
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.people import capabilities, commands
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal
from borough.resident.pages import subjects

OF_SOMEBODY_ELSE = {"autocomplete": "off", "spellcheck": "false"}
OF_HUMANS = ("title", "given_names")


class Name(forms.Form):
    title = fields.TextField(
        what="the title",
        label="Title",
        max_length=20,
        required=False,
        widget=TextInput(OF_SOMEBODY_ELSE),
    )
    given_names = fields.TextField(
        what="the given names",
        label="Given names",
        max_length=120,
        required=False,
        widget=TextInput(OF_SOMEBODY_ELSE),
    )
    family_name = fields.TextField(
        what="the family name",
        label="Family name",
        help_text="Somebody with one name alone has it here.",
        max_length=120,
        widget=TextInput(OF_SOMEBODY_ELSE),
    )
    since = fields.DayField(
        what="the day from which they have this name",
        label="From which day do they have this name?",
        help_text="For example 27 3 2025. Today, when only the spelling was wrong.",
    )

    def __init__(self, answers: Any, *, person: Person) -> None:
        now = {name: getattr(person, name) for name in (*OF_HUMANS, "family_name")}
        super().__init__(answers, initial=now)
        if person.kind == Person.Kind.ORGANISATION:
            for name in OF_HUMANS:
                del self.fields[name]
            self.fields["family_name"].label = "Name"
            self.fields["family_name"].help_text = ""


class Death(forms.Form):
    died_on = fields.DayField(
        what="the day of death",
        label="On which day did they die?",
        help_text="As on the death certificate, for example 27 3 2025.",
    )


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def correct(visit: Visit, number: int) -> HttpResponse:
    """Correct a name."""
    person = subjects.person(number)
    deed = doing.Deed(
        title="Change the name",
        says="Letters and pages use the new name. The name until now is kept among the former "
        "ones.",
        act=lambda **answers: commands.correct_name(
            person=person, by=visit.actor, on=visit.today, **answers
        ),
        done="Name changed",
        back=reverse("resident", args=[number]),
        places={
            commands.NotAName: "family_name",
            commands.AlreadyRecorded: "family_name",
            commands.NotADay: "since",
        },
    )
    return doing.answer(visit, Name(doing.asked(visit), person=person), deed)


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def death(visit: Visit, number: int) -> HttpResponse:
    """Record a date of death."""
    person = subjects.person(number)
    deed = doing.Deed(
        title="Record a date of death",
        says="The page of this person says so from now on. No charge and no letter changes by "
        "itself: end or change the accounts that they hold.",
        act=lambda died_on: commands.record_death(
            person=person, died_on=died_on, by=visit.actor, on=visit.today
        ),
        done="Date of death recorded",
        back=reverse("resident", args=[number]),
        places={commands.NotADay: "died_on", commands.AlreadyRecorded: "died_on"},
    )
    known = {"died_on": person.date_of_death}
    return doing.answer(visit, Death(doing.asked(visit), initial=known), deed)


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def alive(visit: Visit, number: int) -> HttpResponse:
    """Take a date of death back."""
    back = reverse("resident", args=[number])
    person = subjects.person(number)
    if person.date_of_death is None:
        return redirect(back)
    deed = doing.Deed(
        title="Take the date of death back",
        says="It was recorded by mistake: this person is alive.",
        act=lambda: commands.take_back_death(person=person, by=visit.actor, on=visit.today),
        done="Date of death taken back",
        back=back,
        button="Take it back",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)
