"""Sharing a whole among parts so that nothing is lost: exact, and the same on every machine."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Share ``total`` in proportion to ``weights``, in whole numbers.

    The odd ones go to the largest remainders; of equal ones, to the earlier.
    """
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [int(one) for one in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def running(exact: Iterable[Fraction]) -> list[int]:
    """Round a row of numbers so that every sum from its start is right to a half.

    Rare things thus stay as frequent as they should be, however small each number is.
    """
    rounded, so_far, given = [], Fraction(0), 0
    for one in exact:
        so_far += one
        upto = int(so_far + Fraction(1, 2))
        rounded.append(upto - given)
        given = upto
    return rounded


def deal(dice: np.random.Generator, mix: Mapping[Any, int], count: int) -> NDArray[Any]:
    """Return ``count`` draws of the keys of ``mix``, in the proportions of its whole numbers."""
    keys = np.array(list(mix))
    upto = np.cumsum(list(mix.values()))
    dealt: NDArray[Any] = keys[np.searchsorted(upto, dice.integers(0, upto[-1], count), "right")]
    return dealt


def chance(dice: np.random.Generator, permille: Any, count: int) -> NDArray[np.bool_]:
    """Return ``count`` draws that are true in so many of a thousand."""
    drawn: NDArray[np.bool_] = dice.integers(0, 1000, count) < permille
    return drawn
