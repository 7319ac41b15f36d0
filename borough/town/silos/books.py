"""Who is on the books of which service: a record is a person as one service knows them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.town import figures, lives, plan, shares
from borough.town.silos import people

Role = furnishing.Role
NOBODY = furnishing.NOBODY
FIRST_ACCOUNT = 100_001
"""As Revenues numbers its accounts: the oldest spell first."""
ADULT_DAYS = 18 * 36525 // 100


@dataclass(frozen=True)
class Book:
    """Columns of n records of one service.

    Attributes:
        source: its name.
        person: int64 (n,), row of the person; dwelling: int64 (n,), where the service places them
            (before any slip), ``NOBODY`` outside the borough.
        case: int64 (n,), the number of the account, tenancy, claim or file; joint parties share it.
        party: int64 (n,), 1 for its first person, 2 for the second.
        spell: int64 (n,), row of the spell of the town that it is about, or ``NOBODY``.
    """

    source: str
    person: NDArray[np.int64]
    dwelling: NDArray[np.int64]
    case: NDArray[np.int64]
    party: NDArray[np.int64]
    spell: NDArray[np.int64]


@dataclass(frozen=True)
class Homes:
    """Who lives in each home now: rows of people by dwelling, ``NOBODY`` where there is none."""

    spell: NDArray[np.int64]
    head: NDArray[np.int64]
    partner: NDArray[np.int64]
    grown: NDArray[np.int64]


def homes(town: lives.Lives, dwellings: int) -> Homes:
    """Return the homes that are lived in now, columns (dwellings,)."""
    spells, parts = town.spells, town.parts
    now = np.isnat(spells.ends)
    spell = np.full(dwellings, NOBODY)
    spell[spells.dwelling[now]] = np.flatnonzero(now)

    def who(role: Role) -> NDArray[np.int64]:
        found = np.full(dwellings, NOBODY)
        here = (parts.role == role) & now[parts.spell]
        found[spells.dwelling[parts.spell[here]]] = parts.person[here]
        return found

    return Homes(spell, who(Role.HEAD), who(Role.PARTNER), who(Role.ADULT))


def council_tax(planned: plan.Plan, town: lives.Lives, here: Homes, folk: people.People) -> Book:
    """Return who is liable now: the head or the owner, and the partner of some couples."""
    dice = furnishing.dice(planned.seed, "silos council tax")
    spells, parts = town.spells, town.parts
    organised = np.concatenate([np.zeros(len(town.died), np.bool_), town.owners.organisation != ""])
    first = np.isin(parts.role, (Role.HEAD, Role.OWNER)) & np.isnat(spells.ends[parts.spell])
    first &= ~organised[parts.person]
    lead = np.flatnonzero(first)
    _, once = np.unique(parts.spell[lead], return_index=True)
    lead = lead[once]
    spell, person = parts.spell[lead], parts.person[lead]
    partner = here.partner[spells.dwelling[spell]]
    both = (partner != NOBODY) & (person == here.head[spells.dwelling[spell]])
    both &= shares.chance(dice, _rates()["joint_liable"], len(both))
    oldest_first = np.argsort(np.argsort(spells.starts, kind="stable"), kind="stable")
    owner = parts.role[lead] == Role.OWNER
    placed = np.where(owner, folk.home[person], spells.dwelling[spell])
    number = FIRST_ACCOUNT + oldest_first[spell]
    return _joint("other-council-tax", number, person, partner, both, placed, spell)


def rents(planned: plan.Plan, town: lives.Lives, here: Homes) -> tuple[Book, Book]:
    """Return the tenants of the larger and of the smaller landlord, former ones with them."""
    dice, rates = furnishing.dice(planned.seed, "silos rents"), _rates()
    count = len(planned)
    score = dice.integers(1, 1 << 20, count) * (planned.deprived_permille + 60)
    score = np.where(planned.support_permille > 0, score * rates["support_weight"], score)
    lived_in = here.head != NOBODY
    rented = np.argsort(-np.where(lived_in, score, 0), kind="stable")
    rented = np.sort(rented[: int(lived_in.sum()) * rates["dwellings_rented"] // 1000])
    partner, head = here.partner[rented], here.head[rented]
    couple = partner != NOBODY
    alone = couple & shares.chance(dice, rates["partner_holds"], len(rented))
    both = couple & ~alone & shares.chance(dice, rates["joint_tenants"], len(rented))
    child = (here.grown[rented] != NOBODY) & shares.chance(dice, rates["child_holds"], len(rented))
    holder = np.where(alone, partner, np.where(child & ~both, here.grown[rented], head))
    left, left_from, left_spell = _former(dice, town, rates["former_tenants"])
    everyone = np.concatenate([holder, left])
    second = np.concatenate([np.where(both, partner, NOBODY), np.full(len(left), NOBODY)])
    dwelling = np.concatenate([rented, left_from])
    spell = np.concatenate([here.spell[rented], left_spell])
    larger = shares.chance(dice, rates["first_landlord"], count)[dwelling]
    number = dice.permutation(900_000)[: len(everyone)]

    def book(source: str, base: int, mine: NDArray[np.bool_]) -> Book:
        return _joint(
            source,
            base + number[mine],
            everyone[mine],
            second[mine],
            second[mine] != NOBODY,
            dwelling[mine],
            spell[mine],
        )

    return book("northway-rents", 1_000_000, larger), book("marsh-lane-rents", 40_000, ~larger)


def benefits(planned: plan.Plan, town: lives.Lives, here: Homes) -> Book:
    """Return claimants and their partners: homes with Council Tax Reduction, and grown children."""
    dice, rates = furnishing.dice(planned.seed, "silos benefits"), _rates()
    claims = np.flatnonzero((planned.support_permille > 0) & (here.head != NOBODY))
    head, partner = here.head[claims], here.partner[claims]
    couple = partner != NOBODY
    turned = couple & shares.chance(dice, rates["claimant_is_partner"], len(claims))
    both = couple & shares.chance(dice, rates["partner_on_claim"], len(claims))
    grown = here.grown[claims]
    own = (grown != NOBODY) & shares.chance(dice, rates["grown_child_claims"], len(claims))
    first = np.concatenate([np.where(turned, partner, head), grown[own]])
    other = np.concatenate([np.where(turned, head, partner), np.full(own.sum(), NOBODY)])
    dwelling = np.concatenate([claims, claims[own]])
    with_other = np.concatenate([both, np.zeros(own.sum(), np.bool_)])
    number = 6_000_000 + dice.permutation(900_000)[: len(first)]
    return _joint(
        "other-benefits", number, first, other, with_other, dwelling, here.spell[dwelling]
    )


def social_care(
    planned: plan.Plan, town: lives.Lives, folk: people.People, on: np.datetime64
) -> Book:
    """Return the adults who are cared for: the older, the more of them."""
    dice, rates = furnishing.dice(planned.seed, "silos social care"), _rates()["social_care"]
    members = len(town.members.born)
    age = (on - folk.born[:members]).astype(int) * 100 // 36525
    likely = np.select([age >= 80, age >= 65, age >= 18], [*map(rates.get, ORDER)], 0)
    impaired = town.members.ground == "severely_mentally_impaired"
    likely = np.where(impaired, rates["impaired"], likely)
    found = shares.chance(dice, likely, members) & (folk.home[:members] != NOBODY)
    person = np.flatnonzero(found & np.isnat(town.died))
    return _alone("social-care-charges", dice, 300_000, person, folk)


ORDER = ("over_80", "over_65", "under_65")


def parking(planned: plan.Plan, folk: people.People, outsiders: int, on: np.datetime64) -> Book:
    """Return the keepers of cars with an unpaid penalty: residents, and people of elsewhere."""
    dice = furnishing.dice(planned.seed, "silos parking")
    count = len(folk.born) - outsiders
    adult = (on - folk.born[:count]).astype(int) >= ADULT_DAYS
    adult &= (folk.home[:count] != NOBODY) & (folk.given[:count] != "")
    local = np.flatnonzero(adult & shares.chance(dice, _rates()["keepers"], count))
    away = np.arange(count, len(folk.born))
    return _alone("parking-penalties", dice, 70_000_000, np.concatenate([local, away]), folk)


def outsiders_of(dwellings: int) -> int:
    """Return how many keepers come from outside: in proportion to the town, about two adults."""
    rates = _rates()
    per_million: int = 2 * rates["keepers"] * rates["keepers_from_outside"]
    return dwellings * per_million // 1_000_000


def _rates() -> dict[str, Any]:
    rates: dict[str, Any] = figures.read("silos")["membership"]
    return rates


def _former(
    dice: np.random.Generator, town: lives.Lives, permille: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return heads who left a home, the home and the spell: they still owe for the tenancy."""
    spells, parts = town.spells, town.parts
    left = (parts.role == Role.HEAD) & ~np.isnat(spells.ends[parts.spell])
    left &= shares.chance(dice, permille, len(left))
    rows = np.flatnonzero(left)
    return parts.person[rows], spells.dwelling[parts.spell[rows]], parts.spell[rows]


def _joint(
    source: str,
    case: NDArray[np.int64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    both: NDArray[np.bool_],
    dwelling: NDArray[np.int64],
    spell: NDArray[np.int64],
) -> Book:
    """Return a book of cases that some second person shares."""
    person = np.concatenate([first, second[both]])
    order = np.argsort(np.concatenate([case * 2, case[both] * 2 + 1]), kind="stable")
    party = np.concatenate([np.full(len(first), 1), np.full(int(both.sum()), 2)])

    def each(column: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.concatenate([column, column[both]])[order]

    return Book(source, person[order], each(dwelling), each(case), party[order], each(spell))


def _alone(
    source: str,
    dice: np.random.Generator,
    base: int,
    person: NDArray[np.int64],
    folk: people.People,
) -> Book:
    case = base + dice.permutation(900_000)[: len(person)]
    order = np.argsort(case)
    person, ones = person[order], np.ones(len(person), np.int64)
    return Book(source, person, folk.home[person], case[order], ones, ones * NOBODY)
