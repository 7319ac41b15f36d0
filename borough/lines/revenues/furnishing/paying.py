"""How the town asks to pay, and how it pays: drawn from invented habits."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.lines.revenues import models

HABITS = ("on_time", "late", "stops", "never")


@dataclass(frozen=True)
class Payers:
    """Columns of s accounts, one a spell.

    Attributes:
        direct_debit: bool (s,); day: int64 (s,), of the month; instalments: int64 (s,), 10 or 12.
        habit: str (s,), one of ``HABITS``.
        stops_after: int64 (s,), how many instalments somebody who stops has paid.
    """

    direct_debit: NDArray[np.bool_]
    day: NDArray[np.int64]
    instalments: NDArray[np.int64]
    habit: NDArray[np.str_]
    stops_after: NDArray[np.int64]


@cache
def figures() -> Any:
    """Return the invented habits."""
    return yaml.safe_load((Path(__file__).parent / "habits.yaml").read_text(encoding="utf-8"))


def draw(town: furnishing.Town) -> Payers:
    """Return how each account asks to pay and pays."""
    dice = furnishing.dice(town.seed, "revenues habits")
    mix = figures()
    count = len(town.spells.dwelling)
    deprived = town.dwellings.deprived_permille[town.spells.dwelling]
    debit = dice.integers(0, 1000, count) < mix["direct_debit_permille"] - deprived
    upto = np.cumsum(list(mix["direct_debit_days"].values()))
    days = np.array(list(mix["direct_debit_days"]))
    day = days[np.searchsorted(upto, dice.integers(0, upto[-1], count), "right")]
    twelve = mix["twelve_permille"]
    asks_twelve = dice.integers(0, 1000, count) < np.where(
        debit, twelve["direct_debit"], twelve["cash"]
    )
    return Payers(
        direct_debit=debit,
        day=np.where(debit, day, 1),
        instalments=np.where(asks_twelve, 12, 10),
        habit=_habits(dice, mix["habits"], debit, deprived),
        stops_after=dice.integers(1, 8, count),
    )


def plans(payers: Payers, ids: NDArray[np.int64]) -> dict[str, Any]:
    """Return the columns of the accounts' plans, but for their days."""
    method = models.Plan.Method
    return {
        "account_id": ids,
        "instalments": payers.instalments,
        "payment_day": payers.day,
        "method": np.where(payers.direct_debit, method.DIRECT_DEBIT.value, method.CASH.value),
    }


def _habits(
    dice: np.random.Generator,
    mixes: dict[str, dict[str, int]],
    debit: NDArray[np.bool_],
    deprived: NDArray[np.int64],
) -> NDArray[np.str_]:
    drawn = dice.integers(0, 1000, len(debit))
    habit = np.full(len(debit), "", "<U8")
    for mix, whose in ((mixes["direct_debit"], debit), (mixes["cash"], ~debit)):
        moved = mix["lean"] * deprived // 1000
        others = sum(mix[name] for name in HABITS[1:])
        left = drawn - (mix["on_time"] - moved)
        dealt = np.full(len(debit), "on_time", "<U8")
        upto = 0
        for name in HABITS[1:]:
            dealt = np.where(left * others >= upto * (others + moved), name, dealt)
            upto += mix[name]
        habit = np.where(whose, dealt, habit)
    return habit
