"""Where a council stands among its peers, and how much that depends on whom one asks.

A quartile is a claim about a set of peers by a method: both are part of it, and so is the year of
the figures. Among few peers a quartile says nothing and none is given.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Method = Literal["inclusive", "exclusive"]
LEAST_PEERS = 12


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The three points that cut a row of figures into four, exact, and the method behind them."""

    lower: Fraction
    median: Fraction
    upper: Fraction
    method: Method
    count: int


def quartiles(figures: Sequence[Fraction], method: Method) -> Quartiles | None:
    """Return the quartiles of some figures; None for fewer than twelve.

    Methods 7 (inclusive) and 6 (exclusive) of Hyndman and Fan, The American Statistician 50 (1996).
    """
    if len(figures) < LEAST_PEERS:
        return None
    ordered = sorted(figures)
    lower, median, upper = (_point(ordered, Fraction(n, 4), method) for n in (1, 2, 3))
    return Quartiles(lower, median, upper, method, len(ordered))


def _point(ordered: Sequence[Fraction], share: Fraction, method: Method) -> Fraction:
    count = len(ordered)
    place = share * (count - 1) if method == "inclusive" else share * (count + 1) - 1
    place = min(max(place, Fraction(0)), Fraction(count - 1))
    below = math.floor(place)
    if below == count - 1:
        return ordered[below]
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


@dataclass(frozen=True, slots=True)
class Peer:
    """A council by what makes it like others.

    Attributes:
        code: its code of nine characters.
        features: one number for each thing that counts, in the same order for all.
    """

    code: str
    name: str
    features: tuple[float, ...]


def nearest(of: str, peers: Sequence[Peer], count: int) -> list[tuple[Peer, float]]:
    """Return the councils most like one, nearest first, each with its distance.

    Each feature is taken from its mean over all peers in standard deviations of all of them (the
    population's), so that none counts for more because of its unit. Ties go by code.

    Raises:
        KeyError: the council is not among the peers.
    """
    by_code = dict(zip((peer.code for peer in peers), _standard(peers), strict=True))
    own = by_code[of]
    far = [(peer, math.dist(own, by_code[peer.code])) for peer in peers if peer.code != of]
    return sorted(far, key=lambda one: (one[1], one[0].code))[:count]


def _standard(peers: Sequence[Peer]) -> list[tuple[float, ...]]:
    columns = list(zip(*(peer.features for peer in peers), strict=True))
    means = [math.fsum(column) / len(column) for column in columns]
    spreads = [
        math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column))
        for column, mean in zip(columns, means, strict=True)
    ]
    return [
        tuple(
            (value - mean) / spread if spread else 0.0
            for value, mean, spread in zip(peer.features, means, spreads, strict=True)
        )
        for peer in peers
    ]


def standing(
    own: Fraction, sets: Mapping[str, Sequence[Fraction]], *, higher_is_better: bool, method: Method
) -> dict[str, int | None]:
    """Return in which quarter a figure lies among each set of peers, 1 the best; None: too few.

    Args:
        own: the council's figure.
        sets: the figures of each loaded set of peers, the council's own among them or not.
        higher_is_better: the first quarter is the highest.
        method: how quartiles are drawn.
    """
    return {
        name: _quarter(own, quartiles(figures, method), higher_is_better=higher_is_better)
        for name, figures in sets.items()
    }


def _quarter(own: Fraction, points: Quartiles | None, *, higher_is_better: bool) -> int | None:
    if points is None:
        return None
    best_first = (points.upper, points.median, points.lower)
    if higher_is_better:
        passed = [own >= point for point in best_first]
    else:
        passed = [own <= point for point in reversed(best_first)]
    return 4 - sum(passed)
