"""What of the support team's work waits for an officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.resident.signals import capabilities, queries


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return the cases of the actor that are to be looked at again by today."""
    if capabilities.WORK_SUPPORT.slug not in actor.capabilities:
        return []
    due = queries.open_cases().filter(lead=actor.reference, next_review__lte=on).count()
    if not due:
        return []
    words = "a support case" if due == 1 else f"{due} support cases"
    return [joining.Waiting(f"Look again at {words} of yours", reverse("support-queue"))]
