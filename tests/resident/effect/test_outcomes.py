"""What help came to against what was planted; what has no data is missing, and never nought."""

from datetime import date, timedelta

import pytest

from borough.kernel.facts import commands as facts
from borough.resident.effect import cohort, commands, measuring, outcomes, outcomes_paper
from borough.resident.plans.models import Plan
from tests import makers, officers
from tests.resident.effect import cases_made
from tests.revenues import recovering_makers

ON = date(2026, 3, 2)
BY = makers.everything()
OPENED = date(2025, 5, 2)

pytestmark = pytest.mark.django_db


def found(on=ON):
    return {one["slug"]: one for one in outcomes.find({}, on)["outcomes"]}


def test_without_anything_nothing_is_known():
    nothing = outcomes.find({}, ON)
    assert all(not one["of"] for one in nothing["outcomes"])
    kept = measuring.Kept(1, ON, nothing, "0" * 64, is_same=True)
    [table] = outcomes_paper.paper(kept).parts[0].sheets
    assert {row["value"] for row in table.rows} == {"No data"}


def test_what_bills_fell_by_after_a_case_is_counted_once_and_net_of_what_they_rose_by():
    mary, john = makers.a_person(), makers.a_person("John")
    case = cases_made.a_case(mary, OPENED)
    cases_made.a_case(john, OPENED)

    def changed(pence, on, *about):
        people = [one.pk for one in about]
        facts.record("revenues.discount_applied", about=people, by=BY, on=on, starts=on,
                     change_pence=pence, account="1")  # fmt: skip

    changed(-40_000, OPENED + timedelta(1), mary, john)  # both are liable: one bill
    changed(5_000, OPENED + timedelta(2), mary)
    changed(-7_000, OPENED - timedelta(1), mary)  # before the case
    changed(-9_000, OPENED + timedelta(182), mary)  # long after
    income = found()["income"]
    assert (income["pence"], income["of"], income["cases"]) == (35_000, 2, [case.pk])


def test_plans_alive_are_those_that_hold_were_paid_or_go_on_as_another():
    on = date(2026, 3, 1)

    def plan(starts, ends=None, why=""):
        return Plan(starts=starts, ends=ends, why_ended=why)

    before = date(2025, 3, 1)
    assert outcomes.is_alive([plan(before)], on)
    assert outcomes.is_alive([plan(before, on, "paid")], on)
    assert not outcomes.is_alive([plan(before, on, "not_kept")], on)
    assert outcomes.is_alive([plan(before, on, "not_kept")], on - timedelta(1))
    assert outcomes.is_alive([plan(before, on, "changed"), plan(on)], on)
    assert not outcomes.is_alive([plan(on + timedelta(1))], on)


def test_a_crisis_again_counts_within_half_a_year_of_the_help():
    again, later, once, never = cases_made.people(4)
    helped = OPENED + timedelta(5)
    for person in (again, later, once, never):
        cases_made.a_case(person, OPENED, (helped, "helped"), first_seen=OPENED - timedelta(9))
    for person in (again, later, once):
        cases_made.worried(person, "S6", on=OPENED)
    cases_made.worried(again, "S6", on=helped + timedelta(100))
    cases_made.worried(later, "S6", on=helped + timedelta(183))
    crisis = found()["crisis"]
    assert (crisis["of"], crisis["part"]) == (3, 1)
    days = found()["days"]
    assert (days["of"], days["days"]) == (4, 14)
    assert found(helped + timedelta(181))["crisis"]["of"] == 0  # not followed for long enough


def test_who_was_summoned_before_was_not_found_in_time():
    mary, ben, carl = (makers.a_person(name) for name in ("Mary", "Ben", "Carl"))
    account = recovering_makers.billed(people=[mary])
    recovering_makers.billed(people=[ben])
    summon(account, date(2025, 7, 1))
    cases_made.a_case(mary, date(2025, 8, 1))
    found_in_time = cases_made.a_case(ben, date(2025, 8, 1))
    cases_made.a_case(carl, date(2025, 8, 1), codes=("S3",))
    before = found()["before_summons"]
    assert (before["of"], before["cases"]) == (3, [found_in_time.pk])


def summon(account, on):
    account.steps.create(
        year=2025, number=1, kind="summons", issued=on, act_pence=1_000, balance_pence=1_000,
        level_pence=1_000, bill_version=1, hearing=on + timedelta(30),
    )  # fmt: skip


def test_the_nearest_in_arrears_is_the_match_and_nobody_far_off_is():
    assert cohort.nearest(10_000, {5: 11_000, 3: 9_500, 4: 9_500}) == 3
    assert cohort.nearest(10_000, {5: 60_001}) is None
    assert cohort.nearest(10_000, {}) is None


def test_a_helped_household_is_put_beside_one_that_waited_the_same_day():
    """Both are behind by the same; the helped one pays £300 in the half year, the other nothing."""
    helped, waiting, elsewhere = (makers.a_person(name) for name in ("Mary", "Ben", "Carl"))
    account = recovering_makers.billed(people=[helped])
    for person in (waiting, elsewhere):
        recovering_makers.billed(people=[person])
    cases_made.queue(OPENED, helped, waiting)
    cases_made.queue(OPENED, elsewhere, points=9)  # other points: no match
    case = cases_made.a_case(helped, OPENED, (OPENED, "helped"), first_seen=OPENED)
    recovering_makers.pay(account, 30_000, OPENED + timedelta(20))
    beside = cohort.cohort(ON - timedelta(365), ON)
    [pair] = beside.pairs
    assert (pair.case, pair.arrears_pence, pair.costs_pence) == (case.pk, -30_000, 0)
    assert (pair.helped_agent, pair.waiting_agent, beside.unmatched) == (False, False, 0)
    arrears = found()["arrears"]
    assert [arrears[name] for name in ("of", "pence", "low_pence", "high_pence")] == [
        1, -30_000, -30_000, -30_000,
    ]  # fmt: skip
    cases_made.a_case(waiting, OPENED + timedelta(30))  # was helped soon after: waited for no half
    beside = cohort.cohort(ON - timedelta(365), ON)
    assert (beside.pairs, beside.unmatched) == ((), 1)


def test_the_rows_behind_an_outcome_open_for_helping_alone(settings):
    settings.STANDING_DATE = ON
    mary = makers.a_person()
    cases_made.a_case(mary, OPENED, (OPENED, "helped"), first_seen=OPENED)
    run = measuring_run()
    officer = officers.an_officer("Ann Example", *officers.every_capability())
    address = f"/residents/effect/runs/{run.pk}/days/1"
    shut = officers.a_visitor(officer).get(address)
    assert shut.status_code == 302
    assert "Rimmer" not in shut.content.decode()
    opened = officers.a_visitor(officer, purpose="resident.support").get(address)
    assert "Mary Rimmer" in opened.content.decode()
    assert officers.a_visitor(officer, purpose="resident.support").get(
        f"/residents/effect/runs/{run.pk}/nothing/1"
    ).status_code == 404  # fmt: skip


def measuring_run():
    run = commands.measure(count=measuring.OUTCOMES, by=BY, on=ON)
    measuring.carry_out(run, by=BY)
    return run
