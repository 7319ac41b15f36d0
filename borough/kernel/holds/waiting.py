"""Holds that wait for a look, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.kernel.holds import capabilities, queries


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return how many holds are to be looked at again."""
    if capabilities.PLACE_HOLD.slug not in actor.capabilities:
        return []
    count = len(queries.to_review(on))
    if not count:
        return []
    what = "a debt that is" if count == 1 else f"{count} debts that are"
    return [joining.Waiting(f"Look again at {what} left alone", reverse("holds"))]
