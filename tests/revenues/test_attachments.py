"""Attachments of earnings: one remedy at a time, two orders at most, to the penny of the table."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from borough.kernel.facts import delivering
from borough.kernel.facts.models import Fact
from borough.kernel.holds import commands as holds
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.commands import people as people_commands
from borough.lines.revenues import billing, costs, models, remedying
from borough.lines.revenues.commands import arrangements, dwellings, receipts
from borough.lines.revenues.commands import attachments as commands
from borough.lines.revenues.queries import attachments as queries
from borough.lines.revenues.queries import remedies
from borough.rules import years
from tests import makers
from tests.revenues import ordering

ON = date(2025, 9, 1)
YEAR, NEXT = ordering.YEAR, years.Year(2025)
BY = makers.everything()


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


@pytest.fixture
def account(mary):
    return ordering.an_account_under_order(people=[mary])


def ordered(account, person, *, year=YEAR, on=ON, frequency="weekly"):
    return commands.order_attachment(
        account=account,
        year=year,
        person=person,
        employer=ordering.an_employer(),
        frequency=frequency,
        by=BY,
        on=on,
    )


def deducted(order, pay_day, pence, net=None, on=None):
    return commands.record_deduction(
        attachment=order,
        pay_day=pay_day,
        deducted_pence=pence,
        net_pence=net,
        by=BY,
        on=on or pay_day,
    )


def owed(account, year=YEAR, on=ON):
    return remedies.order_of(account, year, on).outstanding_pence


def test_an_order_is_for_what_is_outstanding_under_the_liability_order(account, mary):
    order = ordered(account, mary)
    assert order.remedy.owed_pence == owed(account) == order.amounts.get().pence
    assert order.remedy.reference == f"AE{order.remedy.pk:07d}"
    assert Fact.objects.get(what="revenues.attachment_ordered").thing == account.thing


def test_without_an_order_of_the_court_there_is_no_remedy(account, mary):
    ordering.bill(account, NEXT)
    with pytest.raises(remedying.NoOrder):
        ordered(account, mary, year=NEXT)
    with pytest.raises(IntegrityError, match="no liability order"), transaction.atomic():
        models.Remedy.objects.create(
            kind="agent", account=account, year=2025, person=mary, owed_pence=1, starts=ON
        )


def test_it_is_made_against_somebody_liable_who_can_have_earnings(account):
    with pytest.raises(commands.NotADebtor):
        ordered(account, makers.a_person("Somebody", "Else"))
    with pytest.raises(commands.NotADebtor):
        ordered(account, ordering.an_employer("A Firm"))


def test_a_later_bill_is_not_under_the_order(account, mary):
    """What became owed for the year after the court's order is not recovered under it."""
    before = owed(account)
    balance = ledger.balance(billing.KIND, account.reference)
    dwellings.change_band(
        dwelling=account.dwelling, letter="C", starts=date(2024, 4, 1), by=BY, on=ON
    )
    assert ledger.balance(billing.KIND, account.reference) > balance
    assert ordered(account, mary).remedy.owed_pence == before


def test_one_remedy_at_a_time(account, mary):
    ordered(account, mary)
    with pytest.raises(remedying.StandsAgainst, match="Another remedy is in use"):
        ordered(account, mary)
    [remedy] = models.Remedy.objects.all()
    remedy.pk, remedy.kind, remedy.slot = None, "agent", None
    with pytest.raises(IntegrityError, match="one_remedy_at_a_time"), transaction.atomic():
        remedy.save(force_insert=True)


def test_two_attachments_against_a_debtor_and_no_third(mary):
    accounts = [ordering.an_account_under_order(people=[mary]) for _ in range(3)]
    first, second = (ordered(one, mary) for one in accounts[:2])
    assert (first.remedy.slot, second.remedy.slot) == (1, 2)
    with pytest.raises(commands.TwoInForce, match="the most there may be"):
        ordered(accounts[2], mary)
    commands.end_attachment(attachment=first, why="discharged", by=BY, on=ON)
    assert ordered(accounts[2], mary).remedy.slot == 1


def test_what_is_taken_is_set_beside_the_table(account, mary):
    """Of £400.00 a week, over £355.00: 17 per cent is £68.00."""
    order = ordered(account, mary)
    before = owed(account)
    deducted(order, date(2025, 9, 5), 6_800, net=40_000)
    deducted(order, date(2025, 9, 12), 5_000, net=40_000)
    deducted(order, date(2025, 9, 19), 1_000)
    stands = queries.standing(order, date(2025, 9, 19))
    assert (stands.deducted_pence, stands.expected_pence) == (12_800, 13_600)
    assert stands.short_pence == 1_800
    assert owed(account) == before - 12_800


def test_the_last_deduction_is_of_what_is_left_and_no_employer_took_too_little(account, mary):
    order = ordered(account, mary)
    commands.vary_attachment(attachment=order, pence=7_800, by=BY, on=ON)
    deducted(order, date(2025, 9, 5), 6_800, net=40_000)
    deducted(order, date(2025, 9, 12), 1_000, net=40_000)
    stands = queries.standing(order, date(2025, 9, 12))
    assert (stands.expected_pence, stands.short_pence) == (7_800, 0)


def test_a_pay_day_counts_once_and_nothing_beyond_the_earnings(account, mary):
    order = ordered(account, mary)
    deducted(order, date(2025, 9, 5), 0, net=7_500)
    with pytest.raises(commands.AlreadyReceived):
        deducted(order, date(2025, 9, 5), 500)
    with pytest.raises(commands.NotAnAmount):
        deducted(order, date(2025, 9, 12), 500, net=400)
    with pytest.raises(commands.changing.NotADay):
        deducted(order, date(2025, 8, 29), 500, on=ON)


