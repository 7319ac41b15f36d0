"""The council's own guidelines beside a statement: within or above, and never in the way."""

import pytest

from borough.resident.plans import guidelines_command, models
from borough.resident.plans.commands import guidelines
from borough.resident.plans.queries import guidelines as queries
from borough.resident.plans.queries import statements
from borough.rules.support import surplus
from tests import makers, markup, officers
from tests.resident.plans import plan_makers

ON = plan_makers.ON
FILE = """starts,household,heading,pounds
2024-04-01,1 adult,food_housekeeping,200.00
2025-04-01,1 adult,food_housekeeping,250.00
2026-04-01,1 adult,food_housekeeping,1.00
2025-04-01,1 adult,Utilities,99.99
2025-04-01,2 adults,Utilities,150.00
"""


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


def load(text=FILE):
    return guidelines.load_guidelines(lines=guidelines.read(text), by=makers.everything(), on=ON)


def a_budget(**pounds):
    mary = makers.a_person("Mary", "Rimmer")
    figures = [
        surplus.Figure(one.heading, pounds.get(one.heading, one.pence), "monthly", "told", ON)
        for one in plan_makers.figures(6_000)
    ]
    made = statements.budget(
        plan_makers.statements.record_statement(
            person=mary,
            form=surplus.Form.SHORT,
            figures=figures,
            by=makers.everything(),
            on=ON,
        ),
        ON,
    )
    return mary, made


def test_what_is_spent_is_within_its_guideline_or_above_it_and_a_group_is_summed(db):
    load()
    _, made = a_budget(food_housekeeping=25_000, gas=5_000, electricity=4_999, water=1)
    told = {one.title: (one.pence, one.is_above) for one in queries.beside(made, "1 adult")}
    assert told == {"Food and housekeeping": (25_000, False), "Utilities": (10_000, True)}


def test_what_is_not_known_is_neither_within_nor_above(db):
    load()
    _, made = a_budget(gas=None)
    assert {one.title: one.is_above for one in queries.beside(made, "2 adults")} == {
        "Utilities": None
    }


def test_a_later_load_for_the_same_day_holds_and_the_old_one_stays_to_be_read(db):
    load()
    load("starts,household,heading,pounds\n2025-04-01,1 adult,food_housekeeping,260.00\n")
    _, made = a_budget(food_housekeeping=25_500)
    [food] = [one for one in queries.beside(made, "1 adult") if "Food" in one.title]
    assert (food.guideline.pence, food.is_above) == (26_000, False)
    assert models.Guideline.objects.count() == 6


def test_the_page_shows_them_for_the_household_that_is_chosen_and_a_plan_is_agreed_all_the_same(db):
    load()
    makers.an_open_ledger()
    mary, _ = a_budget(food_housekeeping=25_001)
    plan_makers.an_order(mary, 60_000)
    client = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()),
        purpose="resident.support",
    )
    page = client.get(f"/residents/{mary.pk}/budget").content.decode()
    assert "Guidelines for which household?" in page
    shown = client.get(f"/residents/{mary.pk}/budget", {"household": "1 adult"}).content.decode()
    markup.check(shown)
    assert "£250.00" in shown
    assert "Above" in shown
    plan_makers.a_statement(mary, 6_000)
    assert plan_makers.a_plan(mary).monthly_pence == 6_000


def test_a_file_says_which_line_is_wrong_and_nothing_of_it_is_loaded(db, tmp_path, capsys):
    for row, words in (
        ("1/4/2025,1 adult,gas,1", "Line 2: write the day"),
        ("2025-04-01,,gas,1", "Line 2: say for which household"),
        ("2025-04-01,1 adult,earnings,1", "Line 2: “earnings” is no heading"),
        ("2025-04-01,1 adult,gas,some", "Line 2: write the amount"),
        ("2025-04-01,1 adult,gas,-1", "Line 2: the amount is less"),
    ):
        file = tmp_path / "guidelines.csv"
        file.write_text(f"starts,household,heading,pounds\n{row}\n")
        assert guidelines_command.main(str(file)) == 2
        assert words in capsys.readouterr().err
    assert not models.Guideline.objects.exists()
    file.write_text(FILE)
    assert guidelines_command.main(str(file)) == 0
