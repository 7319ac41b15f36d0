"""Addresses: invented streets in the real wards, with postcodes and UPRNs that belong to nobody.

Postcodes lie in the districts L90 to L98, which are not in use: each is well formed, none is
anybody's. UPRNs count up from 990000000001.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from borough.kernel import finding, furnishing
from borough.town import figures, shares
from borough.town.plan import Plan

FIRST_UPRN = 990_000_000_001
INWARD_LETTERS = np.array(list("ABDEFGHJLNPQRSTUWXYZ"))


@dataclass(frozen=True)
class Addresses:
    """Columns of n dwellings.

    Attributes:
        line, town, postcode: str (n,).
        sounds: str (n,), search keys as a PostgreSQL array.
        uprn: int64 (n,).
    """

    line: list[str]
    town: NDArray[np.str_]
    postcode: NDArray[np.str_]
    sounds: list[str]
    uprn: NDArray[np.int64]


def of(plan: Plan) -> Addresses:
    """Return the addresses of the planned dwellings: street by street through each ward."""
    dice = furnishing.dice(plan.seed, "addresses")
    wards = figures.read("wards")["wards"]
    street, number = _streets(dice, plan.ward)
    names = _street_names(dice, street[-1] + 1)
    flats = shares.chance(dice, figures.read("invented")["flats_permille"], street[-1] + 1)[street]
    house = np.where(flats, (number - 1) // 6 + 1, number)
    flat = (number - 1) % 6 + 1
    line = _lines(house, np.where(flats, flat, 0), names[street])
    town = np.array([ward["town"] for ward in wards])[plan.ward]
    district = np.array([ward["district"] for ward in wards])[plan.ward]
    postcode = _postcodes(district, street, number)
    return Addresses(
        line=line,
        town=town,
        postcode=postcode,
        sounds=_sounds(line, town, postcode),
        uprn=FIRST_UPRN + np.arange(len(plan)),
    )


def away(seed: int, count: int) -> tuple[list[str], list[str]]:
    """Return the lines and the postcodes of ``count`` invented addresses outside the borough."""
    dice = furnishing.dice(seed, "away")
    words = figures.read("words")
    streets, ends, places = words["streets"], words["suffixes"], words["elsewhere"]
    drawn = dice.integers(0, 1 << 20, (count, 4)).tolist()
    lines = [
        f"{a % 180 + 1} {streets[b % len(streets)]} {ends[c % len(ends)]}\n"
        f"{places[d % len(places)]}"
        for a, b, c, d in drawn
    ]
    inward = [
        f"L99 {a % 10}{INWARD_LETTERS[b % 20]}{INWARD_LETTERS[c % 20]}" for a, b, c, _ in drawn
    ]
    return lines, inward


def _streets(
    dice: np.random.Generator, ward: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cut the wards into streets: the street of each dwelling, and its number there from 1."""
    low, high = figures.read("invented")["dwellings_per_street"]
    ends = np.cumsum(dice.integers(low, high + 1, len(ward) // low + 1))
    begins = np.concatenate([[0], ends[ends < len(ward)], np.flatnonzero(np.diff(ward)) + 1])
    begins = np.unique(begins)
    street = np.searchsorted(begins, np.arange(len(ward)), "right") - 1
    return street, np.arange(len(ward)) - begins[street] + 1


def _street_names(dice: np.random.Generator, count: int) -> NDArray[np.str_]:
    """Name the streets; a name comes again only after all others, so wards apart."""
    words = figures.read("words")
    names = np.array([f"{one} {end}" for one in words["streets"] for end in words["suffixes"]])
    shuffled = names[dice.permutation(len(names))]
    named: NDArray[np.str_] = shuffled[np.arange(count) % len(shuffled)]
    return named


def _lines(house: NDArray[np.int64], flat: NDArray[np.int64], name: NDArray[np.str_]) -> list[str]:
    return [
        f"Flat {door}, {number} {street}" if door else f"{number} {street}"
        for number, door, street in zip(house.tolist(), flat.tolist(), name.tolist(), strict=True)
    ]


def _postcodes(
    district: NDArray[np.str_], street: NDArray[np.int64], number: NDArray[np.int64]
) -> NDArray[np.str_]:
    """Give every twenty homes of a street a postcode of their own, counted up in each district."""
    homes = figures.read("invented")["homes_per_postcode"]
    districts, which = np.unique(district, return_inverse=True)
    codes, code = np.unique(
        (which * (street[-1] + 1) + street) * 8 + (number - 1) // homes, return_inverse=True
    )
    of_code = codes // 8 // (street[-1] + 1)
    nth = code - np.searchsorted(of_code, np.arange(len(districts)))[which]
    letters = INWARD_LETTERS[np.stack([nth // 20 % 20, nth % 20])]
    parts = [district, np.full(len(nth), " "), (nth // 400).astype("<U2"), *letters]
    postcode: NDArray[np.str_] = parts[0]
    for part in parts[1:]:
        postcode = np.char.add(postcode, part)
    return postcode


def _sounds(line: list[str], town: NDArray[np.str_], postcode: NDArray[np.str_]) -> list[str]:
    """Return the search keys as array literals: each word is sounded once, numbers stay."""
    keys = cache(finding.sounds)
    return [
        "{"
        + ",".join(sorted({key for word in f"{one} {two} {code}".split() for key in keys(word)}))
        + "}"
        for one, two, code in zip(line, town.tolist(), postcode.tolist(), strict=True)
    ]
