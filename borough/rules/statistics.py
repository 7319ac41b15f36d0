"""Shares with their intervals, their ratios, means, and small numbers that are not published.

A share is never given without how many it is of. Floats are at home here, for people and their
shares; amounts of money stay whole pence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TypeVar

import numpy as np

from borough.rules import money

CONFIDENCE_95 = 1.96
"""The normal deviate of a two-sided interval of 95 per cent, in the two decimals tables print."""
FEW = 30
"""Of fewer than so many nothing is concluded."""
LEAST_SHOWN = 10
"""A count of fewer people than this is not published."""
DRAWS = 2_000

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, and between what bounds the share behind them lies.

    Attributes:
        hits, of: whole numbers, ``0 <= hits <= of``.
        low, high: Wilson's interval; 0 and 1 where nothing was seen.
    """

    hits: int
    of: int
    low: float
    high: float

    @property
    def raw(self) -> float | None:
        """The share as seen, 0 to 1; None where there was nothing to see: no data is not nought."""
        return self.hits / self.of if self.of else None

    @property
    def permille(self) -> int | None:
        """Of a thousand, rounded half up; None of nobody."""
        return (2_000 * self.hits + self.of) // (2 * self.of) if self.of else None

    @property
    def interval_permille(self) -> tuple[int, int] | None:
        """Between which shares of a thousand the true one lies; None of nobody."""
        return (round(1000 * self.low), round(1000 * self.high)) if self.of else None

    @property
    def is_few(self) -> bool:
        """Whether it is of too few to conclude anything."""
        return self.of < FEW

    @property
    def rest(self) -> int:
        """How many are no hits."""
        return self.of - self.hits


@dataclass(frozen=True, slots=True)
class Ratio:
    """One share divided by another, in hundredths, with its interval of 95 per cent."""

    hundredths: int
    low_hundredths: int
    high_hundredths: int

    @property
    def holds_one(self) -> bool:
        """Whether the two shares may well be the same."""
        return self.low_hundredths <= 100 <= self.high_hundredths


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean in whole pence with its interval of 95 per cent, and of how many it is."""

    pence: int
    low_pence: int
    high_pence: int
    count: int


def share(hits: int, of: int, deviate: float = CONFIDENCE_95) -> Share:
    """Return the share with its interval by Wilson's score method, kept within 0 and 1.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212. It
    holds for few cases and for shares near nought or one, where the usual interval does not.

    Raises:
        ValueError: when more hits than cases are given, or fewer than none.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share: the part must lie between none and all.")
    if of == 0:
        return Share(0, 0, 0.0, 1.0)
    raw, square = hits / of, deviate * deviate
    width = 1 + square / of
    centre = (raw + square / (2 * of)) / width
    half = deviate * sqrt(raw * (1 - raw) / of + square / (4 * of * of)) / width
    return Share(hits, of, max(0.0, centre - half), min(1.0, centre + half))


def ratio(one: Share, other: Share) -> Ratio | None:
    """Return how often the one share holds the other, by the logarithm's standard error (Katz).

    None where either is a share of nobody, or is nought: a ratio then says nothing.
    """
    if not (one.hits and other.hits):
        return None
    value = (one.hits / one.of) / (other.hits / other.of)
    error = sqrt(1 / one.hits - 1 / one.of + 1 / other.hits - 1 / other.of)
    low, high = (exp(log(value) + sign * CONFIDENCE_95 * error) for sign in (-1, 1))
    return Ratio(round(100 * value), round(100 * low), round(100 * high))


def mean(pence: Sequence[int], *, seed: int, draws: int = DRAWS) -> Mean | None:
    """Return the mean of amounts and its bootstrap interval; None of nothing.

    So many samples of the same size are drawn, with putting back, by the seed; the interval leaves
    out the 25 in a thousand smallest and largest means. The same seed draws the same.
    """
    count = len(pence)
    if not count:
        return None
    amounts = np.array(pence, np.int64)
    dice = np.random.default_rng(seed)
    sums = np.sort([int(amounts[dice.integers(0, count, count)].sum()) for _ in range(draws)])
    out = draws * 25 // 1000
    total, low, high = int(amounts.sum()), int(sums[out]), int(sums[draws - 1 - out])
    return Mean(
        pence=money.pence(total, count),
        low_pence=money.pence(low, count),
        high_pence=money.pence(high, count),
        count=count,
    )


def median(numbers: Sequence[int]) -> int | None:
    """Return the middle one, of two in the middle their mean rounded half up; None of nothing."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (low + high + 1) // 2


def publishable(shares: Mapping[K, Share], *, least: int = LEAST_SHOWN) -> dict[K, Share | None]:
    """Return the shares of groups, None where a number in them is small or could be worked out.

    A share is hidden when its hits or the rest are small, and with it, where it is the only one
    hidden, the share of the next smallest group.
    """

    def is_small(one: Share) -> bool:
        return min(one.hits, one.rest) < least

    ordered = sorted(shares, key=lambda name: (shares[name].hits, shares[name].of))
    hidden = [name for name in ordered if is_small(shares[name])]
    if len(hidden) == 1:
        hidden += [name for name in ordered if name not in hidden][:1]
    return {name: None if name in hidden else one for name, one in shares.items()}
