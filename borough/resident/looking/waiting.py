"""What of looking waits for an officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import clock, commanding, joining
from borough.kernel.officers import capabilities as officers
from borough.kernel.officers.models import SamePerson
from borough.kernel.pages import wording
from borough.resident.looking import capabilities, emergencies


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return what others opened in an emergency, and what was said of who officers are."""
    return [*_emergencies(actor), *_said(actor)]


def _emergencies(actor: commanding.Actor) -> list[joining.Waiting]:
    """Return one line for each, with the hour by which it is to be looked at."""
    if capabilities.REVIEW_LOOKS.slug not in actor.capabilities:
        return []
    now, found = clock.now(), []
    for one in emergencies.waiting(unseen_by=actor.reference):
        by = emergencies.due(one)
        late = "overdue since" if by <= now else "look at it by"
        words = f"A record was opened in an emergency: {late} {wording.moment(by)}"
        found.append(joining.Waiting(words, reverse("emergency-review", args=[one.pk])))
    return found


def _said(actor: commanding.Actor) -> list[joining.Waiting]:
    if officers.RECOGNISE_OFFICERS.slug not in actor.capabilities:
        return []
    said = SamePerson.objects.filter(agreed_on=None).exclude(said_by=actor.reference)
    others = [one for one in said.select_related("officer") if not _is(actor, one)]
    if not others:
        return []
    words = f"Which resident an officer is: agree to it or not ({len(others)})"
    return [joining.Waiting(words, reverse("officer-residents"))]


def _is(actor: commanding.Actor, said: SamePerson) -> bool:
    return said.officer.reference == actor.reference
