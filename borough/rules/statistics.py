"""Shares with their intervals, for measures and reports. Never money: floats are at home here."""

from dataclasses import dataclass
from math import sqrt

CONFIDENCE_95 = 1.96
"""The normal deviate of a two-sided interval of 95 per cent, in the two decimals tables print."""


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
