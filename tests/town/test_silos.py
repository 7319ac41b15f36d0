"""The town as separate systems know it: the same from a seed, with the slips asked for."""

import csv
import hashlib
from collections import Counter
from datetime import date

import numpy as np
import pytest

from borough.kernel import feeds
from borough.resident.sources import known, standard
from borough.town import figures, lives, naming, plan, silos
from borough.town.silos import books, owing, writing

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
    assert digest(silos.draw(400, 7, TODAY)) == "860a05cbfdb6fe27"
    assert digest(silos.draw(400, 8, TODAY)) != "860a05cbfdb6fe27"


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
        assert all(one == "" or one.startswith("XX") for one in silo.records.nino)
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


def test_every_file_is_read_as_its_source_lays_it_out(tmp_path):
    drawn = silos.draw(800, 5, TODAY)
    known_by_number = {"northway-rents", "marsh-lane-rents", "other-benefits"}
    for one in writing.write(tmp_path, drawn, seed=5, on=TODAY):
        source = known.sources()[one.source]
        raw = (tmp_path / one.name).read_bytes()
        if source.control:  # its last line says what the others come to
            lines = raw.splitlines()
            assert source.control.word.encode() in lines[-1]
            raw = b"\n".join(lines[:-1])
        found = standard.standardise(feeds.columns(raw, source.layout), source, on=TODAY)
        refused = [bad.reason for bad in found.bad if "No consent" not in bad.reason]
        assert refused == []
        assert found.rows.num_rows + len(found.bad) == one.rows > 0
        assert found.pence == (one.pence if source.amount else 0)
        if source.slug in known_by_number:
            assert any(found.rows.column("nino").to_pylist()), "a number must be well formed"


def test_the_truth_is_apart_and_knows_every_record(tmp_path):
    drawn = silos.draw(800, 5, TODAY)
    written = writing.write(tmp_path, drawn, seed=5, on=TODAY)
    truth = list(csv.DictReader((tmp_path / "truth.csv").open()))
    assert {row["source"] for row in truth} == {one.source for one in written}
    for silo in drawn:
        mine = {row["key"]: row["person"] for row in truth if row["source"] == silo.book.source}
        people = map(str, silo.book.person.tolist())
        assert mine == dict(zip(silo.keys, people, strict=True))
    for one in written:
        assert b"person" not in (tmp_path / one.name).read_bytes().splitlines()[0]
