"""What we must do differently for somebody: recording a support need, and ending it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.holds import capabilities as hold_capabilities
from borough.kernel.holds import commands as holds
from borough.kernel.holds import figures
from borough.kernel.pages import fields, forms
from borough.kernel.people import capabilities, commands, models
from borough.kernel.visits import Visit, personal
from borough.resident.pages import subjects

UNCONFIRMED = " (a figure that the council has not confirmed)"


class Need(forms.Form):
    kind = fields.ChoiceField(
        what="what they need", label="What do they need?", choices=models.Need.Kind.choices
    )
    review_by = fields.DayField(
        what="the day by which to ask again",
        label="By which day should we ask whether it is still so?",
        help_text="For example 27 3 2026. Leave it empty when it will not change.",
        required=False,
    )


class Call(forms.Form):
    reached = fields.YesNoField(
        what="yes if you spoke with them",
        label="Did you speak with them?",
        help_text="Say what is owed, and ask what would make it easier to pay.",
    )


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def record(visit: Visit, number: int) -> HttpResponse:
    """Record a support need."""
    person = subjects.person(number)
    deed = doing.Deed(
        title="Record a support need",
        says="What we do differently for this person from today. Record what helps, never why: "
        "no diagnosis belongs here.",
        act=lambda kind, review_by: commands.record_need(
            person=person, kind=kind, review_by=review_by, by=visit.actor, on=visit.today
        ),
        done="Support need recorded",
        back=reverse("resident", args=[number]),
        places={commands.AlreadyRecorded: "kind", commands.NotADay: "review_by"},
    )
    return doing.answer(visit, Need(doing.asked(visit)), deed)


@personal(hold_capabilities.RECORD_CALL, subject=subjects.subject)
def call(visit: Visit, number: int) -> HttpResponse:
    """Record that somebody was rung before a letter."""
    person = subjects.person(number)
    found = figures.in_force(visit.today)
    days, assumed = found["call_counts_days"], "call_counts_days" in found.unverified
    deed = doing.Deed(
        title="Record the telephone call",
        says="They asked to be rung before any letter. Once you have spoken with them, a letter "
        f"may go for {days} days{UNCONFIRMED if assumed else ''}. If you did not reach them, "
        "nothing goes yet.",
        act=lambda reached: holds.record_call(
            person=person, reached=reached, by=visit.actor, on=visit.today
        ),
        done="Call recorded",
        back=reverse("resident", args=[number]),
    )
    return doing.answer(visit, Call(doing.asked(visit)), deed)


@personal(capabilities.RECORD_PERSON, subject=subjects.subject)
def end(visit: Visit, number: int, need: int) -> HttpResponse:
    """End a support need."""
    back = reverse("resident", args=[number])
    found = subjects.still_so(subjects.person(number).needs.all(), need, visit.today)
    if found is None:
        return redirect(back)
    deed = doing.Deed(
        title="End a support need",
        says=f"From today this person no longer needs: {found.get_kind_display()}.",
        act=lambda: commands.end_need(need=found, by=visit.actor, on=visit.today),
        done="Support need ended",
        back=back,
        button="End it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)
