"""Whose bill and which run's is checked once a statement: the database still refuses an orphan."""

import pytest
from django.db import DatabaseError, connection, transaction

from borough.lines.revenues import models
from tests import makers

BILL = (
    "insert into revenues_bill (account_id, year, version, issued, charge_pence, earlier_pence,"
    " instalments, first_pence, other_pence, payment_day, run_id) values "
)
ROW = "({}, 2025, 1, '2025-03-10', 1, 0, 1, 1, 1, 1, {})"


@pytest.mark.parametrize(
    ("why", "attack"),
    [
        ("no such account", BILL + ROW.format(-7, "null")),
        ("no such account", BILL + ROW.format("{account}", "null") + "," + ROW.format(-7, "null")),
        ("no such run", BILL + ROW.format("{account}", -7)),
        ("what is recorded stays", "delete from revenues_account"),
        ("what is recorded stays", "update revenues_account set id = id + 1"),
        ("what is recorded stays", "delete from runs_run"),
    ],
)
def test_a_bill_never_points_at_what_is_not_there(db, why, attack):
    account = makers.an_account()
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack.format(account=account.pk))
    assert not models.Bill.objects.exists()


def test_a_sound_bill_is_taken(db):
    account = makers.an_account()
    with connection.cursor() as cursor:
        cursor.execute(BILL + ROW.format(account.pk, "null"))
    assert models.Bill.objects.get().account_id == account.pk
