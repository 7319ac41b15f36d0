"""The quarter's report against what was planted, and what it must not say of few."""

from datetime import date, timedelta

import numpy as np
import pytest

from borough.kernel.people.models import Need
from borough.kernel.runs import commands as runs
from borough.lines.revenues import models as revenues
from borough.resident.effect import (
    commands,
    fairness,
    fairness_paper,
    groups,
    measuring,
    papers,
    quarters,
)
from tests import makers
from tests.resident.effect import cases_made

ON, STARTS = cases_made.ON, cases_made.STARTS
BY = makers.everything()
OLD, YOUNG = date(1940, 1, 1), date(1995, 1, 1)


def test_quarters_begin_in_april_and_end_in_march():
    last = quarters.Quarter.named("2025-26 Q4")
    assert (last.starts, last.ends) == (date(2026, 1, 1), date(2026, 4, 1))
    assert quarters.Quarter.holding(date(2026, 3, 31)) == last
    assert last.following == quarters.Quarter.holding(date(2026, 4, 1))
    assert last.following.preceding == last
    for day in (date(2025, month, 15) for month in range(1, 13)):
        one = quarters.Quarter.holding(day)
        assert one.starts <= day < one.ends
    with pytest.raises(ValueError, match="Write it like"):
        quarters.Quarter.named("2025 Q1")


def test_bands_of_age_begin_on_a_birthday():
    division = groups.by_age(np.array([18, 24, 25, 79, 80, 104, -1]))
    assert [division.names[one] for one in division.of] == [
        "18 to 24", "18 to 24", "25 to 34", "65 to 79", "80 and over", "80 and over", "Not known",
    ]  # fmt: skip


def groups_of(found, title):
    [one] = [one for one in found["divisions"] if one["title"] == title]
    return {group["name"]: group for group in one["groups"]}


@pytest.mark.django_db
def test_each_group_is_counted_as_planted():
    """Of 12 old people 6 had a place and 4 were helped; of 8 young 1 and none."""
    old, young = cases_made.people(12, OLD), cases_made.people(8, YOUNG)
    cases_made.people(1, date(2012, 1, 1))  # a child is nobody of the report
    chosen = [*old[:6], young[0]]
    cases_made.queue(STARTS, *chosen)
    cases_made.queue(STARTS - timedelta(1), old[11])  # of the quarter before
    for days, person in enumerate(old[:4]):
        seen = STARTS + timedelta(1)
        first = (seen + timedelta(10 + days), "helped")
        missed = (seen + timedelta(1), "not_reached")
        cases_made.a_case(person, seen, missed, first, first_seen=seen)
    cases_made.a_case(young[1], STARTS, (ON + timedelta(1), "helped"), first_seen=STARTS)
    Need.objects.create(person=old[0], kind=Need.Kind.INTERPRETER, starts=STARTS)
    found = fairness.find({"quarter": "2025-26 Q1"}, ON + timedelta(3))
    ages = groups_of(found, "Age")
    assert ages["80 and over"] == {
        "name": "80 and over", "people": 12, "selected": 6, "in_need": 6, "helped": 4,
        "reached": 4, "median_days": 12, "looked": 0, "missed": 0,
    }  # fmt: skip
    assert [ages["25 to 34"][name] for name in ("people", "selected", "in_need", "helped")] == [
        8, 1, 2, 0,
    ]  # fmt: skip
    assert groups_of(found, "Language")["Needs an interpreter"]["selected"] == 1
    assert sum(one["people"] for one in ages.values()) == found["all"]["people"] == 20


@pytest.mark.django_db
def test_what_a_line_holds_and_where_a_home_is_divide_people_too():
    mary, ben = makers.a_person(date_of_birth=OLD), makers.a_person("Ben", date_of_birth=OLD)
    account = makers.an_account(people=[mary])
    revenues.DisabledReduction.objects.create(account=account, starts=STARTS)
    mary.residences.create(dwelling=account.dwelling, starts=account.starts)
    cases_made.queue(ON, mary)
    found = fairness.find({"quarter": "2025-26 Q1", "deciles": {"ZZ11AA": 3}}, ON)
    adapted = groups_of(found, "A home adapted for a disability (disabled band reduction)")
    assert (adapted["Yes"]["selected"], adapted["No"]["people"]) == (1, 1)
    deciles = groups_of(found, "Deprivation of the neighbourhood (decile, 1 the most deprived)")
    assert (deciles["3"]["selected"], deciles["Not known"]["people"]) == (1, 1)
    assert ben.pk
    assert not found["is_over"]


