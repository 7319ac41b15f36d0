"""What of the residents' floor waits for an officer, room by room."""

from datetime import date

from borough.kernel import commanding, joining
from borough.resident.moratoria import waiting as moratoria
from borough.resident.signals import waiting as signals


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return what waits: moratoria first, for their days are the law's."""
    return [*moratoria.waits(actor, on), *signals.waits(actor, on)]
