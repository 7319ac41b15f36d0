"""The page of the whole person: who, where, what is owed to any service, what happened, who looked.

It imports no line. The lines' accounts, happenings and letters come from the kernel.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import joining, records
from borough.kernel.documents import printing
from borough.kernel.documents import queries as documents
from borough.kernel.documents.models import Document
from borough.kernel.facts import queries as facts
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, tables, wording
from borough.kernel.people import capabilities
from borough.kernel.visits import Visit, personal
from borough.resident import queries
from borough.resident.deciding import queries as following
from borough.resident.deciding.capabilities import CHECK_HELP
from borough.resident.moratoria import queries as moratoria
from borough.resident.own import commands as own
from borough.resident.pages import deciding, doings, money, planning, subjects
from borough.resident.signals.capabilities import WORK_SUPPORT
from borough.resident.signals.pages import showing
from borough.resident.sources import showing as told

HOMES = (tables.text("address", "Address"), tables.text("period", "When"))
SEES = {
    "own": "You see what your own service keeps. For help across services, choose that purpose.",
    "council": "You see what the services of the council keep.",
    "joined": "You see the whole picture, for help only.",
}
SEES_IN_AN_EMERGENCY = (
    "You see what the council’s own systems know, for this emergency alone. What landlords share "
    "for help stays shut: they may be behind with the rent. Ask the support team."
)
LOOKS = (
    tables.text("at", "When"),
    tables.text("by", "Who"),
    tables.text("what", "What"),
    tables.text("why", "Why"),
)


@personal(capabilities.SEE_PERSON, subject=subjects.subject)
def resident(visit: Visit, number: int) -> HttpResponse:
    """Show one person as every service knows them: what matters now first."""
    purpose = visit.purpose
    picture = queries.picture(subjects.person(number), purpose=purpose, on=visit.today)
    found = following.following(picture, purpose=purpose, on=visit.today)
    plan = planning.planning(picture.id, found, visit)
    context = {
        "picture": picture,
        "identity": _identity(picture, found),
        "apart": _apart(picture),
        "sees": SEES_IN_AN_EMERGENCY if purpose.of_one else SEES[purpose.sees],
        "next": money.next_harm(picture),
        "gravest": money.gravest(picture, visit.today),
        "now": deciding.now(picture, found, visit),
        "helping": _helping(picture, found, visit),
        "plan": plan,
        "filter": plan.amount if plan else None,
        "worries": showing.reasons(found.helped.worries) if found.helped else None,
        "known": doings.known(picture, visit),
        "actions": [*doings.actions(picture, visit), *_support(picture, found, visit)],
        "letters": _letters(picture),
        **_money(picture, found, visit),
        **_past(picture, visit),
    }
    return render(visit, "resident/resident.html", context)


def _money(picture: queries.Picture, found: following.Following, visit: Visit) -> dict[str, object]:
    """Return what may be due to them, what they owe, to whom, and what goes on."""
    may_record = visit.purpose.shows_joined and CHECK_HELP.slug in visit.actor.capabilities
    budget = found.helped.proposal.budget if found.helped else None
    return {
        "left_alone": money.left_alone(picture),
        "held_now": money.held_now(picture, visit.today),
        "offers": money.offers(picture, found.unasked, may_record=may_record),
        "debts": money.debts(picture),
        "elsewhere": told.debts(picture.elsewhere, "What they owe to others"),
        "awards": told.awards(picture.awards, "What they are given"),
        "rights": told.rights([*picture.elsewhere, *picture.awards]),
        "coming": money.coming(picture),
        "taken": money.taken(picture, budget),
    }


def _past(picture: queries.Picture, visit: Visit) -> dict[str, object]:
    """Return what happened, a stretch of it, where they lived, and who looked."""
    before = visit.GET.get("before", "")
    entries = queries.timeline(
        picture.id,
        purpose=visit.purpose,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    return {
        "homes": _homes(picture),
        "events": _events(picture, entries),
        "older": entries[-1].id if len(entries) == queries.SEVERAL else None,
        "looks": _looks(queries.looks(picture.id)),
    }


@personal(capabilities.SEE_PERSON, subject=subjects.subject)
def letter(visit: Visit, number: int, document: int) -> HttpResponse:
    """Hand over a letter that was addressed to the person, as the PDF kept for ever.

    The one with the code of their own door opens for no officer: who read it could sign in as them.
    """
    if document > subjects.LARGEST_ID:
        raise Http404
    theirs = Document.objects.filter(addressees__person=number).select_related("template")
    found = get_object_or_404(theirs, pk=document)
    if found.kind == own.CODE_LETTER or not visit.purpose.shows(found.kind):
        raise Http404
    pdf = HttpResponse(printing.pdf_of(found), content_type="application/pdf")
    pdf["Content-Disposition"] = f'inline; filename="letter-{found.pk}.pdf"'
    return pdf


def _identity(picture: queries.Picture, found: following.Following) -> components.Identity:
    rows = [
        components.Row("Born", picture.date_of_birth),
        components.Row("Reach by", _preferred(picture)),
        components.Row("Owes all services", wording.balance(picture.owed_pence)),
    ]
    if picture.elsewhere:
        rows.append(components.Row("Owes others", wording.balance(picture.owed_elsewhere_pence)))
    if picture.is_organisation:
        del rows[0]
    if picture.former_names:
        rows.insert(1, components.Row("Before", cells.Lines(picture.former_names)))
    flags = [cells.Tag(need.title, "purple") for need in picture.needs]
    if found.case:
        flags.append(cells.Tag("A support case is open", "blue"))
    if picture.date_of_death:
        flags.insert(0, cells.Tag(f"Died {wording.short_day(picture.date_of_death)}", "grey"))
    return components.Identity(picture.name, rows, flags)


def _apart(picture: queries.Picture) -> str:
    """Say what nobody else may learn; "" where there is no such need."""
    if picture.is_apart:
        return (
            "Contact only as agreed. Tell nobody else anything of this resident: no name, no "
            "address, not that you spoke."
        )
    if picture.owes_with_apart:
        return (
            "Speak of this resident alone. Of anybody else on a shared account, tell nothing: no "
            "name and no address."
        )
    return ""


def _helping(
    picture: queries.Picture, found: following.Following, visit: Visit
) -> list[components.Row]:
    """Return who helps: by name where the purpose shows it."""
    if found.helped is None:
        return []
    rows = []
    if found.case:
        lead = officers.names({found.case.lead}).get(found.case.lead, found.case.lead)
        day = wording.day(found.case.next_review)
        words = cells.Lines((lead, f"looks again by {day}"))
        rows.append(components.Row("Support team", words))
    advisers = dict.fromkeys(one.adviser for one in moratoria.of_person(picture.id) if one.adviser)
    return [
        *rows,
        *(components.Row("Debt adviser", name) for name in advisers),
        *(
            components.Row(one.what, cells.Lines(tuple(filter(None, (one.name, one.contact)))))
            for one in picture.helpers
        ),
    ]


def _support(
    picture: queries.Picture, found: following.Following, visit: Visit
) -> list[cells.Link]:
    """Return the way to the support case, or to taking it, for whoever works on such cases."""
    may = visit.purpose.shows_joined and WORK_SUPPORT.slug in visit.actor.capabilities
    if not may or picture.is_organisation or picture.date_of_death:
        return []
    if found.case:
        return [cells.Link("Open the support case", reverse("support-case", args=[found.case.pk]))]
    return [cells.Link("Take the case", reverse("resident-support-case", args=[picture.id]))]


def _preferred(picture: queries.Picture) -> str | None:
    """Return the way to reach them first, and whether it is the one that they prefer."""
    if not picture.ways:
        return None
    first = picture.ways[0]
    return f"{first.title} {first.value}".strip() + (" (preferred)" if first.preferred else "")


def _homes(picture: queries.Picture) -> tables.Table:
    rows = [
        {"address": home.address, "period": wording.period(home.starts, home.ends)}
        for home in picture.homes
    ]
    return tables.Table("Where they live", HOMES, rows, empty="No home recorded.")


def _events(picture: queries.Picture, entries: Sequence[facts.Entry]) -> list[components.Event]:
    """Return what happened; what is about the person alone leads nowhere but here."""
    here = reverse("resident", args=[picture.id])
    names = officers.names({entry.by for entry in entries})
    return [
        components.Event(
            entry.sentence,
            entry.on,
            by=names.get(entry.by, entry.by),
            href="" if (page := records.page_of(entry.thing)) == here else page,
            service=records.service_of(entry.what),
        )
        for entry in entries
    ]


def _letters(picture: queries.Picture) -> list[cells.Link | str]:
    return [_letter(picture.id, one) for one in picture.letters]


def _letter(person_id: int, one: documents.Entry) -> cells.Link | str:
    words = f"{one.title}, {wording.short_day(one.on)}"
    if one.kind == own.CODE_LETTER:
        return f"{words}. Its code is for them alone"
    return cells.Link(words, reverse("resident-letter", args=[person_id, one.id]))


def _looks(entries: Sequence[facts.Entry]) -> tables.Table:
    """Return who looked; the same look several times in a row on a day is one row."""
    names = officers.names({entry.by for entry in entries})
    rows = []
    for (by, what, why, _), some in groupby(entries, key=_look):
        times = [wording.moment(entry.recorded_at) for entry in some]
        again = f", {len(times)} times that day" if len(times) > 1 else ""
        rows.append(
            {
                "at": times[0] + again,
                "by": names.get(by, by),
                "what": _sentence(what),
                "why": _why(why),
            }
        )
    return tables.Table("Who looked, and why", LOOKS, rows, caption_hidden=True)


def _look(entry: facts.Entry) -> tuple[str, str, str, date]:
    return entry.by, entry.detail["subject"], entry.detail["purpose"], entry.on


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _why(slug: str) -> str:
    purpose = joining.purposes().get(slug)
    return purpose.title if purpose else slug
