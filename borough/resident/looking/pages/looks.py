"""Looks at residents' records that a team leader looks at again."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing, joining
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, tables, wording
from borough.kernel.visits import Visit, page, personal
from borough.resident.looking import capabilities, commands, queries
from borough.resident.looking.pages import subjects

MOST = 100
COLUMNS = (
    tables.text("at", "When", link="href"),
    tables.text("who", "Officer"),
    tables.text("subject", "Looked at"),
    tables.text("purpose", "For"),
    tables.text("why", "Why it is here"),
)


class Review(forms.Form):
    outcome = fields.ChoiceField(
        what="what came of it", label="What came of it?", choices=list(commands.OUTCOMES.items())
    )


@page(capabilities.REVIEW_LOOKS)
def waiting(visit: Visit) -> HttpResponse:
    """List the looks of others that wait, those that stand out most first; no resident is named."""
    if elsewhere := subjects.refuse(visit):
        return elsewhere
    found = queries.waiting(unseen_by=visit.actor.reference)
    found.sort(key=lambda one: (-len(one.why), -one.id))
    names = officers.names({one.by for one in found[:MOST]})
    rows = [
        {
            "at": wording.moment(one.at),
            "href": reverse("look-review", args=[one.id]),
            "who": names[one.by],
            "subject": one.subject[:1].upper() + one.subject[1:],
            "purpose": _purpose(one),
            "why": cells.Lines(one.why),
        }
        for one in found[:MOST]
    ]
    table = tables.Table(
        "Looks of the last 14 days", COLUMNS, rows, empty="No look waits.", caption_hidden=True
    )
    return render(visit, "looking/looks.html", {"table": table, "count": len(found)})


def _waits(look: int) -> bool:
    return any(one.id == look for one in queries.waiting())


@doing.or_lead_on(_waits, "looks-to-review", "Another officer has looked at that one meanwhile.")
@personal(capabilities.REVIEW_LOOKS, subject=subjects.of_look)
def review(visit: Visit, look: int) -> HttpResponse:
    """Say what came of looking at a look again; nobody is shown what was found of their own."""
    if elsewhere := subjects.refuse(visit):
        return elsewhere
    found = subjects.found_look(look)
    if found.by == visit.actor.reference:
        raise Http404
    name = officers.names({found.by})[found.by]
    deed = doing.Deed(
        title="Look at this again",
        says=f"{name} looked at {found.subject} on {wording.moment(found.at)}, for: "
        f"{_purpose(found)}. {'. '.join(found.why)}. A sign is no proof: ask before you judge.",
        act=lambda outcome: commands.review(
            look=found, outcome=outcome, by=visit.actor, on=visit.today
        ),
        done="Recorded",
        back=reverse("looks-to-review"),
        places={commands.OwnLook: "outcome"},
    )
    return doing.answer(visit, Review(doing.asked(visit)), deed)


def _purpose(look: queries.Look) -> str:
    known = joining.purposes().get(look.purpose)
    return known.title if known else look.purpose
