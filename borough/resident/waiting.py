"""What of the residents' floor waits for an officer, room by room."""

from datetime import date

from borough.kernel import commanding, joining
from borough.resident.fund import waiting as fund
from borough.resident.looking import waiting as looking
from borough.resident.moratoria import waiting as moratoria
from borough.resident.signals import waiting as signals


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return what waits: by the hour, by the law's days, by ours."""
    return [
        *looking.waits(actor, on),
        *moratoria.waits(actor, on),
        *fund.waits(actor, on),
        *signals.waits(actor, on),
    ]
