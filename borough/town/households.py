"""Households: how many live together, how old they are, and who is what to whom."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.town import figures, shares
from borough.town.plan import Plan

Role = furnishing.Role
ADULT_CHILDREN_FROM = 40
"""From this age of its head, the third adult of a home is a grown-up child."""
PENSION_AGE = 66


class Kind(IntEnum):
    """What decides the ages."""

    WORKING = 0
    PENSIONER = 1
    STUDENT = 2
    MINOR = 3


@dataclass(frozen=True)
class Households:
    """Columns of h households.

    Attributes:
        adults, children: int64 (h,).
        kind: int8 (h,), a :class:`Kind`.
        terms: str (h,), on what terms the home is charged; decides who is not counted.
        known: datetime64[D] (h,), the day on which the ages are as drawn.
    """

    adults: NDArray[np.int64]
    children: NDArray[np.int64]
    kind: NDArray[np.int8]
    terms: NDArray[np.str_]
    known: NDArray[np.datetime64]

    @property
    def size(self) -> NDArray[np.int64]:
        """How many people each household has, int64 (h,)."""
        return self.adults + self.children

    @property
    def first(self) -> NDArray[np.int64]:
        """Return the row of each household's first member, int64 (h + 1,)."""
        return np.concatenate([[0], np.cumsum(self.size)])

    def __add__(self, other: "Households") -> "Households":
        names = ("adults", "children", "kind", "terms", "known")
        return Households(*(np.concatenate([getattr(self, n), getattr(other, n)]) for n in names))


@dataclass(frozen=True)
class Members:
    """Columns of m members of households, household by household, the head first.

    Attributes:
        household: int64 (m,).
        role: int8 (m,), a :class:`furnishing.Role`.
        born: datetime64[D] (m,).
        ground: str (m,), why an adult is not counted, or "".
        kin: bool (m,), whether the family name is the head's.
        woman: bool (m,).
    """

    household: NDArray[np.int64]
    role: NDArray[np.int8]
    born: NDArray[np.datetime64]
    ground: NDArray[np.str_]
    kin: NDArray[np.bool_]
    woman: NDArray[np.bool_]


def living_there(plan: Plan, homes: NDArray[np.int64], on: np.datetime64) -> Households:
    """Return the households of these homes of the plan, as they are ``on`` that day."""
    dice = furnishing.dice(plan.seed, "households")
    mix = figures.read("invented")["households"]
    terms = _finer(plan.terms[homes], plan.exemption[homes])
    count = len(homes)
    adults = np.ones(count, np.int64)
    for name, one_mix in (
        ("ordinary", mix["adults_beyond_one"]),
        ("one_counted", mix["one_counted_adults"]),
        ("none_counted", mix["none_counted_adults"]),
        ("N", mix["students"]),
        ("U", mix["impaired"]),
        ("S", mix["impaired"]),
    ):
        adults = np.where(terms == name, shares.deal(dice, one_mix, count), adults)
    group = np.where(terms == "single", "single", "couple")
    permille = np.array([mix["pensioners_permille"][one] for one in ("single", "couple")])
    old = shares.chance(dice, permille[(group == "couple").astype(int)], count)
    supported = plan.support_permille[homes] > 0
    old = np.where(supported, plan.pensioner[homes], old) | (terms == "W")
    kind = np.where(old, Kind.PENSIONER, Kind.WORKING)
    kind = np.where(terms == "N", Kind.STUDENT, np.where(terms == "S", Kind.MINOR, kind))
    families = np.array([mix["with_children_permille"][one] for one in ("single", "couple")])
    with_children = shares.chance(dice, families[(group == "couple").astype(int)], count)
    with_children &= (kind == Kind.WORKING) & np.isin(terms, ("ordinary", "single", "one_counted"))
    children = np.where(with_children, shares.deal(dice, mix["children"], count), 0)
    minor = kind == Kind.MINOR  # they are children in law, and nobody there is an adult
    children, adults = np.where(minor, adults, children), np.where(minor, 0, adults)
    return Households(adults, children, kind.astype(np.int8), terms, np.full(count, on))


def gone(
    seed: int, ended: NDArray[np.datetime64], last: NDArray[np.bool_], old: NDArray[np.bool_]
) -> Households:
    """Return households that left their homes on these days.

    Args:
        seed: of the town.
        ended: datetime64[D] (h,).
        last: bool (h,), whether one adult was the last to live there.
        old: bool (h,), whether of pension age.
    """
    dice = furnishing.dice(seed, "departed")
    adults = shares.deal(dice, figures.read("invented")["households"]["departed"], len(ended))
    return Households(
        np.where(last, 1, adults),
        np.zeros(len(ended), np.int64),
        np.where(old, Kind.PENSIONER, Kind.WORKING).astype(np.int8),
        np.full(len(ended), "gone", "<U16"),
        ended,
    )


