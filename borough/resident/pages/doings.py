"""What is known of somebody's needs and how to reach them, and what an officer can do about it."""

from collections.abc import Iterator

from django.urls import reverse

from borough.kernel.bank import capabilities as bank
from borough.kernel.holds import capabilities as hold_capabilities
from borough.kernel.pages import cells, components, wording
from borough.kernel.people import capabilities
from borough.kernel.people.models import Need
from borough.kernel.visits import Visit
from borough.resident import queries
from borough.resident.fund import capabilities as fund
from borough.resident.identity import capabilities as identity
from borough.resident.looking import capabilities as looking
from borough.resident.moratoria import capabilities as moratoria
from borough.resident.own import capabilities as own_capabilities


def may_record(visit: Visit) -> bool:
    """Return whether the officer's roles let them change what is recorded of people."""
    return capabilities.RECORD_PERSON.slug in visit.actor.capabilities


def known(picture: queries.Picture, visit: Visit) -> list[components.Row]:
    """Return needs, ways to reach them and where letters go, each with what can be done."""
    rows = [*_needs(picture), *_ways(picture), *_addresses(picture)]
    if may_record(visit):
        return rows
    return [components.Row(row.key, row.value) for row in rows]


def actions(picture: queries.Picture, visit: Visit) -> list[cells.Link]:
    """Return the pages on which something more is recorded; none for who may not."""
    first = [
        *_helping(picture, visit),
        *_hold(picture, visit),
        *_space(picture, visit),
        *_call(picture, visit),
        *_code(picture, visit),
        *_emergency(picture, visit),
    ]
    if not may_record(visit):
        return first + _bank(picture, visit)
    doable = {
        "Record a support need": "resident-need",
        "Record a way to reach them": "resident-contact-point",
        "Send letters to another address": "resident-correspondence",
        "Change the name": "resident-name",
    }
    if not picture.is_organisation:
        doable["Record a date of death"] = "resident-death"
    if picture.date_of_death:
        doable["Take the date of death back"] = "resident-alive"
    return [
        *first,
        *(cells.Link(title, reverse(name, args=[picture.id])) for title, name in doable.items()),
        *_bank(picture, visit),
    ]


def _space(picture: queries.Picture, visit: Visit) -> list[cells.Link]:
    """Return where a breathing space is recorded, by those who may."""
    if picture.is_organisation or (
        moratoria.RECORD_MORATORIUM.slug not in visit.actor.capabilities
    ):
        return []
    there = reverse("resident-moratorium", args=[picture.id])
    return [cells.Link("Record a breathing space", there)]


def _helping(picture: queries.Picture, visit: Visit) -> list[cells.Link]:
    """Return where the household's budget and the hardship fund are: for helping alone."""
    if not visit.purpose.shows_joined or picture.is_organisation:
        return []
    found = [
        cells.Link("Budget, and what they can pay", reverse("plans:budget", args=[picture.id]))
    ]
    if identity.REVIEW_LINKS.slug in visit.actor.capabilities:
        there = reverse("identity:joined", args=[picture.id])
        found.append(cells.Link("Which records are theirs", there))
    if fund.TAKE_APPLICATION.slug in visit.actor.capabilities:
        found.append(cells.Link("Hardship fund", reverse("fund:asking", args=[picture.id])))
    return found


def _emergency(picture: queries.Picture, visit: Visit) -> list[cells.Link]:
    """Return where everything is opened in an emergency, for whom it is not open."""
    may = looking.OPEN_IN_EMERGENCY.slug in visit.actor.capabilities
    if not may or visit.purpose.shows_joined or picture.is_organisation:
        return []
    there = reverse("resident-emergency", args=[picture.id])
    return [cells.Link("Open everything in an emergency", there)]


def _hold(picture: queries.Picture, visit: Visit) -> list[cells.Link]:
    """Return where all debts are left alone for a time."""
    if hold_capabilities.PLACE_HOLD.slug not in visit.actor.capabilities:
        return []
    there = reverse("resident-hold", args=[picture.id])
    return [cells.Link("Leave all debts alone for a time", there)]


def _code(picture: queries.Picture, visit: Visit) -> list[cells.Link]:
    """Return where a code for the resident's own account is sent."""
    if own_capabilities.SEND_CODE.slug not in visit.actor.capabilities or picture.is_organisation:
        return []
    there = reverse("resident-send-code", args=[picture.id])
    return [cells.Link("Send a code for their own account", there)]


def _call(picture: queries.Picture, visit: Visit) -> list[cells.Link]:
    """Return where a call before a letter is recorded, for somebody who asked for one."""
    asked = any(need.kind == Need.Kind.TELEPHONE_FIRST for need in picture.needs)
    if not asked or hold_capabilities.RECORD_CALL.slug not in visit.actor.capabilities:
        return []
    there = reverse("resident-call", args=[picture.id])
    return [cells.Link("Ring before any letter, and record the call", there)]


def _bank(picture: queries.Picture, visit: Visit) -> list[cells.Link]:
    if bank.KEY_BANK_DETAILS.slug not in visit.actor.capabilities:
        return []
    return [cells.Link("Key bank details", reverse("resident-bank-details", args=[picture.id]))]


def _needs(picture: queries.Picture) -> Iterator[components.Row]:
    for need in picture.needs:
        value = (
            cells.Lines((need.title, f"Ask again by {wording.day(need.review_by)}"))
            if need.review_by
            else need.title
        )
        yield components.Row(
            "Needs", value, [_link("End", "need-end", picture, need.id, need.title)]
        )


def _ways(picture: queries.Picture) -> Iterator[components.Row]:
    for way in picture.ways:
        named = f"{way.title} {way.value}".strip()
        shown = cells.Lines((named, cells.Tag("Preferred", "green"))) if way.preferred else named
        ends = _link("End", "contact-point-end", picture, way.id, named)
        prefers = _link("Prefer", "contact-point-prefer", picture, way.id, named)
        yield components.Row("Reach by", shown, [ends] if way.preferred else [prefers, ends])


def _addresses(picture: queries.Picture) -> Iterator[components.Row]:
    for one in picture.write_to:
        lines = cells.Lines((*one.lines, _sentence(wording.period(one.starts, one.ends))))
        ends = _link("End", "correspondence-end", picture, one.id, "sending letters there")
        yield components.Row("Write to", lines, [ends])


def _link(text: str, page: str, picture: queries.Picture, row: int, hidden: str) -> cells.Link:
    return cells.Link(text, reverse(f"resident-{page}", args=[picture.id, row]), hidden)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
