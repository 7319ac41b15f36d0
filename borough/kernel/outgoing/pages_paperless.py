"""Letters by email: what somebody asked for, and the page that its link opens."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import clock, commanding, visits
from borough.kernel.outgoing import capabilities, commands, emailing, models, paperless
from borough.kernel.pages import components, fields, forms, one_use, wording
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal, public


class Ask(forms.Form):
    address = fields.EmailField(
        what="an email address",
        label="Which email address?",
        help_text="We send a link to it. Letters go there only after the link was followed.",
    )
    attach = fields.ChoiceField(
        what="whether the letter may be attached",
        label="May we attach the letter itself?",
        help_text="Anybody who can open the mailbox can then read it.",
        choices=[
            ("yes", "Yes: attach the letter, and send no paper"),
            ("no", "No: send paper, and an email that says it is coming"),
        ],
    )


def _of_person(number: int) -> visits.Subject:
    person = _person(number)
    return visits.Subject((person.pk,), f"kernel.person/{person.pk}", f"person {person.pk}")


@personal(capabilities.SEND_POST, subject=_of_person)
def by_email(visit: Visit, number: int) -> HttpResponse:
    """Show how somebody has their letters; ask for email, end it, record that one came back."""
    person = _person(number)
    doing = visit.POST.get("do", "")
    form = Ask(visit.POST if "address" in visit.POST else None)
    other = forms.Form(visit.POST if doing else None)
    response = None
    if visit.method == "POST" and doing and other.is_valid():
        response = _undo(visit, person, doing, other)
    elif visit.method == "POST" and form.is_valid():
        response = _asked(visit, person, form)
    if response is not None:
        return response
    newest = paperless.newest_of(person.pk)
    context = {
        "person": person,
        "form": form,
        "other": other,
        "has": newest is not None and not hasattr(newest, "ended"),
        "rows": _rows(newest) if newest else [],
    }
    return render(visit, "outgoing/by_email.html", context)


@public("who has the link proves that the mailbox is theirs; it names nobody")
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask whoever followed the link to say yes; only the button confirms, never the opening."""
    today = clock.today()
    try:
        paperless.find(secret, on=today)
        if request.method == "POST":
            resident = commanding.system("link", capabilities.CONFIRM_EMAIL)
            commands.confirm_paperless(secret=secret, by=resident, on=today)
            return render(request, "outgoing/confirm.html", {"done": True})
    except paperless.NotYours as refusal:
        context = {"refusal": str(refusal)}
        return render(request, "outgoing/confirm.html", context, status=404)
    return render(request, "outgoing/confirm.html", {})


def _asked(visit: Visit, person: Person, form: Ask) -> HttpResponse | None:
    """Record the wish and send the link; return where to go, or None with the refusal."""
    try:
        with transaction.atomic():
            one_use.spend(visit)
            asked, secret = commands.ask_paperless(
                person=person,
                address=form.cleaned_data["address"],
                attach=form.cleaned_data["attach"] == "yes",
                by=visit.actor,
                on=visit.today,
            )
    except one_use.AlreadySent:
        return redirect("outgoing-by-email", person.pk)
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    link = visit.build_absolute_uri(reverse("outgoing-confirm", args=[secret]))
    if emailing.ask_to_confirm(asked.address, link=link, until=wording.day(asked.expires_on)):
        messages.success(visit, "The link is sent. Letters go by email once it was followed")
    else:
        messages.warning(visit, "The mail server did not take the email. Ask again later.")
    return redirect("outgoing-by-email", person.pk)


def _undo(visit: Visit, person: Person, doing: str, form: forms.Form) -> HttpResponse | None:
    try:
        with transaction.atomic():
            one_use.spend(visit)
            if doing == "bounced":
                again = commands.record_bounce(person=person, by=visit.actor, on=visit.today)
                said = f"Letters go on paper again; {len(again)} are posted once more"
            else:
                commands.end_paperless(person=person, by=visit.actor, on=visit.today)
                said = "Letters go on paper again"
    except one_use.AlreadySent:
        return redirect("outgoing-by-email", person.pk)
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(visit, said)
    return redirect("outgoing-by-email", person.pk)


def _rows(newest: models.Paperless) -> list[Any]:
    if hasattr(newest, "ended"):
        state = f"Ended on {wording.day(newest.ended.on)}: {newest.ended.get_why_display()}"
    elif hasattr(newest, "confirmed"):
        state = f"Confirmed on {wording.day(newest.confirmed.on)}"
    else:
        state = f"Waits for the link to be followed, until {wording.day(newest.expires_on)}"
    return [
        components.Row("Email address", newest.address),
        components.Row("Letter attached", "Yes" if newest.attach else "No, it goes on paper"),
        components.Row("How it stands", state),
    ]


def _person(number: int) -> Person:
    if number > 2**63 - 1:
        raise Http404
    return get_object_or_404(Person, pk=number)
