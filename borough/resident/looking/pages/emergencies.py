"""Opening a record in an emergency, and looking at it again within the hour."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import clock, doing, visits
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, page, personal
from borough.resident.looking import capabilities, commands, emergencies
from borough.resident.looking.models import Opening
from borough.resident.looking.pages import subjects

COLUMNS = (
    tables.text("at", "When", link="href"),
    tables.text("who", "Officer"),
    tables.text("reason", "Reason"),
    tables.text("due", "To be looked at"),
)
LOOKS = (tables.text("at", "When"), tables.text("subject", "Looked at"))


class Emergency(forms.Form):
    reason = fields.ChoiceField(
        what="what the emergency is",
        label="What is the emergency?",
        choices=Opening.Reason.choices,
    )
    words = fields.LongTextField(
        what="what happened",
        label="What happened?",
        help_text="In a few words, for the team leader who looks at this within the hour.",
        max_length=1000,
        rows=3,
    )


class Outcome(forms.Form):
    outcome = fields.ChoiceField(
        what="what came of it", label="What came of it?", choices=list(commands.OUTCOMES.items())
    )


@personal(capabilities.OPEN_IN_EMERGENCY, subject=subjects.of_person)
def open_record(visit: Visit, number: int) -> HttpResponse:
    """Ask for the reason, and open this one record for a short time."""
    person = get_object_or_404(Person, pk=number)

    def act(reason: str, words: str) -> None:
        emergencies.open_record(
            person=person,
            reason=reason,
            words=words,
            now=clock.now(),
            by=visit.actor,
            on=visit.today,
        )
        visit.session[visits.OPENED_KEY] = True

    deed = doing.Deed(
        title="Open everything in an emergency",
        says="What the council’s own systems know of this resident opens to you for half an hour, "
        "and of nobody else. What landlords share for help alone stays shut: for that, ask the "
        "support team. A team leader is told at once and asks about it; the resident can see it.",
        act=act,
        done="Open for half an hour",
        back=reverse("resident", args=[number]),
        places={emergencies.TooFewWords: "words"},
        button="Open it",
    )
    return doing.answer(visit, Emergency(doing.asked(visit)), deed)


@page(capabilities.REVIEW_LOOKS)
def waiting(visit: Visit) -> HttpResponse:
    """List what others opened in an emergency and nobody has looked at again."""
    if elsewhere := subjects.refuse(visit):
        return elsewhere
    found = list(emergencies.waiting(unseen_by=visit.actor.reference))
    names, now = officers.names({one.by for one in found}), clock.now()
    rows = [
        {
            "at": wording.moment(one.starts_at),
            "href": reverse("emergency-review", args=[one.pk]),
            "who": names[one.by],
            "reason": one.get_reason_display(),
            "due": _due(one, now),
        }
        for one in found
    ]
    table = tables.Table("Opened in an emergency", COLUMNS, rows, empty="Nothing waits.")
    return render(visit, "looking/emergencies.html", {"table": table})


def _waits(number: int) -> bool:
    rows = Opening.objects.filter(review=None)
    return rows.filter(pk=min(number, subjects.LARGEST_ID)).exists()


@doing.or_lead_on(_waits, "emergencies", "Another officer has looked at that one meanwhile.")
@personal(capabilities.REVIEW_LOOKS, subject=subjects.of_opening)
def review(visit: Visit, number: int) -> HttpResponse:
    """Show why a record was opened and what was looked at, and say what came of it."""
    if elsewhere := subjects.refuse(visit):
        return elsewhere
    opening = subjects.opening(number)
    if opening.by == visit.actor.reference:
        raise Http404
    deed = doing.Deed(
        title="Opened in an emergency",
        says="Ask the officer, and say what came of it. The resident can see that it was opened.",
        act=lambda outcome: emergencies.review(
            opening=opening, outcome=outcome, now=clock.now(), by=visit.actor, on=visit.today
        ),
        done="Recorded",
        back=reverse("emergencies"),
        places={emergencies.LookedAtAlready: "outcome"},
    )
    return doing.answer(
        visit,
        Outcome(doing.asked(visit)),
        deed,
        template="looking/emergency.html",
        also=_shown(opening),
    )


def _shown(opening: Opening) -> dict[str, object]:
    looked = emergencies.looks_under(opening)
    rows = [
        components.Row("Officer", officers.names({opening.by})[opening.by]),
        components.Row("Resident", str(opening.person_id)),
        components.Row("From", wording.moment(opening.starts_at)),
        components.Row("Until", wording.moment(opening.ends_at)),
        components.Row("Reason", opening.get_reason_display()),
        components.Row("In their words", opening.words),
    ]
    seen = [
        {"at": wording.moment(one.recorded_at), "subject": one.detail["subject"]} for one in looked
    ]
    return {"rows": rows, "looks": tables.Table("What they looked at", LOOKS, seen)}


def _due(opening: Opening, now: datetime) -> object:
    by = emergencies.due(opening)
    words = f"By {wording.moment(by)}"
    return cells.Lines((words, cells.Tag("Overdue", "red"))) if by <= now else words
