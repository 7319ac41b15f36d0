"""Posting, seen from a service line: sums one can check by hand."""

import datetime

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borough.kernel.ledger import commands, models, queries, refusals
from borough.kernel.ledger.commands import Line
from tests.kernel.ledger import makers
from tests.kernel.ledger.makers import APRIL, CLERK, MAY, TREASURER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger(db):
    makers.a_ledger()


@pytest.fixture
def debt() -> int:
    return makers.sub_accounts()[0]


def test_a_bill_is_owed(debt):
    makers.bill(debt, 150_000)
    assert queries.balances([debt]) == {debt: 150_000}
    assert queries.balance(makers.KIND, "100001") == 150_000


def test_a_receipt_has_four_lines_and_lowers_the_debt(debt):
    makers.bill(debt, 150_000)
    journal = makers.pay(debt, 15_000)
    assert journal.postings.count() == 4
    assert queries.balances([debt]) == {debt: 135_000}
    held = {row.code: row.pence for row in queries.trial_balance()}
    assert held["BANK"] == 15_000
    assert held["OWED-TO-CF"] == -15_000
    assert held["CT-CASH-WITH-GF"] == 15_000
    assert held["CT-PAYERS"] == 135_000
    assert queries.control_totals()[makers.KIND] == (135_000, 135_000)


def test_a_statement_runs_down(debt):
    makers.bill(debt, 150_000)
    makers.pay(debt, 15_000, on=MAY)
    entries = queries.statement(debt)
    assert [entry.pence for entry in entries] == [150_000, -15_000]
    assert [entry.balance_pence for entry in entries] == [150_000, 135_000]
    assert entries[0].narrative == "Council Tax 2025-26"
    assert [entry.on for entry in entries] == [APRIL, MAY]


def test_posting_twice_posts_once(debt):
    first = makers.bill(debt)
    assert makers.bill(debt) == first
    assert queries.balances([debt]) == {debt: 150_000}


def test_posting_again_after_the_close_is_still_the_same(debt):
    first = makers.bill(debt)
    commands.close_period(month=202504, because="Month end", by=TREASURER, on=MAY)
    assert makers.bill(debt) == first


def test_a_key_with_another_content_is_refused(debt):
    makers.bill(debt, 150_000)
    with pytest.raises(refusals.KeyReused, match="another content"):
        makers.bill(debt, 150_001)


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([Line("CT-INCOME", -5), Line("CT-CASH-WITH-GF", 6)], refusals.Unbalanced),
        ([Line("BANK", 5), Line("CT-CASH-WITH-GF", -5)], refusals.Unbalanced),
        ([Line("BANK", 5)], refusals.TooFewLines),
        ([], refusals.TooFewLines),
        ([Line("BANK", 0), Line("OWED-TO-CF", 0)], refusals.NotAnAmount),
        ([Line("BANK", 1.5), Line("OWED-TO-CF", -1.5)], refusals.NotAnAmount),
        ([Line("BANK", 10**13), Line("OWED-TO-CF", -(10**13))], refusals.NotAnAmount),
        ([Line("BANK", -(2**63)), Line("OWED-TO-CF", 2**62)], refusals.NotAnAmount),
        ([Line("BANK", 10**30), Line("OWED-TO-CF", -(10**30))], refusals.NotAnAmount),
        ([Line("NOWHERE", 5), Line("BANK", -5)], refusals.UnknownAccount),
        ([Line("CT-PAYERS", 5), Line("CT-INCOME", -5)], refusals.UnknownSubAccount),
        ([Line("CT-CASH-WITH-GF", 5, 1), Line("CT-INCOME", -5)], refusals.UnknownSubAccount),
        ([Line("CT-PAYERS", 5, 999_999_999), Line("CT-INCOME", -5)], refusals.UnknownSubAccount),
    ],
)
def test_a_faulty_journal_is_refused_with_a_sentence(lines, refusal):
    with pytest.raises(refusal) as told:
        commands.post(source="test", key="k", on=APRIL, narrative="", lines=lines, by=CLERK)
    assert str(told.value).endswith(".")
    assert models.Batch.objects.count() == 0


