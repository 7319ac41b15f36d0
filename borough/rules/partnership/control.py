"""Does a row of months say anything, or does it only go up and down? The chart of individuals.

The limits come from how much one month differs from the next, so a slow drift does not widen them.
What lies within them is the ordinary going up and down of the work, and asking anybody to explain
it would be asking about noise.

Source: D. J. Wheeler, Understanding Variation (1993); W. A. Shewhart (1931). 2.66 is 3 divided by
the 1.128 by which the mean of moving ranges of two exceeds a standard deviation.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_POINTS = 8
RUN = 8
"""As many points as this on one side of the middle are a shift (1 in 256 by chance)."""
WIDTH = Fraction(266, 100)


@dataclass(frozen=True, slots=True)
class Control:
    """What a row of values says.

    Attributes:
        middle, low, high: the mean and the limits, in the values' unit.
        outside: places, from 0, of values beyond a limit.
        shifted: places of values that belong to a run on one side of the middle.
    """

    middle: Fraction
    low: Fraction
    high: Fraction
    outside: tuple[int, ...]
    shifted: tuple[int, ...]

    @property
    def is_steady(self) -> bool:
        """Nothing stands out."""
        return not self.outside and not self.shifted


def chart(values: Sequence[int]) -> Control | None:
    """Return what a row of values says; None where there are too few to say anything.

    Args:
        values: one for each month, in order, without gaps.
    """
    if len(values) < LEAST_POINTS:
        return None
    middle = Fraction(sum(values), len(values))
    moves = [abs(after - before) for before, after in itertools.pairwise(values)]
    reach = WIDTH * Fraction(sum(moves), len(moves))
    low, high = middle - reach, middle + reach
    outside = tuple(place for place, value in enumerate(values) if not low <= value <= high)
    return Control(middle, low, high, outside, _shifted(values, middle))


def _shifted(values: Sequence[int], middle: Fraction) -> tuple[int, ...]:
    found: set[int] = set()
    begins = 0
    for place in range(1, len(values) + 1):
        ended = place == len(values) or _side(values[place], middle) != _side(
            values[begins], middle
        )
        if ended:
            if place - begins >= RUN and _side(values[begins], middle) != 0:
                found.update(range(begins, place))
            begins = place
    return tuple(sorted(found))


def _side(value: int, middle: Fraction) -> int:
    return (value > middle) - (value < middle)
