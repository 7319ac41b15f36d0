"""What the pages of the shared table show: a little of everything."""

from borough.partnership.seats import commands
from borough.partnership.seats.models import Party
from tests import makers, officers


def furnish() -> int:
    """Seat somebody; return the number of the seat."""
    on = makers.BILLING_DAY
    pat = officers.an_officer("Pat Partner")
    return commands.give_seat(
        officer=pat, party=Party.PARTNER, starts=on, by=makers.everything(), on=on
    ).pk
