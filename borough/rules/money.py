"""The kinds of figure that rules read and give, and the one place where anything is rounded.

A rule's annotations say what its columns hold: `Pence` is whole pence in int64, never a float.
int64 holds 92 quadrillion pounds in pence; exact intermediate figures (pence times days times
percentages) stay far below that, and :func:`pence` refuses a denominator it could not halve safely.
"""

import enum
import re
from fractions import Fraction
from typing import Annotated, Any, overload

import numpy as np
from numpy.typing import NDArray


class Unit(enum.StrEnum):
    """What a figure is counted in; decides how it is read from a file and said in a sentence."""

    PENCE = "pence"
    PERCENT = "percent"
    COUNT = "count"
    DAY = "day"
    FLAG = "flag"
    CODE = "code"
    EXACT = "exact"


Pence = Annotated[NDArray[np.int64], Unit.PENCE]
Percent = Annotated[NDArray[np.int64], Unit.PERCENT]
Count = Annotated[NDArray[np.int64], Unit.COUNT]
Days = Annotated[NDArray[np.datetime64], Unit.DAY]
Flag = Annotated[NDArray[np.bool_], Unit.FLAG]
Code = Annotated[NDArray[np.str_], Unit.CODE]
Exact = Annotated[NDArray[np.int64], Unit.EXACT]
"""An unrounded amount as the numerator of a fraction whose denominator its rule states."""


class Rounding(enum.Enum):
    """How a fraction becomes a whole number. All are symmetrical about nought, as in `decimal`."""

    HALF_UP = "to the nearest, a tie away from nought"
    HALF_DOWN = "to the nearest, a tie towards nought"
    UP = "away from nought"
    DOWN = "towards nought"


HALF_UP, HALF_DOWN, UP, DOWN = Rounding
LARGEST_DENOMINATOR = 2**62
AMOUNT = re.compile(r"(-?)£?(\d[\d,]*)(?:\.(\d{1,2})0*)?")


@overload
def pence(numerator: int, denominator: int, mode: Rounding = HALF_UP) -> int: ...
@overload
def pence(
    numerator: NDArray[np.int64],
    denominator: int | NDArray[np.int64],
    mode: Rounding = HALF_UP,
) -> NDArray[np.int64]: ...
@overload
def pence(
    numerator: int, denominator: NDArray[np.int64], mode: Rounding = HALF_UP
) -> NDArray[np.int64]: ...
def pence(numerator: Any, denominator: Any, mode: Rounding = HALF_UP) -> Any:
    """Return `numerator / denominator` as a whole number; `nearest` apart, the only rounding.

    Exact for every int64 fraction, negative ones too. To round to whole pounds, put 100 into
    the denominator and multiply the result by 100.

    Args:
        numerator: int, or int array of shape (n,).
        denominator: positive int, or int array that broadcasts against `numerator`.
        mode: what happens to the part that is less than one.

    Raises:
        TypeError: when either is not a whole number (floats never come near money).
        ValueError: when a denominator is nought, negative or above 2**62.
        OverflowError: when a number does not fit int64 (or is its very least, -2**63).
    """
    above, below = _int64(numerator), _int64(denominator)
    if below.size and (below.min() < 1 or below.max() > LARGEST_DENOMINATOR):
        raise ValueError("A denominator must be a positive whole number of at most 2**62.")
    # As unsigned numbers, of which the largest amount and a denominator together are one.
    half = {HALF_UP: below // 2, HALF_DOWN: (below - 1) // 2, UP: below - 1, DOWN: below * 0}[mode]
    size = (np.abs(above).astype(np.uint64) + half.astype(np.uint64)) // below.astype(np.uint64)
    rounded = np.sign(above) * size.astype(np.int64)
    return int(rounded) if rounded.ndim == 0 else rounded


def nearest(exact: Fraction) -> int:
    """Return an exact amount in whole pence, a tie away from nought, however large its terms.

    For sums of many fractions, whose common denominator outgrows what :func:`pence` takes.

    >>> nearest(Fraction(-5, 2))
    -3
    """
    above, below = abs(exact.numerator), exact.denominator
    size = (2 * above + below) // (2 * below)
    return -size if exact < 0 else size


def _int64(number: Any) -> NDArray[np.int64]:
    part = np.asarray(number)
    if part.dtype.kind not in "iu" and part.size and not isinstance(number, int):
        raise TypeError(f"Money is rounded from whole numbers; got {part.dtype}.")
    if part.size and (part.min() <= -(2**63) or part.max() >= 2**63):
        raise OverflowError("An amount is beyond what 64 bits can hold.")
    return part.astype(np.int64, copy=False)


def pounds(amount_pence: int) -> str:
    """Return the amount as a resident reads it: "£1,234.56", "-£0.05"."""
    sign = "-" if amount_pence < 0 else ""
    whole, part = divmod(abs(int(amount_pence)), 100)
    return f"{sign}£{whole:,}.{part:02}"


def in_pounds(amount_pence: int) -> str:
    """Return the amount as a file holds it: "1234.56", "-0.05"."""
    return pounds(amount_pence).replace("£", "").replace(",", "")


def from_pounds(text: str) -> int:
    """Return the pence of an amount written in pounds: "1,234.56", "£12", "-0.05".

    Raises:
        ValueError: when the text is not an amount in pounds with at most two decimals.
    """
    found = AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"“{text}” is not an amount in pounds: write it like 1234.56.")
    sign, whole, part = found.groups()
    amount = int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0")[:2])
    return -amount if sign else amount
