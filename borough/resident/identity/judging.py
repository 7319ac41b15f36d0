"""What follows from a likeness: certain, for a person to decide, or nothing.

A score alone joins nobody. Certain is what scores high, is mutually best, *and* agrees on an
identifier that both systems hold, with nothing that speaks against it. People of one home are the
great confusion: an address with a family name never is certain, nor are first names that differ,
unless date of birth and National Insurance number both agree. Whether a whole name and an address
identify, where no date of birth is held, is for a council to say: father and son may share both.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from borough.resident.identity import likeness

NINO_SAME, NINO_SLIP = 2, 1
BORN_SAME = 4
GIVEN_SAME, GIVEN_TURNED, GIVEN_SHORT, GIVEN_OTHER = 5, 4, 1, 0
SAME_HOME, SAME_HOME_ALIKE = 6, 5
HOME_FAMILY_SAME = (SAME_HOME, 3, 2)
"""Levels of ``model``'s comparisons, counted from the last: same home, postcode, or elsewhere."""


class Band(IntEnum):
    """What becomes of a pair."""

    NOTHING = 0
    DOUBTFUL = 1
    CERTAIN = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """What the council has decided: two probabilities, and what identifies a person."""

    likely: float
    certain: float
    identifiers: tuple[str, ...]


@cache
def _choices() -> dict[date, Choice]:
    held = yaml.safe_load((Path(__file__).parent / "joining.yaml").read_text(encoding="utf-8"))
    return {
        day: Choice(one["likely"], one["certain"], tuple(one["identifiers"]))
        for day, one in held.items()
    }


def choice(on: date) -> Choice:
    """Return the council's choice in force on a day.

    Raises:
        LookupError: none was made yet.
    """
    made = [day for day in _choices() if day <= on]
    if not made:
        raise LookupError(f"The council had decided nothing about joining records by {on}.")
    return _choices()[max(made)]


def bands(found: likeness.Likeness, made: Choice) -> NDArray[np.int8]:
    """Return the band of each pair, int8 (n,)."""
    likely = found.probability >= made.likely
    identified = np.zeros(len(found), np.bool_)
    for name in made.identifiers:
        identified |= IDENTIFIERS[name](found)
    certain = likely & found.best & identified & ~against(found)
    certain &= found.probability >= made.certain
    band: NDArray[np.int8] = np.where(certain, Band.CERTAIN, np.where(likely, Band.DOUBTFUL, 0))
    return band.astype(np.int8)


def against(found: likeness.Likeness) -> NDArray[np.bool_]:
    """Return where something forbids certainty, bool (n,): a person must look.

    First names that differ, unless date of birth and number both agree; a first name that is not
    known; dates of birth, numbers or second initials that contradict.
    """
    level = found.levels
    both = (level["born"] == BORN_SAME) & (level["nino"] == NINO_SAME)
    named = level["given"] > GIVEN_OTHER
    contradicted = (level["born"] == 0) | (level["nino"] == 0) | (level["second"] == 0)
    forbidden: NDArray[np.bool_] = (~named & ~both) | contradicted
    return forbidden


def _same_nino(found: likeness.Likeness) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = found.levels["nino"] == NINO_SAME
    return same


def _same_birth_and_names(found: likeness.Likeness) -> NDArray[np.bool_]:
    level = found.levels
    named = np.isin(level["given"], (GIVEN_SAME, GIVEN_SHORT))
    named &= np.isin(level["home"], HOME_FAMILY_SAME)
    same: NDArray[np.bool_] = named & (level["born"] == BORN_SAME)
    return same


def _same_birth_and_home(found: likeness.Likeness) -> NDArray[np.bool_]:
    level = found.levels
    # Not by an initial, nor by names spelt alike: twins share a date of birth and a home.
    named = np.isin(level["given"], (GIVEN_SAME, GIVEN_SHORT, GIVEN_TURNED))
    here = named & np.isin(level["home"], (SAME_HOME, SAME_HOME_ALIKE))
    same: NDArray[np.bool_] = here & (level["born"] == BORN_SAME)
    return same


def _same_names_and_home(found: likeness.Likeness) -> NDArray[np.bool_]:
    level = found.levels
    same: NDArray[np.bool_] = (level["given"] == GIVEN_SAME) & (level["home"] == SAME_HOME)
    return same


IDENTIFIERS = {
    "nino": _same_nino,
    "birth_and_names": _same_birth_and_names,
    "birth_and_home": _same_birth_and_home,
    "names_and_home": _same_names_and_home,
}
