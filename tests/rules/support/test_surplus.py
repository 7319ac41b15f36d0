import dataclasses
import datetime

import pytest

from borough.rules import money, parameters
from borough.rules.support import surplus

ON = datetime.date(2025, 9, 1)
HEADINGS = surplus.headings(ON)
SHORT = [slug for slug, one in HEADINGS.items() if one.short]


def a_figure(heading, pounds, every="monthly", *, days=0):
    pence = None if pounds is None else money.from_pounds(pounds)
    return surplus.Figure(heading, pence, every, "told", ON - datetime.timedelta(days=days))


def answered(*figures, form=surplus.Form.SHORT):
    """Return the figures, and nought for every other heading of the form."""
    given = {figure.heading for figure in figures}
    asked = SHORT if form is surplus.Form.SHORT else [*HEADINGS]
    return [*figures, *(a_figure(slug, "0") for slug in asked if slug not in given)]


def work_out(*figures, form=surplus.Form.SHORT):
    return surplus.work_out(figures, form=form, headings=HEADINGS, on=ON)


def test_income_less_essentials_less_bills_less_what_is_already_taken():
    budget = work_out(
        *answered(
            a_figure("benefits", "1200.00", days=40),
            a_figure("earnings", "100.00", "weekly"),  # 433.33
            a_figure("food_housekeeping", "75.00", "weekly"),  # 325.00
            a_figure("rent", "500.00", "four_weekly"),  # 541.67
            a_figure("council_tax", "1200.00", "annual"),  # 100.00
            a_figure("benefit_deductions", "60.02"),
        )
    )
    assert (budget.income_pence, budget.essential_pence) == (163333, 32500)
    assert (budget.ongoing_pence, budget.deduction_pence) == (64167, 6002)
    assert budget.surplus_pence == 163333 - 32500 - 64167 - 6002
    assert (budget.missing, budget.age_days) == ((), 40)


@pytest.mark.parametrize(
    ("pounds", "every", "month"),
    [
        ("50.00", "weekly", "216.67"),
        ("50.00", "fortnightly", "108.33"),
        ("50.00", "four_weekly", "54.17"),
        ("50.00", "monthly", "50.00"),
        ("50.00", "quarterly", "16.67"),
        ("0.06", "annual", "0.01"),  # half a penny goes up
        ("0.05", "annual", "0.00"),
    ],
)
def test_a_figure_is_brought_to_a_month_and_rounded_once(pounds, every, month):
    [line] = work_out(a_figure("earnings", pounds, every)).lines
    assert money.in_pounds(line.month_pence) == month


def test_the_statement_adds_up_on_paper():
    budget = work_out(*answered(*[a_figure("earnings", "0.05", "annual")] * 12))
    assert budget.income_pence == 0  # twelve lines of 0.00, as they are shown


def test_what_is_missing_is_missing_and_nought_is_an_answer():
    figures = [one for one in answered(a_figure("earnings", "900")) if one.heading != "gas"]
    for unknown in ([], [a_figure("gas", None)], [a_figure("gas", None), a_figure("gas", "5")]):
        budget = work_out(*figures, *unknown)
        assert budget.missing == ("gas",)
        assert (budget.surplus_pence, budget.essential_pence) == (None, None)
        assert (budget.income_pence, budget.ongoing_pence) == (90000, 0)
    assert work_out(*figures, a_figure("gas", "0")).surplus_pence == 90000
    nothing = work_out()
    assert (nothing.missing, nothing.age_days) == (tuple(SHORT), None)


def test_the_full_form_asks_for_every_heading():
    budget = work_out(*answered(), form=surplus.Form.FULL)
    assert budget.missing == tuple(slug for slug, one in HEADINGS.items() if not one.short)
    full = answered(a_figure("savings", "10"), form=surplus.Form.FULL)
    assert work_out(*full, form=surplus.Form.FULL).surplus_pence == -1000
    assert work_out(*answered(), a_figure("school", "10")).surplus_pence == -1000


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"heading": "holidays"}, "“holidays” is no heading"),
        ({"every": "daily"}, "say how often, one of weekly, fortnightly, four_weekly"),
        ({"pence": -1}, "Gas: the amount must be whole pence"),
        ({"pence": 1.5}, "Gas: the amount must be whole pence"),
        ({"pence": True}, "Gas: the amount must be whole pence"),
        ({"pence": 10**13}, "Gas: the amount must be whole pence"),
        ({"source": ""}, "Gas: say where the figure is from"),
        ({"observed": ON + datetime.timedelta(days=1)}, "Gas: the day of the figure has not come"),
    ],
)
def test_a_figure_that_cannot_stand_is_refused(changes, says):
    with pytest.raises(surplus.BadStatement, match=says):
        work_out(dataclasses.replace(a_figure("gas", "10"), **changes))


def test_the_published_headings_are_all_there_and_no_guideline_is():
    parts = [one.part for one in HEADINGS.values()]
    assert [parts.count(part) for part in surplus.Part] == [4, 15, 4, 3]
    with pytest.raises(parameters.NoSuchFigure):
        surplus.headings(datetime.date(2020, 3, 31))
    assert {*surplus.Heading.model_fields} == {"title", "part", "group", "short"}
