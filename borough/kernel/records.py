"""Which page opens what a fact or a ledger account is about, without knowing any line.

A thing is named ``line.kind/reference`` (``revenues.account/100001``, ``kernel.person/12``).
"""

from datetime import date, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from borough.kernel import commanding, joining
from borough.kernel.facts import models as facts
from borough.kernel.pages import cells

PERSON = "kernel.person"
NEWEST_FACTS = 60
LATELY = timedelta(days=14)


def page_of(thing: str) -> str:
    """Return the address of the page that opens a thing; "" when no page does."""
    kind, _, reference = thing.partition("/")
    if kind == PERSON:
        return _address("resident", reference)
    slug, _, noun = kind.partition(".")
    if noun != "account":
        return ""
    return account_page(f"{slug}.account", reference)


def account_page(kind: str, reference: str) -> str:
    """Return the address of the page that opens a ledger account of a kind; "" when none does."""
    slug = kind.partition(".")[0]
    card = next((one for one in joining.cards() if one.slug == slug), None)
    return _address(card.account_page, reference) if card and card.account_page else ""


def thing_of(kind: str, reference: str) -> str:
    """Return what facts and holds call the ledger account of a kind."""
    return f"{kind.partition('.')[0]}.account/{reference}"


def deals(thing: str, about: str, actor: commanding.Actor) -> list[cells.Link]:
    """Return the pages on which what came by post about an account is dealt with."""
    kind, _, reference = thing.partition("/")
    slug, _, noun = kind.partition(".")
    card = next((one for one in joining.cards() if one.slug == slug), None)
    if noun != "account" or card is None or not card.deals:
        return []
    found: list[cells.Link] = import_string(card.deals)(reference, about, actor)
    return found


def service_of(what: str) -> str:
    """Return the title of the card that declares a kind of fact; "" when it is switched off."""
    slug = what.partition(".")[0]
    return next((one.title for one in joining.cards() if one.slug == slug), "")


def opened_lately(actor: commanding.Actor, *, on: date, most: int = 6) -> list[cells.Link]:
    """Return the records that the actor opened in the last days, newest first, without names."""
    looks = facts.Fact.objects.filter(
        what="kernel.looked", by=actor.reference, on__gte=on - LATELY
    ).order_by("-id")
    links: dict[str, cells.Link] = {}
    for look in looks[:NEWEST_FACTS]:
        href = page_of(look.thing)
        if href:
            words = str(look.detail["subject"])
            links.setdefault(look.thing, cells.Link(words[:1].upper() + words[1:], href))
    return list(links.values())[:most]


def _address(name: str, reference: str) -> str:
    try:
        return reverse(name, args=[reference])
    except NoReverseMatch:
        return ""
