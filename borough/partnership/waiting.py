"""What waits for an officer at the shared table, room by room."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.joining import Waiting
from borough.partnership.decisions import waiting as decisions
from borough.partnership.savings import capabilities
from borough.partnership.savings import waiting as savings
from borough.partnership.twenty import waiting as twenty


def waits(actor: commanding.Actor, on: date) -> list[Waiting]:
    """Return what waits for the officer's partner."""
    found = decisions.waits(actor, on)
    if capabilities.SEE_SAVINGS.slug in actor.capabilities:
        found += savings.waits(actor, on)
    return found + twenty.waits(actor, on)
