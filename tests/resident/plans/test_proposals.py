"""One plan of many debts: whose they are, how grave, how the money is shared, and when none is."""

import pytest

from borough.kernel import joining
from borough.kernel.holds import commands as holds
from borough.resident.plans.pages import no_room
from borough.resident.plans.queries import debts, proposals
from borough.resident.sources.models import Record
from borough.rules.support import plan
from tests import makers, markup, officers
from tests.resident.plans import plan_makers

ON = plan_makers.ON
HELP = joining.purposes()["resident.support"]


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    makers.an_open_ledger()
    return makers.a_person("Mary", "Rimmer", date_of_birth="1980-02-03")


@pytest.fixture
def visitor(db):
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    return officers.a_visitor(ann, purpose="resident.support")


def proposed(mary, **given):
    return proposals.propose(mary.pk, purpose=HELP, on=ON, **given)


def test_rent_and_council_tax_share_by_floor_and_then_by_what_is_owed(mary):
    plan_makers.an_order(mary, 60_000)
    plan_makers.a_rent(mary, "840.00", stage="NSP")
    plan_makers.a_statement(mary, 6_000)
    found = proposed(mary, floors={"northway-rents/T1": 2_000})
    rent, tax = found.debts.values()
    assert (rent.tier, rent.consequence, rent.pence) == (1, "the home may be lost", 84_000)
    assert rent.right.holder
    assert (tax.tier, tax.pence) == (2, 60_000)
    # 20.00 first; the other 40.00 over 84000 : 60000 = 23.333 and 16.666.
    assert found.plan.allocation == {rent.id: 2_000 + 2_333, tax.id: 1_667}
    assert found.plan.outcome is plan.Outcome.PLAN
    assert found.plan.months_to_clear == 24


def test_what_was_not_joined_is_in_no_plan(mary):
    plan_makers.a_rent(makers.a_person("John", "Other"), "840.00")
    assert Record.objects.exists()
    assert not proposed(mary, monthly_pence=6_000).debts


def test_a_debt_in_dispute_is_shown_and_takes_nothing(mary):
    account, other = plan_makers.an_order(mary, 30_000), plan_makers.an_order(mary, 20_000)
    holds.place_hold(
        kind="dispute", upon=holds.Upon(thing=account.thing), by=makers.everything(), on=ON
    )
    found = proposed(mary, monthly_pence=5_000)
    shares = {one.debt.id.split("/")[1]: one for one in found.plan.shares}
    assert shares[account.reference].pence == 0
    assert shares[account.reference].says.startswith("Nothing: somebody has asked")
    assert shares[other.reference].pence == 5_000


def test_of_this_year_only_what_is_late_is_a_debt(mary):
    account = makers.an_account(people=[mary], starts=ON.replace(month=4, day=1))
    plan_makers.billed(account, 2025)
    [one] = debts.of_person(mary.pk, purpose=HELP, on=ON)
    # The instalments of April, May and the 1 June, of ten.
    assert 0 < one.pence < 60_000


def test_a_plan_beyond_the_councils_months_says_what_would_have_to_be_written_off(mary):
    plan_makers.an_order(mary, 50_000)
    found = proposed(mary, monthly_pence=1_000)
    assert found.plan.outcome is plan.Outcome.PARTIAL_WRITE_OFF
    assert found.write_off_pence == 50_000 - 36 * 1_000
    assert proposed(mary, monthly_pence=1_500).plan.outcome is plan.Outcome.ADVISER_REVIEW


def test_where_nothing_is_left_the_page_says_what_to_do_and_asks_for_nothing(mary, visitor):
    plan_makers.an_order(mary, 30_000)
    plan_makers.a_statement(mary, -2_500)
    response = visitor.get(f"/residents/{mary.pk}/plan")
    assert (response.status_code, response.url) == (302, f"/residents/{mary.pk}/no-plan")
    page = visitor.get(response.url).content.decode()
    markup.check(page)
    for words in (
        "entitled",
        "13A(1)(c)",
        "Crisis and Resilience Fund",
        "debt advice",
        "look again",
    ):
        assert words in page, words
    assert page.index("entitled to") < page.index("13A(1)(c)")
    assert "£25.00 too little" in page


def test_every_step_that_the_rule_asks_for_is_on_that_page():
    assert set(no_room.RULE.actions) == set(no_room.DO)


def test_the_page_works_another_amount_out_and_agrees_nothing(mary, visitor):
    plan_makers.an_order(mary, 30_000)
    plan_makers.a_statement(mary, 6_000)
    there = f"/residents/{mary.pk}/plan"
    page = visitor.get(there).content.decode()
    markup.check(page)
    assert "in proportion to what is owed" in page
    assert "£60.00" in page
    tried = visitor.post(there, {"monthly": "75"}).content.decode()
    assert "This is more than is left in a month" in tried
    assert "£75.00" in tried
    unknown = makers.a_person("John", "Rimmer")
    assert (
        "Ask for a statement first" in visitor.get(f"/residents/{unknown.pk}/plan").content.decode()
    )
