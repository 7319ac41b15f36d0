"""The door for ideas: anybody sends one without signing in, and asks later what became of it."""

from collections.abc import Mapping

from allauth.core import ratelimit
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import clock, commanding, doing
from borough.kernel.pages import fields, forms, one_use
from borough.kernel.visits import public as open_to_anybody
from borough.lines.change import capabilities, models
from borough.lines.change.commands import ideas as commands
from borough.lines.change.pages import ideas
from borough.lines.change.queries import ideas as queries
from borough.lines.change.queries import initiatives

BY = commanding.system("public-page/anybody", capabilities.SEND_IDEA)
SENT = "change_idea_sent"
LATER = "Many ideas came from where you are within the hour. Please try again in an hour."
UNKNOWN = "We have no idea with this reference. It is eight letters and digits, like K7QF-3WMX."
SOURCES = [
    (models.Idea.Source.RESIDENT.value, "I live in the borough"),
    (models.Idea.Source.STAFF.value, "I work for the council or its partner"),
    (models.Idea.Source.OTHER.value, "Something else"),
]


class Idea(ideas.Idea):
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
    taken_up = found.answer.initiative if found and found.answer else None
    stage = initiatives.stage_of(taken_up).label if taken_up else ""
    context = {"form": form, "card": found, "stage": stage}
    return _shown(visit, "change/public_outcome.html", context)


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


def _shown(visit: HttpRequest, template: str, context: Mapping[str, object]) -> HttpResponse:
    # The way home of somebody who has not signed in is this door, not that of officers.
    way_home = "" if visit.user.is_authenticated else reverse("change:idea")
    response = render(visit, template, {**context, "way_home": way_home})
    response["Cache-Control"] = "no-store"
    return response
