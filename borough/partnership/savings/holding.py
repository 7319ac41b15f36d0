"""Who acts, and one at a time: what is appended to cannot be locked by row."""

from datetime import date

from django.db import connection

from borough.kernel import commanding
from borough.partnership.seats import queries as seats
from borough.partnership.seats.models import Seat

LOCK = 5_456_214  # "SAV": the triggers of the room take the same


class NoSeat(commanding.Refusal):
    """They sit for no partner."""


def one_at_a_time() -> None:
    """Wait until nobody else changes terms or claims; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def seat(by: commanding.Actor, on: date) -> Seat:
    """Return the seat for which somebody acts.

    Raises:
        NoSeat: they sit for no partner on the day.
    """
    found = seats.seat_of(by, on)
    if found is None:
        raise NoSeat("You sit for no partner today, so you cannot act for one.")
    return found
