"""Deaths that an account has not followed yet wait for an officer, on the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.lines.revenues import capabilities
from borough.lines.revenues.queries import deaths


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return how many accounts have not followed a death, and in how many homes nobody counted."""
    return [*_to_settle(actor, on), *_to_count(actor, on)]


def _to_settle(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    if capabilities.SETTLE_DEATH.slug not in actor.capabilities:
        return []
    count = len(deaths.unsettled(on))
    if not count:
        return []
    accounts = "an account" if count == 1 else f"{count} accounts"
    words = f"Settle what follows from a death on {accounts}"
    return [joining.Waiting(words, reverse("revenues:after_a_death"))]


def _to_count(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    if capabilities.CHANGE_HOUSEHOLD.slug not in actor.capabilities:
        return []
    count = len(deaths.uncounted(on))
    if not count:
        return []
    homes = "a home" if count == 1 else f"{count} homes"
    words = f"Ask how many adults live in {homes} since a death"
    return [joining.Waiting(words, reverse("revenues:adults_after_a_death"))]
