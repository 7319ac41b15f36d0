"""What of the post waits for an officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.kernel.post import capabilities, queries


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return one line for the post that nobody has dealt with."""
    if capabilities.HANDLE_POST.slug not in actor.capabilities:
        return []
    items = queries.waiting()
    if not items:
        return []
    oldest = queries.age_days(items[0], on)
    count = f"{len(items):,} {'item' if len(items) == 1 else 'items'} of post"
    return [joining.Waiting(f"{count}, the oldest for {oldest} days", reverse("post"))]
