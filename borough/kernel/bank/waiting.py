"""Which bank details wait for a second officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.kernel.bank import capabilities, queries


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return one line for the bank details that colleagues keyed."""
    if capabilities.CONFIRM_BANK_DETAILS.slug not in actor.capabilities:
        return []
    count = queries.to_confirm(actor).count()
    if not count:
        return []
    people = "one person" if count == 1 else f"{count:,} people"
    return [joining.Waiting(f"Confirm the bank details of {people}", reverse("bank:confirmations"))]
