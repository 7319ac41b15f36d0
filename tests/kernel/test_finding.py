"""Finding although the spelling is off, and quickly although there are many."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from borough.kernel import finding
from borough.kernel.people import finders as people
from borough.kernel.people.models import Person, Residence
from borough.kernel.places import finders as places
from tests import makers


def test_what_is_looked_for_grows_less_strict():
    assert finding.levels([]) == []
    assert finding.levels(["A"]) == [["A"]]
    assert finding.levels(["A", "B"]) == [["A B"], ["A", "B"]]
    assert finding.levels(["A", "B", "C"]) == [["A B C"], ["A B", "A C", "B C"], ["A", "B", "C"]]


def test_the_most_alike_comes_first(db):
    makers.a_person("Mary", "Romer")
    rimmer = makers.a_person("Mary", "Rimmer")
    found = people.people_like("Mary Rimmer")
    assert found[0].id == rimmer.pk
    assert found[0].likeness > found[1].likeness


def test_one_wrong_word_does_not_hide_a_person(db):
    rimmer = makers.a_person("Mary", "Rimmer")
    assert [one.id for one in people.people_like("Mary Xyzzy")] == [rimmer.pk]
    assert people.people_like("Quux Xyzzy") == []


def test_words_of_the_address_bring_the_right_namesake_forward(db):
    makers.a_person("Mary", "Rimmer")
    here = makers.a_person("Mary", "Rimmer")
    home = makers.a_dwelling(line="14 Lord Street")
    Residence.objects.create(person=here, dwelling=home, starts=date(2020, 1, 1))
    found = people.people_like("Mary Rimmer Lord Street")
    assert found[0].id == here.pk
    assert found[0].address == "14 Lord Street, Bootle, ZZ1 1AA"


@pytest.mark.parametrize(
    "typed", ["newcomer", "ned newcomer", "onewcomer", "o newcomer", "o'newcomer"]
)
@pytest.mark.parametrize("recorded", ["O'Newcomer", "O\N{RIGHT SINGLE QUOTATION MARK}Newcomer"])
def test_a_name_with_an_apostrophe_is_found_by_a_part_of_it(db, recorded, typed):
    ned = makers.a_person("Ned", recorded)
    makers.a_person("Nell", "O'Neill")
    assert people.people_like(typed)[0].id == ned.pk


def test_an_apostrophe_that_nobody_recorded_does_not_hide_a_person_or_a_home(db):
    nell = makers.a_person("Nell", "Oneill")
    makers.a_dwelling(line="3 St Helens Road")
    assert [one.id for one in people.people_like("nell o'neill")] == [nell.pk]
    assert [one.line for one in places.dwellings_like("st helen's road zz1 1aa")]


def test_a_rare_name_is_not_lost_among_common_ones(db, monkeypatch):
    monkeypatch.setattr(people, "CANDIDATES", 3)
    for _ in range(5):
        makers.a_person("John", "Smith")
    rare = makers.a_person("Zebulon", "Jones")
    assert rare.pk in [one.id for one in people.people_like("Zebulon Smith")]


@pytest.mark.parametrize("typed", ["ZZ1 1AA", "zz11aa", "14 zz1 1aa"])
def test_a_postcode_finds_its_homes(db, typed):
    makers.a_dwelling(line="14 Lord Street")
    assert [one.line for one in places.dwellings_like(typed)] == ["14 Lord Street"]


def test_a_number_in_the_address_tells_neighbours_apart(db):
    makers.a_dwelling(line="12 Lord Street")
    makers.a_dwelling(line="14 Lord Street")
    assert [one.line for one in places.dwellings_like("14 Lorde Street")] == ["14 Lord Street"]


def test_who_was_recorded_before_is_found_by_a_part_of_the_name_too(db):
    ned = makers.a_person("Ned", "O'Newcomer")
    Person.objects.filter(pk=ned.pk).update(sounds=["NT", "ONKMR"])
    moved = import_module(
        "borough.kernel.people.migrations.0004_parts_of_a_name_with_an_apostrophe_are_found"
    )
    moved.keep_parts(apps, None)
    assert [one.id for one in people.people_like("newcomer")] == [ned.pk]
