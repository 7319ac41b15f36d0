"""Feeds taken in and taken back: what is owed to others follows the newest file to the penny."""

from datetime import date

import pytest

from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.ledger import models as ledger_models
from borough.kernel.ledger import queries as ledger
from borough.resident.sources import models, order, queries, reading
from tests import makers
from tests.resident.sources.feed_makers import (
    ON,
    a_file,
    prepare,
    rent,
    take_in,
    withdraw,
    withdraw_all,
)

LATER, LAST = date(2025, 6, 9), date(2025, 6, 16)


@pytest.fixture(autouse=True)
def _ledger(db):
    makers.an_open_ledger()


def owed(on: date) -> dict[str, int]:
    ids = models.Record.objects.values_list("pk", flat=True)
    return {one.reference: one.pence for one in queries.debts_of(ids, on)}


def memorandum() -> dict[str, int]:
    return {one.code: one.pence for one in ledger.trial_balance() if one.fund == "MEMO"}


def test_a_feed_says_who_owes_what_to_whom_and_by_what_right():
    take_in(a_file("northway-rents", rent("T1", "P1", "250.10", costs_pence="20.00")))
    [record] = models.Record.objects.all()
    [debt] = queries.debts_of([record.pk], ON)
    assert (debt.reference, debt.pence, debt.title, debt.stage) == (
        "T1",
        25_010,
        "Rent",
        "reminded",
    )
    assert (debt.regular_pence, debt.regular_every, debt.costs_pence) == (10_000, "week", 2_000)
    assert (debt.right.holder, debt.right.as_at) == ("Northway Homes", ON)
    assert debt.right.consent_given_on == date(2025, 1, 1)
    assert "Article 6(1)(a)" in debt.right.lawful_basis
    state = record.states.get()
    assert (state.postcode, state.nino, state.ends) == ("ZZ1 1AA", "AB123456C", None)
    assert memorandum() == {"MEMO-OWED": 25_010, "MEMO-HELD": -25_010}
    assert checks.check() == []


def test_a_joint_debt_is_owed_by_each_and_counts_once():
    rows = [rent("T1", "P1", "100.00"), rent("T1", "P2", "100.00")]
    take_in(a_file("northway-rents", *rows, total="100.00"))
    ids = list(models.Record.objects.values_list("pk", flat=True))
    assert [one.pence for one in queries.debts_of(ids, ON)] == [10_000, 10_000]
    assert memorandum()["MEMO-OWED"] == 10_000


def test_the_same_rows_in_another_file_change_nothing():
    row = rent("T1", "P1", "250.10")
    take_in(a_file("northway-rents", row))
    journals = ledger_models.Journal.objects.count()
    again = a_file("northway-rents", row, count="1").replace(b"TOTAL", b"TOTAL") + b"\n"
    feed = take_in(again, on=LATER)
    assert feed.changes["debts"] == {"new": 0, "changed": 0, "gone": 0, "same": 1}
    assert ledger_models.Journal.objects.count() == journals
    assert models.RecordState.objects.count() == models.DebtState.objects.count() == 1
    [debt] = queries.debts_of([models.Record.objects.get().pk], LATER)
    assert debt.right.as_at == LATER  # said again, so as at the newer day


def test_the_same_file_is_known_by_its_hash():
    content = a_file("northway-rents", rent("T1", "P1", "1.00"))
    take_in(content)
    with pytest.raises(order.AlreadyTakenIn, match="taken in on 2 June 2025"):
        prepare(content, on=LATER)


def test_a_debt_that_a_later_feed_leaves_out_is_no_longer_reported():
    take_in(a_file("northway-rents", rent("T1", "P1", "250.10"), rent("T2", "P2", "70.00")))
    feed = take_in(a_file("northway-rents", rent("T1", "P1", "200.00")), on=LATER)
    assert feed.changes["debts"] == {"new": 0, "changed": 0, "gone": 1, "same": 1}
    assert owed(LATER) == {"T1": 20_000}
    assert owed(ON) == {"T1": 25_010, "T2": 7_000}  # what we knew then
    assert models.DebtState.objects.get(debt__reference="T2").ends == LATER
    [fact] = Fact.objects.filter(what="resident.debt_no_longer_reported")
    assert fact.detail["pence"] == 7_000
    assert memorandum() == {"MEMO-OWED": 20_000, "MEMO-HELD": -20_000}
    assert checks.check() == []


