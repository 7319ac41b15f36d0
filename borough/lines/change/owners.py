"""Who owns an initiative on a day."""

from datetime import date

from borough.kernel import commanding, dated
from borough.lines.change import models


class NotAnOwner(commanding.Refusal):
    """Only its two owners may."""


def pair(initiative: models.Initiative, on: date) -> models.OwnerPair | None:
    """Return the two who own an initiative on a day."""
    held = models.OwnerPair.objects.filter(dated.holds_on(on), initiative=initiative)
    return held.select_related("for_council", "for_partner").first()


def two(initiative: models.Initiative, on: date) -> set[str]:
    """Return the references of the two who own an initiative on a day; none before they are."""
    held = pair(initiative, on)
    return {held.for_council.reference, held.for_partner.reference} if held else set()


def refuse_others(initiative: models.Initiative, by: commanding.Actor, on: date) -> None:
    """Raise ``NotAnOwner`` unless the actor is one of the two who own the initiative."""
    if by.reference not in two(initiative, on):
        raise NotAnOwner("Only one of the two who own this initiative can do that.")
