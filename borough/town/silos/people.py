"""Everybody of the town as they truly are, and people of elsewhere whom a service may meet."""

from dataclasses import dataclass

import numpy as np
from faker.providers.person.en_GB import Provider
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.town import addresses, figures, lives, naming, plan, shares

Role = furnishing.Role
NOBODY = furnishing.NOBODY
PREFIX = "XX"
NUMBERS = 1_000_000
SUFFIXES = np.array(list("ABCD"))
NINO_FROM_AGE = 16
OLDEST = np.datetime64("1930-01-01")
DAYS_OF_BIRTHS = 27_000


@dataclass(frozen=True)
class People:
    """Columns of p people: members of the town's households, owners, then people of elsewhere.

    Attributes:
        title, given, second, family, former: str (p,); *former* is a family name before marriage,
            "" where there was none.
        born: datetime64[D] (p,). nino: str (p,), well formed, of a prefix that nobody is known to
            have; "" for children and organisations.
        home, before: int64 (p,), row of the dwelling where they live now, and of one where they
            lived or (invented) might have lived before; ``NOBODY`` elsewhere.
        moved: bool (p,), whether they moved within the year.
        away_line, away_postcode: str (p,), an invented address outside the borough.
    """

    title: NDArray[np.str_]
    given: NDArray[np.str_]
    second: NDArray[np.str_]
    family: NDArray[np.str_]
    former: NDArray[np.str_]
    born: NDArray[np.datetime64]
    nino: NDArray[np.str_]
    home: NDArray[np.int64]
    before: NDArray[np.int64]
    moved: NDArray[np.bool_]
    away_line: NDArray[np.str_]
    away_postcode: NDArray[np.str_]


def draw(
    planned: plan.Plan, town: lives.Lives, names: naming.Names, outsiders: int, on: np.datetime64
) -> People:
    """Return the people of the town, and after them so many people of elsewhere."""
    dice = furnishing.dice(planned.seed, "silos people")
    count = town.people + outsiders
    women, men = np.array(Provider.first_names_female), np.array(Provider.first_names_male)
    known = len(town.members.woman)
    woman = np.concatenate([town.members.woman, dice.integers(0, 2, count - known) == 1])
    given_of = np.where(
        woman, women[dice.integers(0, len(women), count)], men[dice.integers(0, len(men), count)]
    )
    given = np.concatenate([names.given, given_of[town.people :]])
    family = np.concatenate([names.family, _families(dice, outsiders)])
    rates = figures.read("silos")["people"]
    second = np.roll(given_of, 1)
    second = np.where(shares.chance(dice, rates["second_name"], count) & (given != ""), second, "")
    married = np.zeros(count, np.bool_)
    married[:known] = _married(town) & town.members.woman
    married &= shares.chance(dice, rates["former_name"], count)
    born = OLDEST + dice.integers(0, DAYS_OF_BIRTHS, count)
    born[:known] = town.members.born
    home, before, moved = _homes(dice, town, len(planned), count)
    lines, postcodes = addresses.away(planned.seed + 1, count)
    return People(
        title=np.concatenate([names.title, np.where(woman[town.people :], "Ms", "Mr")]),
        given=given,
        second=np.where(woman == np.roll(woman, 1), second, ""),
        family=family,
        former=np.where(married, _families(dice, count), ""),
        born=born,
        nino=_ninos(dice, born, given != "", on),
        home=home,
        before=before,
        moved=moved,
        away_line=np.array(lines),
        away_postcode=np.array(postcodes),
    )


def _families(dice: np.random.Generator, count: int) -> NDArray[np.str_]:
    names = {name: round(1000 * often) + 1 for name, often in Provider.last_names.items()}
    return shares.deal(dice, names, count)


def _married(town: lives.Lives) -> NDArray[np.bool_]:
    """Return who bears the name of a marriage: a partner of the head's name, and that head."""
    members = town.members
    partner = (members.role == Role.PARTNER) & members.kin
    head = np.searchsorted(members.household, members.household)
    married = np.zeros(len(partner), np.bool_)
    married[partner] = married[head[partner]] = True
    return married


def _ninos(
    dice: np.random.Generator,
    born: NDArray[np.datetime64],
    person: NDArray[np.bool_],
    on: np.datetime64,
) -> NDArray[np.str_]:
    """Give each person of sixteen or more a number of their own, which is nobody's."""
    number = dice.permutation(NUMBERS)[: len(born)].astype("<U6")
    nino = np.char.add(
        np.char.add(PREFIX, np.char.zfill(number, 6)), SUFFIXES[_of_four(dice, born)]
    )
    grown = (on - born).astype(int) >= NINO_FROM_AGE * 36525 // 100
    given: NDArray[np.str_] = np.where(person & grown, nino, "")
    return given


def _of_four(dice: np.random.Generator, born: NDArray[np.datetime64]) -> NDArray[np.int64]:
    return dice.integers(0, len(SUFFIXES), len(born))


def _homes(
    dice: np.random.Generator, town: lives.Lives, dwellings: int, count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return each person's home, one before it, and whether they moved within the year."""
    spells, parts = town.spells, town.parts
    lives_there = parts.role != Role.OWNER
    ended = ~np.isnat(spells.ends[parts.spell])
    home, before = np.full(count, NOBODY), np.full(count, NOBODY)
    left, stays = lives_there & ended, lives_there & ~ended
    before[parts.person[left]] = spells.dwelling[parts.spell[left]]
    home[parts.person[stays]] = spells.dwelling[parts.spell[stays]]
    moved = (home != NOBODY) & (before != NOBODY)
    invented = dice.integers(0, dwellings, count)
    return home, np.where(before == NOBODY, invented, before), moved