def test_a_sub_account_of_another_control_account_is_refused(debt):
    lines = [Line("SUSPENSE", -5, debt), Line("BANK", 5)]
    with pytest.raises(refusals.UnknownSubAccount):
        commands.post(source="test", key="k", on=APRIL, narrative="", lines=lines, by=CLERK)


def test_a_year_that_is_not_open_is_told(debt):
    with pytest.raises(refusals.NoSuchPeriod, match="2027-04"):
        makers.bill(debt, on=datetime.date(2027, 4, 1))


def test_a_closed_period_takes_nothing_until_it_is_opened_again(debt):
    commands.close_period(month=202504, because="Month end", by=TREASURER, on=MAY)
    with pytest.raises(refusals.PeriodClosed):
        makers.bill(debt)
    commands.reopen_period(month=202504, because="A late file", by=TREASURER, on=MAY)
    assert makers.bill(debt).period.month == 202504
    changes = models.PeriodChange.objects.values_list("state", "because", "by")
    assert list(changes.order_by("id")) == [
        ("closed", "Month end", "system/treasurer"),
        ("open", "A late file", "system/treasurer"),
    ]


def test_a_soft_closed_period_takes_late_entries_from_those_who_may(debt):
    commands.close_period(month=202504, because="Month end", by=TREASURER, on=MAY, soft=True)
    with pytest.raises(commands.posting.commanding.NotAllowed):
        makers.bill(debt)
    assert makers.bill(debt, by=TREASURER).batch.into_soft_closed


def test_closing_twice_is_told():
    commands.close_period(month=202504, because="Month end", by=TREASURER, on=MAY)
    with pytest.raises(refusals.PeriodAlreadySo):
        commands.close_period(month=202504, because="Again", by=TREASURER, on=MAY)


def test_closing_needs_the_capability():
    with pytest.raises(commands.posting.commanding.NotAllowed):
        commands.close_period(month=202504, because="Month end", by=CLERK, on=MAY)


def test_a_reversal_is_the_exact_negation_in_an_open_period(debt):
    journal = makers.bill(debt)
    commands.close_period(month=202504, because="Month end", by=TREASURER, on=MAY)
    with pytest.raises(refusals.PeriodClosed):
        commands.reverse(journal, on=APRIL, because="Billed in error", by=CLERK)
    undone = commands.reverse(journal, on=MAY, because="Billed in error", by=CLERK)
    assert undone.reverses == journal
    assert undone.period.month == 202505
    assert queries.balances([debt]) == {debt: 0}
    assert queries.charged(makers.BILLING, makers.KIND).of(np.array([debt])).tolist() == [0]


def test_reversing_twice_is_refused_and_asking_again_is_not(debt):
    journal = makers.bill(debt)
    undone = commands.reverse(journal, on=MAY, because="Billed in error", by=CLERK)
    assert commands.reverse(journal, on=MAY, because="Billed in error", by=CLERK) == undone
    with pytest.raises(refusals.AlreadyReversed):
        commands.reverse(journal, on=APRIL, because="Billed in error", by=CLERK)


def test_a_reversal_can_be_reversed(debt):
    undone = commands.reverse(makers.bill(debt), on=MAY, because="In error", by=CLERK)
    commands.reverse(undone, on=MAY, because="It was right after all", by=CLERK)
    assert queries.balances([debt]) == {debt: 150_000}


def test_a_plain_account_is_looked_up_by_its_index_and_comes_to_the_same(debt):
    makers.bill(debt, 150_000)
    assert queries.account_balance("CT-INCOME") == -150_000
    assert queries.account_balance("CT-PAYERS") == 150_000
    with CaptureQueriesContext(connection) as asked:
        queries.account_balance("CT-INCOME")
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {asked[-1]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "posting_of_a_plain_account" in plan, "else every posting is read for each sum of money"
