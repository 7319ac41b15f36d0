"""Who owns an initiative on a day, and who may be asked to."""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.joining import Capability
from borough.kernel.officers.models import Appointment, Grant, Officer
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


def who_may(capability: Capability, on: date) -> list[Officer]:
    """Return the officers whose roles grant a capability on a day, by name."""
    grants = Grant.objects.filter(dated.holds_on(on), capability=capability.slug)
    held = Appointment.objects.filter(dated.holds_on(on), role__in=grants.values("role_id"))
    found = Officer.objects.filter(is_active=True, pk__in=held.values("officer_id"))
    return list(found.order_by("name", "pk"))
