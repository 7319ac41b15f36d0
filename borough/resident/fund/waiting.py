"""What of the hardship fund waits for an officer, for the home page: what is due first."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.resident.fund import capabilities
from borough.resident.fund.queries import applications

State = applications.State


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return what this officer can decide on, and what came back from the bank."""
    may = actor.capabilities
    decides = capabilities.DECIDE_AWARD.slug in may
    seconds = capabilities.DECIDE_LARGE_AWARD.slug in may
    if not decides and not seconds:
        return []
    there = reverse("fund:fund")
    found = applications.waiting()
    first = [one for one in found if one.state is not State.PROPOSED and decides]
    second = [one for one in found if one.state is State.PROPOSED and seconds]
    second = [one for one in second if one.proposed and one.proposed.by != actor.reference]
    today = [one for one in first if one.due.date() <= on]
    back = applications.came_back() if decides else []
    told = (
        ("Decide today on {} to the hardship fund", today),
        ("Decide on {} to the hardship fund", [one for one in first if one not in today]),
        ("Decide as the second officer on {} to the hardship fund", second),
        ("Pay {} to the hardship fund again: the bank sent the money back", back),
    )
    return [joining.Waiting(words.format(_many(len(some))), there) for words, some in told if some]


def _many(count: int) -> str:
    return "an application" if count == 1 else f"{count} applications"
