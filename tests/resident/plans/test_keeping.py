"""A plan is kept or late by rule, ends by a person, and is shared anew when a debt is paid."""

from datetime import date

import pytest

from borough.kernel import joining
from borough.kernel.holds import commands as holds
from borough.resident.plans import models
from borough.resident.plans.commands import plans as commands
from borough.resident.plans.queries import keeping
from borough.rules.arrangements import State
from tests import makers
from tests.resident.plans import plan_makers
from tests.revenues import recovering_makers

ON = plan_makers.ON  # 2 June 2025, the first payment of the plans below
HELP = joining.purposes()["resident.support"]
BY = makers.everything


@pytest.fixture
def mary(db):
    makers.an_open_ledger()
    return makers.a_person("Mary", "Rimmer")


def pay(account, pence, on):
    recovering_makers.pay(account, pence, on, "2024-25")


def anew(plan, on):
    return commands.share_anew(plan=plan, purpose=HELP, by=BY(), on=on)


@pytest.fixture
def two(mary):
    """Give a plan of 60.00 over debts of 300.00 and 100.00, so 45.00 and 15.00 a month."""
    accounts = plan_makers.an_order(mary, 30_000), plan_makers.an_order(mary, 10_000)
    plan_makers.a_statement(mary, 6_000)
    plan = plan_makers.a_plan(mary)
    assert [one.monthly_pence for one in plan.shares.order_by("-owed_pence")] == [4_500, 1_500]
    return plan, *accounts


def test_a_payment_missing_for_longer_than_the_councils_days_is_late_and_no_plan_ends_by_that(two):
    plan, large, _ = two
    for on, state in (
        (date(2025, 6, 3), State.KEPT),
        (date(2025, 6, 16), State.KEPT),
        (date(2025, 6, 17), State.LATE),
    ):
        assert keeping.of_plan(plan, on).state is state, on
    late = keeping.of_plan(plan, date(2025, 6, 17))
    assert (late.asked_pence, late.received_pence, late.short_pence) == (6_000, 0, 6_000)
    assert late.late_since == ON
    assert plan.ends is None
    pay(large, 5_800, date(2025, 6, 17))  # 2.00 may be missing; which debt it went to is no matter
    assert keeping.of_plan(plan, date(2025, 6, 17)).state is State.KEPT


def test_a_plan_that_is_kept_cannot_end_for_not_being_kept(two):
    plan, *_ = two
    with pytest.raises(commands.NotLate):
        commands.end_plan(plan=plan, why="not_kept", by=BY(), on=date(2025, 6, 16))
    commands.end_plan(plan=plan, why="not_kept", by=BY(), on=date(2025, 6, 17))
    plan.refresh_from_db()
    assert plan.why_ended == "not_kept"


def test_when_a_debt_is_paid_its_share_goes_to_the_others(two):
    plan, large, small = two
    pay(large, 4_500, ON)
    pay(small, 1_500, ON)
    assert anew(plan, date(2025, 6, 10)) is None  # nothing is nearly paid: all stays as agreed
    pay(small, 8_500, date(2025, 6, 11))
    following = anew(plan, date(2025, 6, 11))
    [share] = following.shares.all()
    assert (share.thing, share.monthly_pence, share.owed_pence) == (large.thing, 6_000, 25_500)
    assert (following.first_due, following.payment_day) == (date(2025, 7, 2), 2)
    plan.refresh_from_db()
    assert (plan.why_ended, following.follows) == ("changed", plan)
    # What came before the new plan is not counted again for it.
    assert keeping.of_plan(following, date(2025, 6, 11)).received_pence == 0


def test_a_debt_on_hold_gives_its_share_away_and_gets_it_back(two):
    plan, large, small = two
    hold = holds.place_hold(kind="dispute", upon=holds.Upon(thing=small.thing), by=BY(), on=ON)
    during = anew(plan, ON)
    shares = {one.thing: one.monthly_pence for one in during.shares.all()}
    assert shares == {large.thing: 6_000, small.thing: 0}
    holds.lift_hold(hold=hold, by=BY(), on=date(2025, 6, 5))
    after = anew(during, date(2025, 6, 6))  # the day itself is still held
    assert {one.thing: one.monthly_pence for one in after.shares.all()} == {
        large.thing: 4_500,
        small.thing: 1_500,
    }


def test_when_all_is_paid_the_plan_ends_as_paid(two):
    plan, large, small = two
    pay(large, 30_000, ON)
    pay(small, 10_000, ON)
    assert anew(plan, ON) is None
    plan.refresh_from_db()
    assert plan.why_ended == "paid"
    assert models.Plan.objects.count() == 1


def test_a_debt_to_somebody_else_is_judged_by_what_its_holder_last_told(mary):
    plan_makers.a_rent(mary, "840.00")
    plan_makers.a_statement(mary, 6_000)
    plan = plan_makers.a_plan(mary)
    found = keeping.of_plan(plan, date(2025, 8, 1))
    [rent] = found.paid
    assert (rent.by_day, rent.asked_pence, found.state) == (ON, 0, State.KEPT)
