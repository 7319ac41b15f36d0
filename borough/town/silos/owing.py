"""What people owe to each service, and what they are awarded, in whole pence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.town import figures, lives, plan, shares
from borough.town.silos import books

NOBODY = furnishing.NOBODY
GARAGE_PENCE = 1_250
Mix = Any


@dataclass(frozen=True)
class Owing:
    """Columns of n records, int64 (n,), pence; the second party of a case has the first one's.

    Attributes:
        owed: what is unpaid, not negative. regular: the rent or award of a week, 0 for none.
        garage: the weekly rent of a garage, 0 for none.
        days: for how long the oldest part has been due, 0 where nothing is.
    """

    owed: NDArray[np.int64]
    regular: NDArray[np.int64]
    garage: NDArray[np.int64]
    days: NDArray[np.int64]


Draw = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def behind(planned: plan.Plan, town: lives.Lives, on: date) -> NDArray[np.bool_]:
    """Return which spells are behind with Council Tax, bool (s,): it is Revenues' own draw."""
    from borough.lines.revenues.furnishing import paying  # noqa: PLC0415  the line may be left out

    none = np.zeros(0, np.int64)
    dwellings = furnishing.Dwellings(none, planned.band, planned.parish, planned.deprived_permille)
    given = furnishing.Town(planned.seed, on, dwellings, town.spells, town.parts, none)
    late: NDArray[np.bool_] = paying.draw(given).habit != "on_time"
    return late


def of(book: books.Book, late: NDArray[np.bool_], seed: int) -> Owing:
    """Return what is owed to the service whose book it is.

    Args:
        book: whose records.
        late: bool (s,), which spells of the town are behind with Council Tax.
        seed: of the town.
    """
    dice = furnishing.dice(seed, f"silos owing {book.source}")
    cases, case = np.unique(book.case, return_inverse=True)
    spell = np.full(len(cases), NOBODY)
    spell[case] = book.spell
    struggling = (spell != NOBODY) & late[spell]
    owed, regular, garage = DRAWS[book.source](dice, figures.read("silos")["owing"], struggling)
    days = np.where(owed > 0, dice.integers(20, 700, len(cases)), 0)
    return Owing(*(column[case] for column in (owed, regular, garage, days)))


def _council_tax(dice: np.random.Generator, mix: Mix, late: NDArray[np.bool_]) -> Draw:
    owed = np.where(late, _pounds(dice, mix["council_tax_pounds"], len(late)), 0)
    return owed, np.zeros_like(owed), np.zeros_like(owed)


def _rents(dice: np.random.Generator, mix: Mix, late: NDArray[np.bool_]) -> Draw:
    """Rent arrears: likelier where the same household is behind with Council Tax."""
    count = len(late)
    weekly = _pounds(dice, mix["weekly_rent_pounds"], count)
    likely = np.where(late, mix["rent_if_behind_with_council_tax"], mix["rent_otherwise"])
    low, high = mix["rent_weeks"]
    owed = weekly * dice.integers(low, high + 1, count)
    owed = np.where(shares.chance(dice, likely, count), owed, 0)
    garage = np.where(shares.chance(dice, mix["garage"], count), GARAGE_PENCE, 0)
    return owed, weekly, garage


def _benefits(dice: np.random.Generator, mix: Mix, late: NDArray[np.bool_]) -> Draw:
    weekly = _pounds(dice, mix["weekly_award_pounds"], len(late))
    owed = _some(dice, mix["overpaid"], len(late))
    return owed, weekly, np.zeros_like(owed)


def _social_care(dice: np.random.Generator, mix: Mix, late: NDArray[np.bool_]) -> Draw:
    owed = _some(dice, mix["care_charge"], len(late))
    return owed, np.zeros_like(owed), np.zeros_like(owed)


def _parking(dice: np.random.Generator, mix: Mix, late: NDArray[np.bool_]) -> Draw:
    choices = 100 * np.array(mix["penalty_pounds"])
    owed = choices[dice.integers(0, len(choices), len(late))]
    return owed, np.zeros_like(owed), np.zeros_like(owed)


def _some(dice: np.random.Generator, mix: Mix, count: int) -> NDArray[np.int64]:
    owes = shares.chance(dice, mix["permille"], count)
    return np.where(owes, _pounds(dice, mix["pounds"], count), 0)


def _pounds(dice: np.random.Generator, between: tuple[int, int], count: int) -> NDArray[np.int64]:
    """Return amounts between so many pounds, in whole pence."""
    low, high = between
    return dice.integers(100 * low, 100 * high + 1, count)


DRAWS = {
    "other-council-tax": _council_tax,
    "northway-rents": _rents,
    "marsh-lane-rents": _rents,
    "other-benefits": _benefits,
    "social-care-charges": _social_care,
    "parking-penalties": _parking,
}
