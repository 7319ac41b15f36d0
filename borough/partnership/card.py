"""The card of the shared table: what can be asked of it, and what it records.

Each room adds a line of each kind; what it brings is in files of its own.
"""

from borough.kernel import joining
from borough.partnership.seats import capabilities as seats
from borough.partnership.seats import fact_kinds as seat_facts

CARD = joining.ServiceLine(
    slug="partnership",
    title="Partnership",
    capabilities=(*seats.ALL,),
    fact_kinds=(*seat_facts.KINDS,),
    doors=(
        joining.Door(
            "Seats",
            "Who sits at the table for which partner, and may sign for it.",
            "partnership:seats",
            seats.GIVE_SEATS,
        ),
    ),
)
