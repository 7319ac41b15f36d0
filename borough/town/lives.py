"""Lives: who lived in which dwelling from when to when, and who answers for the ones left empty."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.rules import years
from borough.rules.council_tax import exemptions
from borough.town import figures, households, owners, shares
from borough.town.plan import SECOND, VACANT, Plan

NOBODY = furnishing.NOBODY
COUNCIL_TAX_BEGAN = np.datetime64("1993-04-01")
LONGEST_STAY_DAYS = 11_000
FURNISHED_CLASSES = ("D", "E", "F", "I", "J")
"""Classes of exempt dwelling that usually stand empty with the furniture of who left."""
LEFT_BY_THEIR_OWNER = ("D", "E", "F", "I", "J", "Q")

SINCE_DAYS = {
    "first_month": (0, 27),
    "empty_2_years": (731, 1825),
    "empty_5_years": (1827, 3651),
    "empty_10_years": (3654, 8000),
    "second_home": (365, 6000),
    "second_home_half": (365, 6000),
    "B": (10, 170),
    "F": (5, 420),
}
"""For how many days a dwelling has had nobody living there, from and to, by terms or class."""
OTHER_EXEMPT_DAYS = (20, 1500)
SHORT_DAYS, MIDDLE_DAYS = (31, 182), (184, 730)


@dataclass(frozen=True)
class Lives:
    """Everybody of the town, and their parts in its dwellings.

    Attributes:
        members: who lives or lived in households; the first rows of the people.
        owners: further people and organisations, rows after the members.
        died: datetime64[D] (members,), NaT while alive.
        spells, parts: as a line is given them.
    """

    members: households.Members
    owners: owners.Owners
    died: NDArray[np.datetime64]
    spells: furnishing.Spells
    parts: furnishing.Parts

    @property
    def people(self) -> int:
        """How many people and organisations there are."""
        return len(self.died) + len(self.owners.organisation)


@dataclass(frozen=True)
class _Moves:
    """Who moved within the year: pairs of homes, and the day, datetime64[D] (k,).

    The household of ``into`` came from ``left`` on that day, and somebody from outside the borough
    took ``left``; whoever had lived in ``into`` went away.
    """

    into: NDArray[np.int64]
    left: NDArray[np.int64]
    day: NDArray[np.datetime64]


def draw(plan: Plan, on: date) -> Lives:
    """Return the lives of the planned town as known on the day."""
    today = np.datetime64(on)
    state = _states(plan)
    since = _vacant_since(plan, state, today)
    moves = _moves(plan, state, on)
    lived_in = np.flatnonzero((state == furnishing.State.OCCUPIED) & ~_institution(plan))
    current = households.living_there(plan, lived_in, today)
    vacated = np.flatnonzero(~np.isnat(since))
    before = np.concatenate([vacated, moves.into])
    ended = np.concatenate([since[vacated], moves.day])
    left_alone = np.isin(plan.exemption[before], ("E", "F", "I"))
    homes = current + households.gone(plan.seed, ended, left_alone, left_alone)
    members = households.members(homes, plan.seed)
    household = np.full(len(plan), NOBODY)
    household[lived_in] = np.arange(len(lived_in))
    former = np.full(len(plan), NOBODY)
    former[before] = len(lived_in) + np.arange(len(before))
    former[moves.left] = household[moves.into]
    owned = _owners(plan, state, homes, former, lived_in)
    spells, of_household, owner = _spells(
        plan, state, since, moves, homes, household, former, owned
    )
    died = np.full(len(members.born), np.datetime64("NaT"), "datetime64[D]")
    dead = vacated[plan.exemption[vacated] == "F"]
    died[homes.first[former[dead]]] = since[dead]
    spells = _after_growing_up(spells, of_household, homes, members)
    parts = _parts(spells, of_household, owner, homes, members)
    return Lives(members, owned, died, spells, parts)


def _states(plan: Plan) -> NDArray[np.int8]:
    state = np.full(len(plan), furnishing.State.OCCUPIED, np.int8)
    state[np.isin(plan.terms, VACANT)] = furnishing.State.UNFURNISHED
    state[np.isin(plan.terms, SECOND)] = furnishing.State.FURNISHED
    empty = [letter for letter, one in exemptions.CLASSES.items() if not one.occupied]
    state[np.isin(plan.exemption, empty)] = furnishing.State.UNFURNISHED
    state[np.isin(plan.exemption, FURNISHED_CLASSES)] = furnishing.State.FURNISHED
    return state


def _institution(plan: Plan) -> NDArray[np.bool_]:
    """Halls and barracks: many live there, and nobody of them is on the council's books."""
    return np.isin(plan.exemption, ("M", "O"))