@pytest.mark.parametrize("day", [LATER, LAST])
def test_a_feed_taken_back_leaves_what_stood_before_it(day):
    take_in(a_file("northway-rents", rent("T1", "P1", "250.10"), rent("T2", "P2", "70.00")))
    changed = rent("T1", "P1", "200.00", stage="NSP", family_name="Ball")
    second = take_in(a_file("northway-rents", changed, rent("T3", "P3", "5.00")), on=LATER)
    withdraw(second, on=day)
    assert owed(day) == {"T1": 25_010, "T2": 7_000}
    names = {
        state.record.key: state.family_name
        for state in models.RecordState.objects.filter(ends=None)
    }
    assert names == {"P1": "Rimmer P1", "P2": "Rimmer P2"}
    assert models.DebtState.objects.get(debt__reference="T1", ends=None).stage == "reminded"
    assert queries.as_at("northway-rents", day) == ON
    assert memorandum()["MEMO-OWED"] == 32_010
    third = take_in(a_file("northway-rents", rent("T1", "P1", "9.00")), on=LAST)
    withdraw(third, on=LAST)
    assert owed(LAST) == {"T1": 25_010, "T2": 7_000}
    assert checks.check() == []


def test_all_of_a_source_taken_back_leaves_nothing_owed_and_nobody_known():
    take_in(a_file("northway-rents", rent("T1", "P1", "250.10")))
    take_in(a_file("northway-rents", rent("T2", "P2", "70.00")), on=LATER)
    withdraw_all("northway-rents", on=LAST)
    assert owed(LAST) == {}
    assert memorandum() == {"MEMO-OWED": 0, "MEMO-HELD": 0}
    for states in (models.RecordState, models.DebtState, models.Liable, models.Consent):
        assert not states.objects.filter(ends=None).exists()
    assert queries.columns("northway-rents", LAST).num_rows == 0
    assert queries.columns("northway-rents", LATER)["key"].to_pylist() == ["P2"]
    assert checks.check() == []


def test_the_council_s_own_funds_hold_no_penny_of_others():
    before = [one for one in ledger.trial_balance() if one.fund != "MEMO"]
    take_in(a_file("northway-rents", rent("T1", "P1", "250.10")))
    assert [one for one in ledger.trial_balance() if one.fund != "MEMO"] == before


def test_a_total_that_differs_is_refused_and_says_both_sums():
    content = a_file("northway-rents", rent("T1", "P1", "250.10"), total="250.11")
    with pytest.raises(reading.TotalsDiffer, match=r"£250\.10.*£250\.11") as refusal:
        prepare(content)
    assert "£0.01" in str(refusal.value)
    assert not models.Staged.objects.exists()


def test_a_file_without_its_last_line_is_refused():
    content = a_file("northway-rents", rent("T1", "P1", "1.00"))
    cut = b"\n".join(content.splitlines()[:-1])
    with pytest.raises(reading.Truncated, match="whole file"):
        prepare(cut)
    short = a_file("northway-rents", rent("T1", "P1", "1.00"), count="2")
    with pytest.raises(reading.TotalsDiffer, match="1 rows, and its last line says 2"):
        prepare(short)


def test_the_total_covers_rows_that_are_set_aside():
    bad = rent("T2", "P2", "70.00", family_name="")
    feed = prepare(a_file("northway-rents", rent("T1", "P1", "250.10"), bad))
    assert (feed.rows, feed.set_aside) == (1, 1)
    assert (feed.total_pence, feed.aside_pence) == (25_010, 7_000)


def test_a_debt_of_two_counts_once_though_the_row_of_one_is_set_aside():
    rows = [
        rent("T1", "P1", "100.00"),
        rent("T1", "P2", "100.00", consent_from=""),
        rent("T2", "P3", "30.00", consent_from=""),
        rent("T2", "P4", "30.00", consent_from=""),
    ]
    feed = take_in(a_file("northway-rents", *rows, total="130.00"))
    assert (feed.total_pence, feed.aside_pence) == (10_000, 3_000)
    assert memorandum()["MEMO-OWED"] == 10_000


def test_feeds_follow_one_another():
    take_in(a_file("northway-rents", rent("T1", "P1", "1.00")))
    with pytest.raises(order.OutOfOrder, match="taken in today"):
        take_in(a_file("northway-rents", rent("T1", "P1", "2.00")))
    with pytest.raises(order.OutOfOrder, match="Take back the newer"):
        take_in(
            a_file("northway-rents", rent("T1", "P1", "3.00")), on=LATER, as_at=date(2025, 5, 1)
        )
