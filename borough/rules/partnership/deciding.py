"""What came of deciding apart: who took another option in the end, and how long it took.

All of it is of the two parties, never of a person, and nothing of it has a target: to have moved
is no merit, and not to have moved no fault.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from borough.rules import statistics


@dataclass(frozen=True, slots=True)
class Decided:
    """A case that both decided: the options that each sealed first, and the one they came to."""

    council: int
    partner: int
    both: int


@dataclass(frozen=True, slots=True)
class Learning:
    """Of the cases in which both first sealed different options, in how many a party moved.

    A party moved where the joint record takes another option than the one it first sealed. The
    record takes at most one of two different options: so in each such case at least one moved, and
    ``council.hits + partner.hits - neither.hits`` is the number of them.

    Attributes:
        council, partner: the share in which that party moved.
        neither: the share in which both moved: they found an option that neither took first.
    """

    council: statistics.Share
    partner: statistics.Share
    neither: statistics.Share


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some numbers of days, the least and the most of them, and how many they are."""

    least: int
    middle: int
    most: int
    of: int


def learning(cases: Sequence[Decided]) -> Learning:
    """Return the learning yield of decided cases; those in which both first agreed do not count.

    >>> said = learning([Decided(1, 2, 1), Decided(1, 2, 0), Decided(1, 1, 2)])
    >>> (said.council.hits, said.partner.hits, said.neither.hits, said.neither.of)
    (1, 2, 1, 2)
    """
    apart = [one for one in cases if one.council != one.partner]
    return Learning(
        council=statistics.share(sum(one.both != one.council for one in apart), len(apart)),
        partner=statistics.share(sum(one.both != one.partner for one in apart), len(apart)),
        neither=statistics.share(
            sum(one.both not in {one.council, one.partner} for one in apart), len(apart)
        ),
    )


def spread(days: Sequence[int]) -> Spread | None:
    """Return the median and the range of numbers of days; None of none.

    >>> spread([3, 30, 4, 6])
    Spread(least=3, middle=5, most=30, of=4)
    """
    middle = statistics.median(days)
    return None if middle is None else Spread(min(days), middle, max(days), len(days))