def _vacant_since(
    plan: Plan, state: NDArray[np.int8], today: np.datetime64
) -> NDArray[np.datetime64]:
    """Return since when nobody has lived in a dwelling, datetime64[D] (n,); NaT where they do."""
    dice = furnishing.dice(plan.seed, "vacant")
    published = figures.read("return_2022")
    terms = published["terms"]
    over_6_months = sum(published["empty_6_months"].values()) - sum(
        sum(terms[name].values()) for name in VACANT[2:]
    )
    middle = shares.chance(dice, 1000 * over_6_months // sum(terms["empty"].values()), len(plan))
    low = np.where(middle, MIDDLE_DAYS[0], SHORT_DAYS[0])
    high = np.where(middle, MIDDLE_DAYS[1], SHORT_DAYS[1])
    exempt = plan.exemption != ""
    low, high = (
        np.where(exempt, OTHER_EXEMPT_DAYS[0], low),
        np.where(exempt, OTHER_EXEMPT_DAYS[1], high),
    )
    for name, (least, most) in SINCE_DAYS.items():
        fits = (plan.terms == name) | (plan.exemption == name)
        low, high = np.where(fits, least, low), np.where(fits, most, high)
    days = low + (dice.integers(0, 1 << 20, len(plan)) * (high - low + 1) >> 20)
    since = (today - days).astype("datetime64[D]")
    return np.where(state == furnishing.State.OCCUPIED, np.datetime64("NaT"), since)


def _moves(plan: Plan, state: NDArray[np.int8], on: date) -> _Moves:
    """Draw pairs of ordinary homes whose households moved after the year had begun."""
    dice = furnishing.dice(plan.seed, "moves")
    free = (state == furnishing.State.OCCUPIED) & ~plan.disabled
    free &= np.isin(plan.terms, ("ordinary", "single"))
    permille = figures.read("invented")["households"]["movers_permille"]
    homes = np.flatnonzero(free & shares.chance(dice, permille, len(plan)))
    homes = dice.permutation(homes)[: len(homes) // 2 * 2]
    into, left = homes[0::2], homes[1::2]
    begins = np.datetime64(years.Year.holding(on).starts)
    days = int((np.datetime64(on) - begins).astype(int)) - 9
    return _Moves(into, left, begins + dice.integers(1, max(days, 2), len(into)))


def _owners(
    plan: Plan,
    state: NDArray[np.int8],
    homes: households.Households,
    former: NDArray[np.int64],
    lived_in: NDArray[np.int64],
) -> owners.Owners:
    """Decide who answers for each dwelling for which no resident does."""
    needed = np.flatnonzero(
        (state != furnishing.State.OCCUPIED) | _institution(plan) | (plan.exemption == "S")
    )
    own = np.isin(plan.exemption[needed], LEFT_BY_THEIR_OWNER)
    head_of_former = np.where(own, homes.first[former[needed]], NOBODY)
    heads = homes.first[: len(lived_in)][homes.adults[: len(lived_in)] > 0]
    return owners.draw(plan, needed, head_of_former, heads, members=int(homes.first[-1]))


def _spells(
    plan: Plan,
    state: NDArray[np.int8],
    since: NDArray[np.datetime64],
    moves: _Moves,
    homes: households.Households,
    household: NDArray[np.int64],
    former: NDArray[np.int64],
    owned: owners.Owners,
) -> tuple[furnishing.Spells, NDArray[np.int64], NDArray[np.int64]]:
    """Return the spells in order of dwelling and day, with the household and the owner of each."""
    dice = furnishing.dice(plan.seed, "spells")
    n = len(plan)
    begun = since.copy()
    begun[moves.into], begun[moves.left] = moves.day, moves.day
    changed = np.flatnonzero(~np.isnat(begun))
    until = np.where(np.isnat(begun), np.datetime64("2024-04-01"), begun)
    stay = dice.integers(0, 3300, (2, n)).prod(axis=0) // 1000 + 30
    earlier = np.maximum(until - stay, np.minimum(COUNCIL_TAX_BEGAN, until - 1))
    now = np.where(np.isnat(begun), earlier, begun)
    dwelling = np.concatenate([changed, np.arange(n)])
    past = np.arange(len(dwelling)) < len(changed)
    order = np.argsort(dwelling * 2 + ~past, kind="stable")
    dwelling, past = dwelling[order], past[order]
    of_household = np.where(past, former[dwelling], household[dwelling])
    adults = np.where(of_household == NOBODY, 0, homes.adults[of_household])
    owner = np.where(past, NOBODY, owned.of_dwelling[dwelling])

    def if_now(column: NDArray[Any]) -> NDArray[Any]:
        return np.where(past, np.zeros(1, column.dtype), column[dwelling])

    spells = furnishing.Spells(
        dwelling=dwelling,
        starts=np.where(past, earlier[dwelling], now[dwelling]),
        ends=np.where(past, begun[dwelling], np.datetime64("NaT")),
        state=if_now(state),
        adults=adults,
        exemption=if_now(plan.exemption),
        disabled=if_now(plan.disabled),
        annexe=if_now(plan.terms == "annexe"),
        support_permille=if_now(plan.support_permille),
        pensioner=(of_household != NOBODY)
        & (homes.kind[of_household] == households.Kind.PENSIONER),
    )
    return spells, of_household, owner


def _after_growing_up(
    spells: furnishing.Spells,
    of_household: NDArray[np.int64],
    homes: households.Households,
    members: households.Members,
) -> furnishing.Spells:
    """Let no spell begin before its head was 18, nor (which has no head) before anybody was 16."""
    head = np.where(of_household == NOBODY, 0, homes.first[of_household])
    age = np.where(homes.adults[of_household] > 0, 18, 15)
    of_age = members.born[head] + age * 36525 // 100 + 1
    latest = np.where(np.isnat(spells.ends), np.datetime64("2024-04-01"), spells.ends - 1)
    moved = np.isin(spells.dwelling, spells.dwelling[~np.isnat(spells.ends)])
    fixed = (of_household == NOBODY) | (np.isnat(spells.ends) & moved)
    starts = np.maximum(spells.starts, np.minimum(of_age, latest))
    names = {name: getattr(spells, name) for name in spells.__dataclass_fields__}
    return furnishing.Spells(**{**names, "starts": np.where(fixed, spells.starts, starts)})


def _parts(
    spells: furnishing.Spells,
    of_household: NDArray[np.int64],
    owner: NDArray[np.int64],
    homes: households.Households,
    members: households.Members,
) -> furnishing.Parts:
    """Return everybody's part in each spell; nobody has a part in one that ended unborn."""
    lived = np.flatnonzero(of_household != NOBODY)
    size = homes.size[of_household[lived]]
    spell = np.repeat(lived, size)
    nth = np.arange(len(spell)) - np.repeat(np.cumsum(size) - size, size)
    person = homes.first[of_household[spell]] + nth
    unborn = members.born[person] >= spells.ends[spell]
    spell, person = spell[~unborn], person[~unborn]
    now = np.isnat(spells.ends[spell])
    owned = np.flatnonzero(owner != NOBODY)
    return furnishing.Parts(
        spell=np.concatenate([spell, owned]),
        person=np.concatenate([person, owner[owned]]),
        role=np.concatenate(
            [members.role[person], np.full(len(owned), furnishing.Role.OWNER, np.int8)]
        ),
        ground=np.concatenate(
            [np.where(now, members.ground[person], ""), np.full(len(owned), "", "<U40")]
        ),
    )