@pytest.mark.django_db
def test_whom_the_points_miss_is_learnt_from_those_drawn_by_lot():
    drawn = cases_made.people(3)
    cases_made.queue(STARTS, *drawn, points=0, by_lot=True, drawn_from=500)
    cases_made.a_case(drawn[0], STARTS, by_lot=True, codes=(), points=0, closed_on=ON,
                      outcome="entitled", rests_until=ON)  # fmt: skip
    cases_made.a_case(drawn[1], STARTS, by_lot=True, codes=(), points=0, closed_on=ON,
                      outcome="nothing", rests_until=ON)  # fmt: skip
    found = fairness.find({"quarter": "2025-26 Q1"}, ON)
    assert (found["all"]["looked"], found["all"]["missed"], found["urn"]) == (2, 1, 500)


def kept(divisions=(), **everybody):
    counts = dict.fromkeys(("people", "selected", "in_need", "helped", "reached"), 0)
    found = {
        "quarter": "2025-26 Q1", "is_over": True, "deciles_loaded": False,
        "urn": everybody.pop("urn", None), "divisions": list(divisions),
        "all": {**counts, "median_days": None, "looked": 0, "missed": 0, **everybody},
    }  # fmt: skip
    return measuring.Kept(1, ON, found, "0" * 64, is_same=True)


def a_group(name, people, selected):
    return {
        "name": name, "people": people, "selected": selected, "in_need": 0, "helped": 0,
        "reached": 0, "median_days": None, "looked": 0, "missed": 0,
    }  # fmt: skip


def selection(*some):
    division = {"title": "Age", "note": "", "groups": [a_group(*one) for one in some]}
    part = fairness_paper.paper(kept([division], people=1, selected=1)).parts[2]
    return {row["group"]: row for row in part.sheets[0].rows}


def test_a_difference_is_said_where_the_interval_leaves_no_doubt_and_of_few_nothing():
    shown = selection(("Old", 1_000, 100), ("Young", 1_000, 40), ("Middle", 2_000, 130))
    assert shown["Old"]["says"] == "More often than others"
    assert shown["Old"]["ratio"].startswith("1.76 (between")  # 10% of 100 / (170 of 3,000)
    assert shown["Young"]["says"] == "Less often than others"
    few = selection(("Old", 29, 14), ("Young", 500, 100), ("Middle", 500, 100))
    assert few["Old"]["says"] == "Fewer than 30: nothing"


def test_a_small_number_is_not_published_nor_can_it_be_worked_out():
    shown = selection(("Old", 1_000, 100), ("Young", 1_000, 4), ("Middle", 2_000, 60))
    assert shown["Young"]["share"] == shown["Middle"]["share"] == "Not shown"
    assert shown["Old"]["share"] == "10.0%"


def test_a_division_of_which_nothing_may_be_shown_is_a_sentence():
    division = {
        "title": "Age",
        "note": "",
        "groups": [a_group("Old", 40, 3), a_group("Young", 9, 1)],
    }
    part = fairness_paper.paper(kept([division], people=49, selected=4)).parts[2]
    assert (part.sheets, part.chart) == ((), None)
    assert "whom is looked at first, who is helped, days to contact" in part.says[0]


def test_what_is_missed_is_not_betrayed_by_its_interval():
    """4 and 9 needed help of 60: the report says the same of both."""
    texts = {
        needed: fairness_paper.paper(
            kept(urn=500, looked=60, missed=needed, people=1, selected=1)
        ).parts[1]
        for needed in (4, 9, 20)
    }
    assert texts[4].says == texts[9].says
    assert "fewer than 10 needed help" in texts[4].says[0]
    assert "20 (33.3%) needed help" in texts[20].says[0]
    few = fairness_paper.paper(kept(urn=500, looked=29, missed=12, people=1, selected=1)).parts[1]
    assert "nothing is concluded" in few.says[0]


@pytest.mark.django_db
def test_an_empty_quarter_has_no_data_and_a_quarter_that_is_over_is_reported_once():
    quarter = quarters.Quarter.named("2025-26 Q1")
    after = ON + timedelta(1)
    run = commands.report_fairness(quarter=quarter, by=BY, on=after)
    measuring.carry_out(run, by=BY)
    paper = fairness_paper.paper(measuring.of(run))
    assert paper.lead[0].startswith("No data")
    assert papers.pdf(paper).startswith(b"%PDF")
    with pytest.raises(runs.AlreadyAsked):
        commands.report_fairness(quarter=quarter, by=BY, on=after)
    with pytest.raises(commands.NotBegun):
        commands.report_fairness(quarter=quarter, by=BY, on=STARTS - timedelta(1))
    running = [
        commands.report_fairness(quarter=quarter, by=BY, on=day) for day in (STARTS, STARTS, ON)
    ]
    assert len({one.pk for one in running}) == 3
