"""Where somebody's letters go when not to their home."""

from django.forms import TextInput
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.people import capabilities, commands
from borough.kernel.visits import Visit, personal
from borough.resident.pages import subjects

FOR_EXAMPLE = "For example 27 3 2026."


class Correspondence(forms.Form):
    lines = fields.LongTextField(
        what="the address",
        label="Where should letters go?",
        help_text="One line for each part of the address, at most six; the name is not needed.",
        max_length=400,
    )
    postcode = fields.TextField(
        what="the postcode",
        label="Postcode",
        help_text="Leave it empty for an address abroad.",
        max_length=12,
        required=False,
        widget=TextInput({"autocomplete": "off"}),
    )
    starts = fields.DayField(
        what="the day from which letters go there",
        label="From which day do letters go there?",
        help_text=FOR_EXAMPLE,
    )
    ends = fields.DayField(
        what="the day from which letters go home again",
        label="From which day do letters go home again?",
        help_text="Leave it empty while that is not known.",
        required=False,
    )


class Ends(forms.Form):
    ends = fields.DayField(
        what="the day from which letters go home again",
        label="From which day do letters go home again?",
        help_text=FOR_EXAMPLE + " Give its first day to say that it was recorded by mistake.",
    )


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def record(visit: Visit, number: int) -> HttpResponse:
    """Record a correspondence address."""
    person = subjects.person(number)
    deed = doing.Deed(
        title="Send letters to another address",
        says="All services write there on those days. What is charged for a home stays the same.",
        act=lambda lines, postcode, starts, ends: commands.record_correspondence_address(
            person=person,
            lines=lines,
            postcode=postcode,
            starts=starts,
            ends=ends,
            by=visit.actor,
            on=visit.today,
        ),
        done="Address for letters recorded",
        back=reverse("resident", args=[number]),
        places={
            commands.NotAnAddress: "lines",
            commands.NotADay: "ends",
            commands.AlreadyRecorded: "starts",
        },
    )
    return doing.answer(visit, Correspondence(doing.asked(visit)), deed)


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def end(visit: Visit, number: int, address: int) -> HttpResponse:
    """End a correspondence address."""
    back = reverse("resident", args=[number])
    rows = subjects.person(number).correspondence_addresses.all()
    found = subjects.still_so(rows, address, visit.today)
    if found is None:
        return redirect(back)
    deed = doing.Deed(
        title="Send letters home again",
        says="From that day letters go to the home itself.",
        act=lambda ends: commands.end_correspondence_address(
            address=found, ends=ends, by=visit.actor, on=visit.today
        ),
        done="Address for letters ended",
        back=back,
        places={commands.NotADay: "ends"},
    )
    return doing.answer(visit, Ends(doing.asked(visit)), deed)
