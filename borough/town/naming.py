"""Names: drawn column by column from Faker's lists for Great Britain, and how they sound."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from faker.providers.person.en_GB import Provider
from numpy.typing import NDArray

from borough.kernel import finding, furnishing
from borough.town import figures, households, lives, shares

Role = furnishing.Role


@dataclass(frozen=True)
class Names:
    """Columns of p people: organisations have a family name only.

    Attributes:
        title, given, family: str (p,).
        sounds: str (p,), the search keys as a PostgreSQL array.
    """

    title: NDArray[np.str_]
    given: NDArray[np.str_]
    family: NDArray[np.str_]
    sounds: list[str]


def of(town: lives.Lives, seed: int) -> Names:
    """Return the names of all people of the town, members first, then owners."""
    dice = furnishing.dice(seed, "names")
    members, owners = town.members, town.owners
    away = len(owners.organisation)
    woman = np.concatenate([members.woman, dice.integers(0, 2, away) == 1])
    role = np.concatenate([members.role, np.full(away, Role.OWNER, np.int8)])
    family = _family(dice, members, away)
    given = _namesakes(seed, members, _given(dice, woman))
    title = _titles(dice, woman, role)
    organised = np.concatenate([np.full(len(members.role), ""), owners.organisation])
    is_person = organised == ""
    family = np.where(is_person, family, organised)
    given, title = np.where(is_person, given, ""), np.where(is_person, title, "")
    return Names(title, given, family, _sounds(given, family))


def _family(dice: np.random.Generator, members: households.Members, away: int) -> NDArray[np.str_]:
    names = np.array(list(Provider.last_names))
    often = np.array([round(1000 * often) for often in Provider.last_names.values()]) + 1
    upto = np.cumsum(often)
    count = len(members.role) + away
    drawn = names[np.searchsorted(upto, dice.integers(0, upto[-1], count), "right")]
    first = np.searchsorted(members.household, members.household)  # rows go household by household
    kin = np.concatenate([members.kin, np.zeros(away, np.bool_)])
    head = np.concatenate([first, np.arange(len(first), count)])
    named: NDArray[np.str_] = np.where(kin, drawn[head], drawn)
    return named


def _given(dice: np.random.Generator, woman: NDArray[np.bool_]) -> NDArray[np.str_]:
    women, men = np.array(Provider.first_names_female), np.array(Provider.first_names_male)
    count = len(woman)
    of_women = women[dice.integers(0, len(women), count)]
    return np.where(woman, of_women, men[dice.integers(0, len(men), count)])


def _namesakes(seed: int, members: households.Members, given: NDArray[np.str_]) -> NDArray[np.str_]:
    """Let some children bear the first name of the head of their home, who is of their sex."""
    dice = furnishing.dice(seed, "namesakes")
    permille = figures.read("invented")["households"]["namesakes_permille"]
    head = np.searchsorted(members.household, members.household)
    named = members.kin & np.isin(members.role, (Role.ADULT, Role.CHILD))
    named &= (members.woman == members.woman[head]) & shares.chance(dice, permille, len(head))
    of_members = given[: len(head)]
    return np.concatenate([np.where(named, of_members[head], of_members), given[len(head) :]])


def _titles(
    dice: np.random.Generator, woman: NDArray[np.bool_], role: NDArray[np.int8]
) -> NDArray[np.str_]:
    drawn = dice.integers(0, 100, len(woman))
    unmarried = np.where(drawn < 55, "Miss", "Ms")
    women = np.where((role == Role.PARTNER) | (drawn < 30), "Mrs", unmarried)
    title = np.where(woman, women, "Mr")
    title = np.where(drawn >= 98, "Dr", title)
    return np.where(role == Role.CHILD, "", title)


def _sounds(given: NDArray[np.str_], family: NDArray[np.str_]) -> list[str]:
    """Return the search keys of each name as an array literal: each word is sounded once."""
    keys = cache(finding.sounds)
    return [
        "{" + ",".join(sorted({*keys(one), *keys(other)})) + "}"
        for one, other in zip(given.tolist(), family.tolist(), strict=True)
    ]
