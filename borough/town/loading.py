"""From the drawn town to the kernel's tables: a COPY a table, every constraint holding as ever."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import furnishing
from borough.kernel.people.models import CorrespondenceAddress, Person, Residence
from borough.kernel.places.models import Address, Dwelling, Parish, Ward
from borough.town import addresses, figures, lives, naming
from borough.town.plan import Plan

PLACES_KNOWN_FROM = date(1993, 4, 1)
OWNERS_KNOWN_FROM = date(2000, 1, 1)
OWNER = furnishing.Role.OWNER


def load(plan: Plan, town: lives.Lives, on: date, progress: furnishing.Progress) -> furnishing.Town:
    """Load places and people; return the town as the lines are given it."""
    with progress("Dwellings and addresses", len(plan)):
        dwelling_ids = _places(plan)
    with progress("People", town.people):
        person_ids = _people(plan.seed, town)
    with progress("Who lives where", len(town.parts.spell)):
        _residences(town, dwelling_ids, person_ids)
        _letters_go_elsewhere(plan.seed, town, person_ids)
    dwellings = furnishing.Dwellings(dwelling_ids, plan.band, plan.parish, plan.deprived_permille)
    return furnishing.Town(plan.seed, on, dwellings, town.spells, town.parts, person_ids)


def _places(plan: Plan) -> NDArray[np.int64]:
    published = figures.read("wards")
    wards = [
        Ward.objects.create(code=one["code"], name=one["name"]).pk for one in published["wards"]
    ]
    parishes = {
        code: Parish.objects.create(code=code, name=name).pk
        for code, name in published["parish_names"].items()
    }
    drawn = addresses.of(plan)
    ids = furnishing.numbers(Dwelling, len(plan))
    furnishing.copy(Dwelling, {"id": ids, "uprn": drawn.uprn})
    codes, which = np.unique(plan.parish, return_inverse=True)
    of_code = np.array([parishes.get(str(code), 0) for code in codes])
    furnishing.copy(
        Address,
        {
            "dwelling_id": ids,
            "line": drawn.line,
            "town": drawn.town,
            "postcode": drawn.postcode,
            "ward_id": np.array(wards)[plan.ward],
            "parish_id": np.ma.masked_equal(of_code[which], 0),
            "sounds": drawn.sounds,
            "starts": [PLACES_KNOWN_FROM] * len(ids),
        },
    )
    return ids


def _people(seed: int, town: lives.Lives) -> NDArray[np.int64]:
    names = naming.of(town, seed)
    owners = town.owners.organisation
    unborn = np.full(len(owners), np.datetime64("NaT"), "datetime64[D]")
    organised = np.concatenate([np.zeros(len(town.died), np.bool_), owners != ""])
    ids = furnishing.numbers(Person, town.people)
    furnishing.copy(
        Person,
        {
            "id": ids,
            "kind": np.where(organised, Person.Kind.ORGANISATION.value, Person.Kind.PERSON.value),
            "title": names.title,
            "given_names": names.given,
            "family_name": names.family,
            "date_of_birth": np.concatenate([town.members.born, _born(seed, owners)]),
            "date_of_death": np.concatenate([town.died, unborn]),
            "sounds": names.sounds,
        },
    )
    return ids


def _born(seed: int, owners: NDArray[np.str_]) -> NDArray[np.datetime64]:
    """Return when the owners who live elsewhere were born; organisations were not."""
    dice = furnishing.dice(seed, "owners' ages")
    born = np.datetime64("1940-01-01") + dice.integers(0, 20_000, len(owners))
    return np.where(owners == "", born, np.datetime64("NaT"))


def _residences(
    town: lives.Lives, dwelling_ids: NDArray[np.int64], person_ids: NDArray[np.int64]
) -> None:
    here = np.flatnonzero(town.parts.role != OWNER)
    here = here[np.argsort(town.spells.starts[town.parts.spell[here]], kind="stable")]
    spell, person = town.parts.spell[here], town.parts.person[here]
    furnishing.copy(
        Residence,
        {
            "person_id": person_ids[person],
            "dwelling_id": dwelling_ids[town.spells.dwelling[spell]],
            "starts": np.maximum(town.spells.starts[spell], town.members.born[person]),
            "ends": town.spells.ends[spell],
        },
    )


def _letters_go_elsewhere(seed: int, town: lives.Lives, person_ids: NDArray[np.int64]) -> None:
    """Owners who do not live in the town, and heads who left it, have letters sent elsewhere."""
    parts, ends = town.parts, town.spells.ends[town.parts.spell]
    left = (parts.role == furnishing.Role.HEAD) & ~np.isnat(ends)
    stay = (parts.role != OWNER) & np.isnat(ends)
    gone = np.setdiff1d(parts.person[left], parts.person[stay])
    gone = gone[np.isnat(town.died[gone])]
    since = np.full(town.people, np.datetime64(OWNERS_KNOWN_FROM), "datetime64[D]")
    since[parts.person[left]] = ends[left]
    who = np.concatenate([gone, np.arange(len(town.died), town.people)])
    lines, postcodes = addresses.away(seed, len(who))
    furnishing.copy(
        CorrespondenceAddress,
        {
            "person_id": person_ids[who],
            "lines": lines,
            "postcode": postcodes,
            "starts": since[who],
        },
    )
