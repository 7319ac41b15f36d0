"""What the support team's work comes to, for both partners to see."""

from borough.kernel.joining import Measure
from borough.resident.signals import queries

ALL = (
    Measure(
        "resident.days_to_help",
        "Days from the first worry to the first contact that helped, on average",
        unit="days",
        better="lower",
        read=queries.days_to_help,
        blind_to="Residents whom nobody has helped yet, and those whose worries no record shows; "
        "see how many wait in the queue, and what its places drawn by lot bring.",
        numerator="Days from the first worry to the first contact that helped",
        denominator="Cases in which a contact helped within the year",
    ),
)
