"""The door for ideas: anybody sends one without signing in, and asks later what became of it."""

from allauth.core import ratelimit
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from borough.kernel import clock, commanding, doing
from borough.kernel.pages import fields, forms, one_use, wording
from borough.kernel.visits import public as open_to_anybody
from borough.lines.change import capabilities, models
from borough.lines.change.commands import ideas as commands
from borough.lines.change.queries import ideas as queries

BY = commanding.system("public-page/anybody", capabilities.SEND_IDEA)
SENT = "change_idea_sent"
LATER = "Many ideas came from where you are within the hour. Please try again in an hour."
UNKNOWN = "We have no idea with this reference. It is eight letters and digits, like K7QF-3WMX."
SOURCES = [
    (models.Idea.Source.RESIDENT.value, "I live in the borough"),
    (models.Idea.Source.STAFF.value, "I work for the council or its partner"),
    (models.Idea.Source.OTHER.value, "Something else"),
]


class Idea(forms.Form):
    title = fields.TextField(
        what="your idea in a few words", label="Your idea in a few words", max_length=120
    )
    words = fields.LongTextField(
        what="what you would do better or differently",
        label="What would you do better or differently, and for whom?",
        help_text="Please name nobody, and tell us nothing private: officers of the council and of "
        "its partner read it.",
        max_length=3000,
        rows=8,
    )
    source = fields.ChoiceField(what="who you are", label="Who are you?", choices=SOURCES)


class Outcome(forms.Form):
    reference = fields.TextField(
        what="the reference",
        label="What is the reference of your idea?",
        help_text="Like K7QF-3WMX. We gave it to you when you sent the idea.",
        max_length=20,
    )


@open_to_anybody("anybody may send an idea without signing in; it shows nothing that is kept")
def idea(visit: HttpRequest) -> HttpResponseBase:
    """Take an idea in."""
    form = Idea(doing.asked(visit))
    if form.is_valid() and _sent(visit, form):
        return redirect("change:idea_sent")
    return _shown(visit, "change/public_idea.html", {"form": form})


@open_to_anybody("shows a sender the reference of the idea that they have just sent")
def sent(visit: HttpRequest) -> HttpResponseBase:
    """Show the reference of what was just sent, and by when it is answered."""
    found = queries.by_reference(visit.session.get(SENT, ""))
    if found is None:
        return redirect("change:idea")
    return _shown(visit, "change/public_sent.html", {"card": found})


@open_to_anybody("the reference is the key: without it nothing is shown, and guessing is slowed")
def outcome(visit: HttpRequest) -> HttpResponseBase:
    """Show what became of the idea of a reference."""
    form, found = Outcome(doing.asked(visit)), None
    if form.is_valid():
        if not ratelimit.consume(visit, action="change_outcome"):
            form.add_error(None, LATER)
        else:
            found = queries.by_reference(form.cleaned_data["reference"])
            if found is None:
                form.add_error("reference", UNKNOWN)
    return _shown(visit, "change/public_outcome.html", {"form": form, "card": found})


def _sent(visit: HttpRequest, form: Idea) -> bool:
    """Take the idea in and remember its reference, or say on the form why not."""
    if not ratelimit.consume(visit, action="change_idea"):
        form.add_error(None, LATER)
        return False
    given = form.cleaned_data
    try:
        with transaction.atomic():
            one_use.spend(visit)
            made = commands.send(
                title=given["title"],
                words=given["words"],
                source=models.Idea.Source(given["source"]),
                by=BY,
                on=clock.today(),
            )
    except one_use.AlreadySent:
        return True
    except (commanding.Refusal, one_use.NotOurs) as refusal:
        form.add_error(None, str(refusal))
        return False
    visit.session[SENT] = made.reference
    return True


def _shown(visit: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    today = {"way_home": "/change/idea", "days": wording.day(clock.today())}
    response = render(visit, template, context | today)
    response["Cache-Control"] = "no-store"
    return response
