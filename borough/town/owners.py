"""Owners of dwellings for which no resident answers: neighbours, people away, organisations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.town import figures, shares
from borough.town.plan import SECOND, Plan

NOBODY = furnishing.NOBODY


@dataclass(frozen=True)
class Owners:
    """Columns of o owners who are no members of a household of the town.

    Attributes:
        of_dwelling: int64 (n,), row of the person who answers for each dwelling, or ``NOBODY``.
        organisation: str (o,), the name of an organisation, "" for a person.
        homes: int64 (o,), a dwelling that the owner answers for.
    """

    of_dwelling: NDArray[np.int64]
    organisation: NDArray[np.str_]
    homes: NDArray[np.int64]


def draw(
    plan: Plan,
    needed: NDArray[np.int64],
    own: NDArray[np.int64],
    heads: NDArray[np.int64],
    *,
    members: int,
) -> Owners:
    """Return who answers for the dwellings ``needed``.

    Args:
        plan: of the town.
        needed: int64 (d,), rows of dwellings.
        own: int64 (d,), the person who left it and still owns it, or ``NOBODY``.
        heads: rows of people of the town of whom some own a second dwelling.
        members: how many people the households have; owners' rows come after them.
    """
    dice = furnishing.dice(plan.seed, "owners")
    mixes = figures.read("invented")
    count = len(needed)
    second = np.isin(plan.terms[needed], SECOND)
    kind = np.where(
        second,
        shares.deal(dice, mixes["second_home_owners"], count),
        shares.deal(dice, mixes["owners"], count),
    )
    names = _organisations(dice, plan.exemption[needed])
    forced = np.isin(plan.exemption[needed], list(figures.read("words")["owner_of_class"]))
    kind = np.where(forced, "organisation", np.where(own != NOBODY, "own", kind))
    neighbour = heads[dice.integers(0, len(heads), count)]
    away = np.flatnonzero(kind == "away")
    named, which = np.unique(names[kind == "organisation"], return_inverse=True)
    person = np.where(kind == "own", own, neighbour)
    person[away] = members + np.arange(len(away))
    person[kind == "organisation"] = members + len(away) + which
    of_dwelling = np.full(len(plan), NOBODY)
    of_dwelling[needed] = person
    return Owners(
        of_dwelling=of_dwelling,
        organisation=np.concatenate([np.full(len(away), "", names.dtype), named]),
        homes=np.concatenate([needed[away], np.full(len(named), NOBODY)]),
    )


def _organisations(dice: np.random.Generator, exemption: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return the name of an invented organisation for each dwelling, should it have one."""
    words = figures.read("words")
    made_of = words["organisations"]
    first = np.array(made_of["first"])[dice.integers(0, len(made_of["first"]), len(exemption))]
    names = np.full(len(exemption), "", "<U60")
    for letter in np.unique(exemption):
        kind = words["owner_of_class"].get(str(letter), "company")
        ends = np.array(made_of[kind])
        here = exemption == letter
        last = ends[dice.integers(0, len(ends), int(here.sum()))]
        names[here] = np.char.add(np.char.add(first[here], " "), last)
    return names
