"""A sentence that the records say, where they stand, and whether somebody should look there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from borough.kernel.pages import wording

OLD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the records say of an area.

    Attributes:
        says: a sentence.
        route: the name of our page where the records stand; "" where another service keeps them.
        of: the arguments of that page's address.
        elsewhere: what that other service calls its register.
        attend: something is late, is missing or was left lying.
    """

    says: str
    route: str = ""
    of: tuple[str | int, ...] = ()
    attend: bool = False
    elsewhere: str = ""


def counted(number: int, one: str, several: str) -> str:
    """Return a number of things in words: "1 claim", "3 claims", "No claim"."""
    if not number:
        return f"No {one}"
    return f"{wording.number(number)} {one if number == 1 else several}"


def age(days: Sequence[date], on: date) -> str:
    """Return how long the oldest of these has been lying, in words."""
    oldest = (on - min(days)).days
    return (
        f"the oldest for {counted(oldest, 'day', 'days')}" if oldest else "the oldest since today"
    )


def any_old(days: Sequence[date], on: date) -> bool:
    """Tell whether one has been lying for more than thirty days."""
    return any((on - one).days > OLD_DAYS for one in days)
