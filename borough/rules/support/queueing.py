"""In which order people with early worries are looked at, when not all can be.

People are numbers here, and the draw is a number made of the seed and the person alone: nobody's
place depends on who else is in the list, or on the order of the list.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borough.rules import money
from borough.rules.support import signals
from borough.rules.support.signals import Ints


@dataclass(frozen=True)
class Queue:
    """Who is to be looked at, in order.

    Attributes:
        people: the most points first; after them those drawn by lot.
        by_lot: True for those who were drawn, (k,).
        waiting: how many in the band found no place.
        drawn_from: how many were in the urn, so that what is missed can be estimated.
    """

    people: Ints
    by_lot: NDArray[np.bool_]
    waiting: int
    drawn_from: int


def queue(scored: signals.Scored, *, capacity: int, seed: int) -> Queue:
    """Return who is looked at, when only so many can be.

    The most points come first, of these who has waited longest since anything new, then by lot.
    A share of the places goes to people from the lower bands, also without any points, drawn by
    lot: who is never looked at can never be found to have been missed.

    Args:
        scored: everybody's points.
        capacity: how many can be looked at, 0 or more.
        seed: the lot; the same seed draws the same people.

    Raises:
        ValueError: when the capacity is negative.
    """
    if capacity < 0:
        raise ValueError("How many can be looked at must be 0 or more.")
    lots = _lots(scored.people, seed)
    inside = scored.band == "queue"
    below = np.flatnonzero(~inside)
    by_lot = min(money.pence(capacity * scored.law.slice_percent, 100), len(below))
    band = np.flatnonzero(inside)
    band = band[np.lexsort((lots[band], scored.since[band], -scored.points[band]))]
    taken = band[: capacity - by_lot]
    drawn = below[np.argsort(lots[below], kind="stable")][:by_lot]
    return Queue(
        people=scored.people[np.concatenate([taken, drawn])],
        by_lot=np.arange(len(taken) + len(drawn)) >= len(taken),
        waiting=len(band) - len(taken),
        drawn_from=len(below),
    )


def _lots(people: Ints, seed: int) -> NDArray[np.uint64]:
    """Return a number for each person that depends on nobody else (splitmix64), (n,)."""
    spread = np.array([seed % 2**64], np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed: NDArray[np.uint64] = people.astype(np.uint64) + spread
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return mixed
