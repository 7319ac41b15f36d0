"""The town as separate systems know it: the same from a seed, with the slips asked for."""

import hashlib
from collections import Counter
from datetime import date

import numpy as np
import pytest

from borough.town import figures, lives, naming, plan, silos
from borough.town.silos import books, owing

TODAY = date(2025, 3, 10)
DWELLINGS = 6_000


@pytest.fixture(scope="module")
def town() -> dict[str, silos.Silo]:
    return {silo.book.source: silo for silo in silos.draw(DWELLINGS, 5, TODAY)}


def digest(drawn: list[silos.Silo]) -> str:
    seal = hashlib.sha256()
    for silo in drawn:
        held = silo.records
        columns = (silo.keys, silo.book.person, silo.owing.owed, held.born, held.uprn)
        words = (held.given, held.family, held.nino, held.line, held.town, held.postcode)
        for column in (*columns, *words):
            seal.update("\n".join(map(str, column)).encode())
    return seal.hexdigest()[:16]


def test_the_same_seed_gives_the_same_silos_on_every_machine():
    assert digest(silos.draw(400, 7, TODAY)) == "ecde816f4324aed7"
    assert digest(silos.draw(400, 8, TODAY)) != "ecde816f4324aed7"


def test_a_service_gives_each_of_its_people_a_number_once(town):
    for silo in town.values():
        assert len(set(silo.keys)) == len(silo.keys) == len(silo.records.given)


def test_each_service_holds_birth_and_number_as_often_as_it_says(town):
    for source, habits in figures.read("silos")["habits"].items():
        held = town[source].records
        count = len(held.born)
        slack = 4 * 500 / np.sqrt(count)
        assert abs(1000 * (~np.isnat(held.born)).mean() - habits["birth"]) <= slack + 5, source
        numbered = (held.nino != "").mean() * 1000
        assert numbered <= habits["nino"] + slack, source
    tax = town["other-council-tax"].records
    assert 0.42 < (~np.isnat(tax.born)).mean() < 0.48
    assert 0.12 < (tax.nino != "").mean() < 0.18


def test_numbers_and_addresses_are_nobodys(town):
    for silo in town.values():
        assert all(one == "" or one.startswith("QQ") for one in silo.records.nino)
        codes = {one[:4] for one in silo.records.postcode if one}
        assert codes <= {f"L9{last} " for last in range(10)}


def test_each_slip_is_made_between_two_records_of_one_person(town):
    """What the benefits hold (hardly a slip) beside what the landlords hold of the same people."""
    found: Counter[str] = Counter()
    sure = town["other-benefits"]
    rows = {person: row for row, person in enumerate(sure.book.person.tolist())}
    for source in ("northway-rents", "marsh-lane-rents", "other-council-tax"):
        held = town[source].records
        for row, person in enumerate(town[source].book.person.tolist()):
            if person in rows:
                other = rows[person]
                found.update(differences(held, row, sure.records, other))
    wanted = {"initial", "given", "family", "day and month", "birth", "number", "address", "code"}
    assert wanted <= set(found), found
    assert found["alike"] > 5 * max(found[one] for one in wanted)


def differences(held, row, other, at) -> set[str]:
    found = set()
    one, two = (name.casefold().split() or [""] for name in (held.given[row], other.given[at]))
    if one[0] != two[0]:
        found.add("initial" if len(one[0]) == 1 else "given")
    if held.family[row].casefold() != other.family[at].casefold():
        found.add("family")
    born, true = held.born[row], other.born[at]
    if born != true and not np.isnat(born) and not np.isnat(true):
        turned = str(born)[5:7] == str(true)[8:] and str(born)[8:] == str(true)[5:7]
        found.add("day and month" if turned else "birth")
    if held.nino[row] != other.nino[at] and held.nino[row] and other.nino[at]:
        found.add("number")
    if held.line[row].split()[0].casefold() != other.line[at].split()[0].casefold():
        found.add("address")
    if held.postcode[row] != other.postcode[at]:
        found.add("code")
    return found or {"alike"}


def test_who_is_behind_with_council_tax_is_as_often_behind_with_rent_as_was_laid_down():
    seed, dwellings = 3, 15_000
    planned = plan.draw(dwellings, seed)
    living = lives.draw(planned, TODAY)
    late = owing.behind(planned, living, TODAY)
    tenants = books.rents(planned, living, books.homes(living, dwellings))[0]
    first = tenants.party == 1
    rent = owing.of(tenants, late, seed).owed[first] > 0
    struggling = late[tenants.spell[first]]
    mix = figures.read("silos")["owing"]
    for who, permille in (
        (struggling, mix["rent_if_behind_with_council_tax"]),
        (~struggling, mix["rent_otherwise"]),
    ):
        assert who.sum() > 200
        assert abs(1000 * rent[who].mean() - permille) < 4 * 500 / np.sqrt(who.sum())


def test_some_children_bear_the_name_of_a_parent_and_some_are_twins():
    planned = plan.draw(DWELLINGS, 5)
    living = lives.draw(planned, TODAY)
    members = living.members
    names = naming.of(living, 5)
    head = np.searchsorted(members.household, members.household)
    child = (members.role >= 2) & members.kin & (head != np.arange(len(head)))
    same = names.given[: len(head)] == names.given[head]
    assert 40 < (same & child).sum() < 0.06 * child.sum()
    twin = (members.born == np.roll(members.born, 1)) & (
        members.household == np.roll(members.household, 1)
    )
    assert 20 < (twin & child).sum() < 0.03 * child.sum()
