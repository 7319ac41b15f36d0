"""Deaths that an account has not followed yet wait for an officer, on the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.lines.revenues import capabilities
from borough.lines.revenues.queries import deaths

# Who does it, what waits, where, and the words for one and for several.
WAITING = (
    (
        capabilities.SETTLE_DEATH,
        deaths.unsettled,
        "revenues:after_a_death",
        "Settle what follows from a death on an account",
        "Settle what follows from a death on {} accounts",
    ),
    (
        capabilities.CHANGE_HOUSEHOLD,
        deaths.uncounted,
        "revenues:adults_after_a_death",
        "Ask how many adults live in a home since a death",
        "Ask how many adults live in {} homes since a death",
    ),
)


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return how many accounts have not followed a death, and in how many homes nobody counted."""
    found = []
    for capability, ask, way, one, several in WAITING:
        count = len(ask(on)) if capability.slug in actor.capabilities else 0
        if count:
            words = one if count == 1 else several.format(count)
            found.append(joining.Waiting(words, reverse(way)))
    return found
