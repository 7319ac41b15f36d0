"""Which refunds wait for an officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.lines.revenues import capabilities
from borough.lines.revenues.queries import refunds


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return how many refunds this officer may decide on: neither asked nor keyed by them."""
    if capabilities.DECIDE_REFUND.slug not in actor.capabilities:
        return []
    mine = actor.reference
    count = refunds.waiting().exclude(asked_by=mine).exclude(keyed_by=mine).count()
    if not count:
        return []
    words = "a refund" if count == 1 else f"{count} refunds"
    return [joining.Waiting(f"Decide on {words}", reverse("revenues:refunds"))]
