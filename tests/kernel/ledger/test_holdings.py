"""Who holds what is checked once a statement: the database still refuses an orphan."""

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel.ledger import commands, models
from borough.kernel.people.models import Person
from tests.kernel.ledger import makers

HOLDING = "insert into ledger_holding (sub_account_id, person_id) values "


@pytest.fixture
def held(db):
    """Give the ids of a sub-account and of a person who holds it."""
    makers.a_ledger()
    [debt] = makers.sub_accounts()
    person = Person.objects.create(given_names="Mary", family_name="Rimmer").pk
    models.Holding.objects.create(sub_account_id=debt, person_id=person)
    return {"debt": debt, "person": person, "other": _another()}


def _another() -> int:
    return Person.objects.create(given_names="Ann", family_name="Ball").pk


@pytest.mark.parametrize(
    ("why", "attack"),
    [
        ("no such person", HOLDING + "({debt}, -7)"),
        ("no such sub-account", HOLDING + "(-7, {person})"),
        ("no such person", HOLDING + "({debt}, {other}), ({debt}, -7)"),
        ("no such person", "update ledger_holding set person_id = -7"),
        ("no such sub-account", "update ledger_holding set sub_account_id = -7"),
        ("permission denied", "delete from ledger_subaccount"),
        ("what is recorded stays", "delete from people_person where id = {person}"),
    ],
)
def test_a_holding_never_points_at_what_is_not_there(held, why, attack):
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack.format(**held))
    assert models.Holding.objects.values_list("person_id", flat=True).get() == held["person"]


def test_a_sound_holding_is_taken_and_may_change_hands(held):
    with connection.cursor() as cursor:
        cursor.execute((HOLDING + "({debt}, {other})").format(**held))
        cursor.execute("delete from ledger_holding where person_id = {person}".format(**held))
    assert models.Holding.objects.get().person_id == held["other"]


def test_opening_again_names_a_new_holder_and_no_holder_twice(held):
    people = np.array([held["person"], held["person"], held["other"]])
    asked = {"kind": makers.KIND, "references": ["100001", "100002"], "part": "2025-26"}
    for _ in range(2):
        first, second = commands.open_sub_accounts(**asked, holders=(np.array([0, 1, 1]), people))
    assert first == held["debt"]
    assert set(models.Holding.objects.values_list("sub_account_id", "person_id")) == {
        (first, held["person"]),
        (second, held["person"]),
        (second, held["other"]),
    }
    assert models.Holding.objects.count() == 3


def test_a_holder_named_twice_for_a_new_sub_account_is_named_once(held):
    twice = (np.array([0, 0]), np.array([held["other"], held["other"]]))
    commands.open_sub_accounts(kind=makers.KIND, references=["100009"], holders=twice)
    assert models.Holding.objects.filter(person_id=held["other"]).count() == 1
