"""How to reach somebody: recording a way, preferring it, ending it."""

from django.forms import TextInput
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.people import capabilities, commands, models
from borough.kernel.visits import Visit, personal
from borough.resident.pages import subjects

KINDS = models.ContactPoint.Kind


class ContactPoint(forms.Form):
    kind = fields.ChoiceField(
        what="how to reach them",
        label="How can they be reached?",
        choices=KINDS.choices,
        hints={KINDS.LETTER: "Where letters go is recorded on a page of its own."},
    )
    value = fields.TextField(
        what="the number or the email address",
        label="Which number or email address?",
        help_text="Leave it empty for letters.",
        max_length=200,
        required=False,
        # An officer types a resident's number: the browser must not offer the officer's own.
        widget=TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    preferred = fields.YesNoField(
        what="yes if they would rather be reached this way than any other",
        label="Would they rather be reached this way than any other?",
    )


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def record(visit: Visit, number: int) -> HttpResponse:
    """Record a way to reach somebody."""
    person = subjects.person(number)
    deed = doing.Deed(
        title="Record a way to reach them",
        says="From today. One way is the preferred one; choosing another takes its place.",
        act=lambda kind, value, preferred: commands.record_contact_point(
            person=person,
            kind=kind,
            value=value,
            preferred=preferred,
            by=visit.actor,
            on=visit.today,
        ),
        done="Way to reach them recorded",
        back=reverse("resident", args=[number]),
        places={commands.NotAWayToReach: "value", commands.AlreadyRecorded: "value"},
    )
    return doing.answer(visit, ContactPoint(doing.asked(visit)), deed)


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def prefer(visit: Visit, number: int, contact_point: int) -> HttpResponse:
    """Make a way to reach somebody the preferred one."""
    back = reverse("resident", args=[number])
    found = _found(visit, number, contact_point)
    if found is None or found.preferred:
        return redirect(back)
    deed = doing.Deed(
        title="Make this the preferred way to reach them",
        says=f"{_named(found)}. It takes the place of the one preferred until now.",
        act=lambda: commands.prefer_contact_point(
            contact_point=found, by=visit.actor, on=visit.today
        ),
        done="Preferred way changed",
        back=back,
        button="Prefer it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def end(visit: Visit, number: int, contact_point: int) -> HttpResponse:
    """End a way to reach somebody."""
    back = reverse("resident", args=[number])
    found = _found(visit, number, contact_point)
    if found is None:
        return redirect(back)
    deed = doing.Deed(
        title="End a way to reach them",
        says=f"{_named(found)}. From today nobody is to use it.",
        act=lambda: commands.end_contact_point(contact_point=found, by=visit.actor, on=visit.today),
        done="Way to reach them ended",
        back=back,
        button="End it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _found(visit: Visit, number: int, contact_point: int) -> models.ContactPoint | None:
    rows = subjects.person(number).contact_points.all()
    return subjects.still_so(rows, contact_point, visit.today)


def _named(found: models.ContactPoint) -> str:
    return f"{found.get_kind_display()} {found.value}".strip()
