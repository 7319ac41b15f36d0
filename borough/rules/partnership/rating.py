"""How a measure stands against what both partners signed: the five ratings of the notices.

Source: Procurement Act 2023 s.71 and the Procurement Regulations 2024, which require performance
against key performance indicators to be published with one of five ratings. Both partners may
choose where each begins; no enactment sets it.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from borough.rules import money

Better = Literal["higher", "lower", "neither"]


class Rating(StrEnum):
    """What is published of a measure."""

    GOOD = "Good"
    APPROACHING = "Approaching target"
    REQUIRES_IMPROVEMENT = "Requires improvement"
    INADEQUATE = "Inadequate"
    OTHER = "Other"


MEANINGS = {
    Rating.GOOD: "Performance is meeting or exceeding the key performance indicators",
    Rating.APPROACHING: "Performance is close to meeting the key performance indicators",
    Rating.REQUIRES_IMPROVEMENT: "Performance is below the key performance indicators",
    Rating.INADEQUATE: "Performance is significantly below the key performance indicators",
    Rating.OTHER: "Performance cannot be described as good, approaching target, requires "
    "improvement or inadequate",
}
"""What each rating says: Procurement Regulations 2024 (SI 2024/692) reg.39(5)."""


class BadTarget(ValueError):
    """The limits are out of order; the sentence says which way they must go."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where each rating begins, in the hundredths in which the measure's value is counted.

    Attributes:
        good: this and better is good; it is the target.
        approaching: this and better, short of good.
        requires_improvement: this and better, short of approaching. Worse is inadequate.
    """

    good: int
    approaching: int
    requires_improvement: int

    def check(self, better: Better) -> None:
        """Refuse limits that are out of order.

        Raises:
            BadTarget: a worse rating would begin at a better value, or no direction is better.
        """
        if better == "neither":
            raise BadTarget("This measure is neither good nor bad, so it has no target.")
        falls = self.good >= self.approaching >= self.requires_improvement
        rises = self.good <= self.approaching <= self.requires_improvement
        if better == "higher" and not falls:
            raise BadTarget("Higher is better here: each limit must be no higher than the last.")
        if better == "lower" and not rises:
            raise BadTarget("Lower is better here: each limit must be no lower than the last.")


def value_hundredths(numerator: int, denominator: int, *, percent: bool) -> int | None:
    """Return numerator over denominator in hundredths, a tie away from nought; None over nought.

    Args:
        numerator: what is counted.
        denominator: of what.
        percent: the value is a share in per cent, so a whole is 10,000 hundredths.
    """
    if denominator <= 0:
        return None
    return money.nearest(Fraction(numerator * (10_000 if percent else 100), denominator))


def rate(value: int | None, target: Target | None, better: Better) -> Rating | None:
    """Return the rating of a value in hundredths.

    None where there is no data: that is neither good nor bad. Other where nobody has signed a
    target, or no direction is better.
    """
    if value is None:
        return None
    if target is None or better == "neither":
        return Rating.OTHER
    sign = 1 if better == "higher" else -1
    limits = (
        (target.good, Rating.GOOD),
        (target.approaching, Rating.APPROACHING),
        (target.requires_improvement, Rating.REQUIRES_IMPROVEMENT),
    )
    for limit, rating in limits:
        if sign * value >= sign * limit:
            return rating
    return Rating.INADEQUATE
