"""How good a forecast was, once what it foretold has come about.

A rule that is proper: nobody scores better by saying something else than what they think. Whole
numbers in the unit of what was forecast; the less the better, and nought is the best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from borough.rules import money

CERTAIN = 100


@dataclass(frozen=True, slots=True)
class Interval:
    """What somebody expects: a middle, and bounds that should hold the outcome 8 times in 10."""

    low: int
    middle: int
    high: int


def interval_score(low: int, high: int, outcome: int) -> int:
    """Return the score of an interval that should hold the outcome 8 times in 10.

    Its width, and ten times whatever lies outside it: 2 divided by the share left out (0.2).
    Source: Gneiting and Raftery, Journal of the American Statistical Association 102 (2007) 359.

    >>> interval_score(90, 100, 95), interval_score(90, 100, 103)
    (10, 40)

    Raises:
        ValueError: the lower bound is above the upper one.
    """
    if low > high:
        raise ValueError("The lower bound of a forecast must not be above the upper one.")
    return (high - low) + 10 * max(0, low - outcome) + 10 * max(0, outcome - high)


def averaged_interval_score(intervals: Sequence[tuple[int, int]], outcome: int) -> int:
    """Return the score of the average of forecasts: the mean of their bounds, rounded once.

    The score of bounds that are ``n`` times as high, for an outcome ``n`` times as high, is ``n``
    times the score: so nothing is rounded before the end, where a half is rounded up.

    >>> averaged_interval_score([(90, 100), (94, 101)], 103)  # 92 to 100.5: 8.5, and 10 x 2.5
    34

    Raises:
        ValueError: there is no forecast, or a lower bound is above its upper one.
    """
    lows, highs = sum(low for low, _ in intervals), sum(high for _, high in intervals)
    return money.pence(interval_score(lows, highs, len(intervals) * outcome), len(intervals))


def brier(percents: Sequence[int], *, came_about: bool) -> int:
    """Return the Brier score of the average of chances, in ten-thousandths, 0 to 10,000.

    ``(p - outcome)`` squared, the outcome 1 where it came about and else 0; of one chance it is
    the chance's own. Who always says 50 per cent scores 2,500. Rounded once, a half up.
    Source: G. W. Brier, Monthly Weather Review 78 (1950) 1.

    >>> brier([80], came_about=True), brier([80], came_about=False)
    (400, 6400)
    >>> brier([80, 60], came_about=True)
    900

    Raises:
        ValueError: there is no chance, or one is below 0 or above 100 per cent.
    """
    if not all(0 <= percent <= CERTAIN for percent in percents):
        raise ValueError("A chance lies between 0 and 100 per cent.")
    count = len(percents)
    missed = sum(percents) - (CERTAIN * count if came_about else 0)
    return money.pence(missed * missed, count * count)


def gap_of_width(one: Interval, other: Interval) -> int | None:
    """Return how far two middles lie apart, as per cent of the mean width of both intervals.

    In no unit, so that gaps of different measures can stand side by side; 0 where both expect the
    same. Rounded half up; None where neither interval has a width: there is nothing to hold it by.

    >>> gap_of_width(Interval(90, 95, 100), Interval(94, 98, 104))  # 3 apart, both 10 wide
    30
    """
    widths = (one.high - one.low) + (other.high - other.low)
    return money.pence(200 * abs(one.middle - other.middle), widths) if widths else None
