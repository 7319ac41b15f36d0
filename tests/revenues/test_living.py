"""What the office does on a day of the town that lives on, of one account at a time."""

from datetime import date

import pytest

from borough.kernel.bank.models import Entry
from borough.kernel.facts import delivering
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.living import Day
from borough.lines.revenues import models, remedy_receipts
from borough.lines.revenues.furnishing import paying as habits
from borough.lines.revenues.living import (
    agents,
    arranging,
    attaching,
    paying,
    remitting,
    suspense,
)
from borough.rules import years
from tests import makers
from tests.revenues import ordering
from tests.revenues.test_arrangements import agreed, an_account_in_arrears

YEAR = years.Year(2025)


def day(on: date) -> Day:
    return Day(seed=7, on=on, year=YEAR)


@pytest.fixture
def mix(monkeypatch):
    """Return the habits, to be made certain for a test."""
    found = {**habits.figures(), "living": dict(habits.figures()["living"])}
    monkeypatch.setattr(habits, "figures", lambda: found)
    return found["living"]


@pytest.fixture
def ordered(db):
    mary = makers.a_person("Mary", "Rimmer")
    return ordering.an_account_under_order(people=[mary], year=YEAR, ordered=date(2025, 9, 5))


def test_who_runs_late_is_rung_then_written_to_and_only_then_the_arrangement_ends(db):
    agreed(an_account_in_arrears())  # from 12 September; nothing is paid
    mondays = [date(2025, 9, 29), date(2025, 10, 6), date(2025, 10, 13), date(2025, 10, 27)]
    told = [word for on in mondays for word in arranging.look_after(day(on))]
    assert told == ["arrangements rung about", "arrangements written to", "arrangements broken"]
    assert models.Arrangement.objects.get().why_ended == "not_kept"


def test_earnings_are_attached_after_an_order_and_deducted_by_the_table(ordered, mix):
    mix["employer_known_percent"], mix["leave_work_percent"] = 100, 0
    assert attaching.attach(day(date(2025, 10, 6)))["attachments of earnings ordered"] == 1
    assert attaching.attach(day(date(2025, 10, 28)))["deductions from earnings"] == 1
    deduction = models.Deduction.objects.get()
    assert deduction.deducted_pence == deduction.expected_pence > 0
    assert not checks.check()


def on_its_way() -> int:
    return ledger.account_balance(remedy_receipts.ON_ITS_WAY)


def test_what_agents_and_employers_told_of_reaches_the_bank_two_working_days_later(ordered, mix):
    mix["employer_known_percent"], mix["leave_work_percent"] = 100, 0
    attaching.attach(day(date(2025, 10, 6)))
    attaching.attach(day(date(2025, 10, 28)))
    deducted = models.Deduction.objects.get().deducted_pence
    other = ordering.an_account_under_order(year=YEAR, ordered=date(2025, 9, 5))
    mix["agent_percent"] = {"pays all": 100}
    agents.place(day(date(2025, 10, 13)))
    agents.place(day(date(2025, 10, 27)))
    passed_on = models.AgentReturn.objects.get().passed_on_pence
    assert other.remedies.exists()
    assert on_its_way() == deducted + passed_on
    arrived = {"transfers of agents and employers": 1}
    assert remitting.arrive(day(date(2025, 10, 29))) == arrived
    assert on_its_way() == deducted
    assert remitting.arrive(day(date(2025, 10, 30))) == arrived
    assert remitting.arrive(day(date(2025, 10, 31))) == {}
    assert on_its_way() == 0
    assert ledger.account_balance("SUSPENSE") == 0
    assert not checks.check()


def test_what_an_agent_collects_is_posted_and_its_fee_is_not(ordered, mix):
    mix["agent_percent"] = {"pays all": 100}
    assert agents.place(day(date(2025, 10, 13)))["debts placed with the agent"] == 1
    owed = models.Remedy.objects.get().owed_pence
    assert agents.place(day(date(2025, 10, 27)))["payments passed on by the agent"] == 1
    payment = models.ReturnRow.objects.get(kind="payment")
    assert (payment.passed_on_pence, payment.pence) == (owed, owed + agents.COMPLIANCE_PENCE)
    while delivering.deliver():
        pass
    assert models.Remedy.objects.get().why_ended == "paid"
    assert not checks.check()


def test_a_payment_without_reference_waits_and_is_placed_by_likeness(db, mix):
    mix["without_reference_permille"] = 1_000
    mix["clear"] = {"on_time": 1_000, "late": 0, "stops": 0, "never": 0}
    account = makers.an_account(people=[makers.a_person("Mary", "Rimmer")], starts=date(2025, 4, 1))
    ordering.bill(account, YEAR)
    paid_on = date(2025, 4, 1)
    assert paying.receive(day(paid_on)) == {"payments received": 0, "payments in suspense": 1}
    assert paying.receive(day(paid_on)) == {}, "whoever has sent it does not send it again"
    assert suspense.place(day(paid_on)) == {
        "suspense placed by likeness": 1,
        "suspense left waiting": 0,
    }
    assert Entry.objects.get().placed.get().reference == account.reference
    assert not checks.check()
