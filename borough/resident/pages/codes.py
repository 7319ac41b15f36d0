"""Sending somebody the code that opens their own account."""

from django.http import HttpResponse
from django.urls import reverse

from borough.kernel import clock, doing
from borough.kernel.pages import forms
from borough.kernel.visits import Visit, personal
from borough.resident.own import capabilities, commands
from borough.resident.pages import subjects


@personal(capabilities.SEND_CODE, subject=subjects.subject)
def send(visit: Visit, number: int) -> HttpResponse:
    """Write the letter with a code."""
    deed = doing.Deed(
        title="Send a code for their own account",
        says="They get a letter with a code that works once, for 28 days. With it and their date "
        "of birth they see what we keep about them, and who looked and why. A code that was sent "
        "before works no more.",
        act=lambda: commands.send_code(
            person=subjects.person(number), now=clock.now(), by=visit.actor, on=visit.today
        ),
        done="Letter with a code written. It goes out with the next post",
        back=reverse("resident", args=[number]),
        button="Send the code",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)