def members(homes: Households, seed: int) -> Members:
    """Return everybody who lives, or lived, in these households."""
    dice = furnishing.dice(seed, "members")
    household = np.repeat(np.arange(len(homes.adults)), homes.size)
    place = np.arange(len(household)) - homes.first[household]
    role = _roles(dice, homes, household, place)
    head_age, age = _ages(dice, homes, household, role)
    days = age * 36525 // 100 + dice.integers(0, 365, len(age))
    grown = (role == Role.ADULT) & (head_age >= ADULT_CHILDREN_FROM)
    married = (role == Role.PARTNER) & shares.chance(dice, 780, len(age))
    woman = shares.chance(dice, 500, len(age))
    of_head = woman[homes.first[household]] if len(household) else woman
    woman = np.where(role == Role.PARTNER, of_head ^ shares.chance(dice, 950, len(age)), woman)
    sibling = grown | (role == Role.CHILD)
    return Members(
        household=household,
        role=role,
        born=_twins(seed, homes.known[household] - days, household, role, sibling),
        ground=_grounds(dice, homes, household, place, role),
        kin=sibling | married,
        woman=woman,
    )


def _twins(
    seed: int,
    born: NDArray[np.datetime64],
    household: NDArray[np.int64],
    role: NDArray[np.int8],
    sibling: NDArray[np.bool_],
) -> NDArray[np.datetime64]:
    """Let some brothers and sisters be born on the day on which the one before them was."""
    dice = furnishing.dice(seed, "twins")
    permille = figures.read("invented")["households"]["twins_permille"]
    twin = sibling & shares.chance(dice, permille, len(born))
    twin &= (household == np.roll(household, 1)) & (role == np.roll(role, 1))
    return np.where(twin & ~np.roll(twin, 1), np.roll(born, 1), born)


def _finer(terms: NDArray[np.str_], exemption: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return the terms with the class in place of "exempt": who lives there follows from it."""
    return np.where(terms == "exempt", exemption, terms).astype("<U16")


def _roles(
    dice: np.random.Generator,
    homes: Households,
    household: NDArray[np.int64],
    place: NDArray[np.int64],
) -> NDArray[np.int8]:
    mix = figures.read("invented")["households"]
    couple = shares.chance(dice, mix["partner_permille"], len(homes.adults))
    couple &= (homes.kind == Kind.WORKING) | (homes.kind == Kind.PENSIONER)
    role = np.where(place == 0, Role.HEAD, Role.ADULT)
    role = np.where((place == 1) & couple[household], Role.PARTNER, role)
    return np.where(place >= homes.adults[household], Role.CHILD, role).astype(np.int8)


def _ages(
    dice: np.random.Generator,
    homes: Households,
    household: NDArray[np.int64],
    role: NDArray[np.int8],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the age of each member's head and their own, whole years, int64 (m,) each."""
    ages = figures.read("invented")["ages"]
    ranges = np.array([ages[name] for name in ("working", "pensioner", "student", "minor")])
    low, high = ranges[homes.kind].T
    family = (homes.children > 0) & (homes.kind == Kind.WORKING)
    high = np.where(family, 52, high)
    head = (dice.integers(0, 1 << 20, len(low)) * (high - low + 1) >> 20) + low
    of_head = head[household]
    count = len(household)
    near = np.clip(of_head + dice.integers(-4, 5, count), ages["young_adult"][0], 100)
    young = dice.integers(ages["young_adult"][0], ages["young_adult"][1] + 1, count)
    grown = np.where(of_head >= ADULT_CHILDREN_FROM, np.minimum(young, of_head - 18), near)
    grown = np.maximum(grown, ages["young_adult"][0])
    oldest = np.clip(of_head - 18, 0, 17)
    child = (dice.integers(0, 1 << 20, count) * (oldest + 1)) >> 20
    minor = homes.kind[household] == Kind.MINOR
    own = np.select(
        [minor | (role == Role.HEAD), role == Role.PARTNER, role == Role.ADULT],
        [of_head, near, grown],
        child,
    )
    student = homes.kind[household] == Kind.STUDENT
    return of_head, np.where(student, np.minimum(own, ages["student"][1]), own)


def _grounds(
    dice: np.random.Generator,
    homes: Households,
    household: NDArray[np.int64],
    place: NDArray[np.int64],
    role: NDArray[np.int8],
) -> NDArray[np.str_]:
    grounds = figures.read("invented")["grounds"]
    terms = homes.terms[household]
    adult = role != Role.CHILD
    ground = np.full(len(household), "", "<U40")
    for name in ("one_counted", "none_counted"):
        dealt = shares.deal(dice, grounds[name], len(household))
        fits = adult & (terms == name) & ((place > 0) | (name == "none_counted"))
        ground = np.where(fits, dealt, ground)
    ground = np.where(adult & (terms == "N"), "student", ground)
    return np.where(adult & (terms == "U"), "severely_mentally_impaired", ground).astype("<U40")