def test_a_deduction_keyed_wrongly_is_taken_back_and_its_pay_day_keyed_anew(mary):
    account = ordering.an_account_under_order(people=[mary], costs_pence=8_000)
    order = ordered(account, mary)
    all_pence, day = order.remedy.owed_pence, date(2025, 9, 5)
    with pytest.raises(commands.NotAnAmount, match="whole order"):
        deducted(order, day, all_pence + 1)
    wrong = deducted(order, day, all_pence)
    commands.take_back_deduction(deduction=wrong, by=BY, on=day)
    with pytest.raises(commands.AlreadyTakenBack):
        commands.take_back_deduction(deduction=wrong, by=BY, on=day)
    assert owed(account, on=day) == all_pence
    assert ledger.account_balance("REMITTED") == 0
    deducted(order, day, 6_800)
    assert owed(account, on=day) == all_pence - 6_800
    assert queries.standing(order, day).deducted_pence == 6_800
    assert ledger.account_balance("REMITTED") == 6_800
    assert checks.check() == []


def test_it_ends_when_all_is_paid(account, mary):
    order = ordered(account, mary)
    deducted(order, date(2025, 9, 5), order.remedy.owed_pence)
    order.remedy.refresh_from_db()
    assert (order.remedy.ends, order.remedy.why_ended) == (date(2025, 9, 5), "paid")
    last = deducted(order, date(2025, 9, 12), 500)  # the employer took once too often: it is money
    assert last.deducted_pence == 500


def test_the_tax_is_paid_first_then_the_costs_and_the_rest_is_a_credit(mary):
    account = ordering.an_account_under_order(people=[mary], costs_pence=8_000)
    order = ordered(account, mary)
    tax = ledger.balance(billing.KIND, account.reference)
    assert order.remedy.owed_pence == tax + 8_000
    deducted(order, date(2025, 9, 5), tax + 3_000)
    assert ledger.balance(costs.KIND, account.reference) == 5_000
    deducted(order, date(2025, 9, 12), 7_000)
    assert ledger.balance(costs.KIND, account.reference) == 0
    assert ledger.balance(billing.KIND, account.reference) == -2_000
    order.remedy.refresh_from_db()
    assert order.remedy.why_ended == "paid"
    control, subs = ledger.control_totals()[costs.KIND]
    assert control == subs == 0


def test_paid_elsewhere_it_ends_by_the_news(account, mary):
    order = ordered(account, mary)
    receipts.record_payment(
        account=account, pence=order.remedy.owed_pence, key="all", year=YEAR, by=BY, on=ON
    )
    delivering.deliver()
    order.remedy.refresh_from_db()
    assert order.remedy.why_ended == "paid"


def test_it_is_varied_and_left(account, mary):
    order = ordered(account, mary)
    with pytest.raises(commands.NotAnAmount):
        commands.vary_attachment(attachment=order, pence=order.remedy.owed_pence + 1, by=BY, on=ON)
    commands.vary_attachment(attachment=order, pence=50_000, by=BY, on=ON)
    assert queries.standing(order, ON).ordered_pence == 50_000
    commands.end_attachment(attachment=order, why="left", by=BY, on=date(2025, 9, 8))
    with pytest.raises(commands.AlreadyEnded):
        commands.vary_attachment(attachment=order, pence=40_000, by=BY, on=date(2025, 9, 9))
    assert remedies.order_of(account, YEAR, date(2025, 9, 9)).remedy == ""


def test_nothing_begins_while_something_stands_against_it(account, mary):
    holds.place_hold(
        kind="dispute",
        upon=holds.Upon(thing=account.thing, about=[mary.pk]),
        by=BY,
        on=ON,
    )
    with pytest.raises(remedying.StandsAgainst, match="asked about the charge"):
        ordered(account, mary)
    with pytest.raises(IntegrityError, match="stands against"), transaction.atomic():
        models.Remedy.objects.create(
            kind="agent", account=account, year=YEAR.first, person=mary, owed_pence=1, starts=ON
        )


def test_nothing_begins_while_an_arrangement_is_kept_or_after_a_death(account, mary):
    one = arrangements.agree(
        account=account,
        parts=[YEAR.name],
        offer=arrangements.Offer(10_000, "monthly", ON),
        by=BY,
        on=ON,
    )
    with pytest.raises(remedying.StandsAgainst, match="arrangement"):
        ordered(account, mary)
    arrangements.end(arrangement=one, why="asked", by=BY, on=ON)
    people_commands.record_death(person=mary, died_on=ON, by=BY, on=ON)
    with pytest.raises(remedying.StandsAgainst, match="died"):
        ordered(account, mary)


def test_no_arrangement_beside_an_attachment_for_the_same_year(account, mary):
    order = ordered(account, mary)
    offer = arrangements.Offer(10_000, "monthly", ON)
    with pytest.raises(arrangements.EarningsAttached, match="End the attachment first"):
        arrangements.agree(account=account, parts=[YEAR.name], offer=offer, by=BY, on=ON)
    commands.end_attachment(attachment=order, why="discharged", by=BY, on=ON)
    arrangements.agree(account=account, parts=[YEAR.name], offer=offer, by=BY, on=ON)


def test_of_two_officers_at_once_one_begins_a_remedy_and_the_other_is_told(own_database):
    mary = makers.a_person("Mary", "Rimmer")
    account = ordering.an_account_under_order(people=[mary])
    outcomes = []

    def begin():
        try:
            outcomes.append(ordered(account, mary))
        except remedying.StandsAgainst as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    both = [threading.Thread(target=begin) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(type(one).__name__ for one in outcomes) == ["Attachment", "StandsAgainst"]
    assert models.Remedy.objects.count() == 1
