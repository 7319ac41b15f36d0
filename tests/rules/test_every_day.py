"""The rules against the calendar: bills equal a loop over the days, on accounts at random."""

import random

import numpy as np
import pytest

from borough.rules import years
from borough.rules.council_tax import bill
from tests.rules import accounts, by_hand

SEFTON = {
    2024: by_hand.Council(
        2024, (194641, 26497, 9125, 1900), {1: 50}, 0, 0, {1: 100, 5: 200, 10: 300}, 0
    ),
    2025: by_hand.Council(
        2025, (204354, 27897, 9625, 2400), {1: 50}, 0, 0, {1: 100, 5: 200, 10: 300}, 100
    ),
}
KINDER = by_hand.Council(2027, (204354, 27897), {1: 100, 6: 25}, 50, 10, {2: 50, 5: 200}, 0)


def _kinder_law() -> bill.Law:
    """A leap year, and choices that Sefton did not make."""

    def figure(value, unit="percent"):
        source = {"value": value, "reference": "invented for a test", "verified": []}
        return {"title": "t", "unit": unit, "reference": "r", "values": {"2027-04-01": source}}

    choices = {
        "class_c_discount_percent": figure(KINDER.class_c),
        "class_d_discount_percent": figure(KINDER.class_d),
        "second_home_discount_percent": figure(KINDER.second_home_discount),
        "long_term_empty_premium_percent": figure(KINDER.long_term_premium),
        "second_home_premium_percent": figure(KINDER.second_home_premium),
    }
    bodies = dict(zip(("sefton", "police", "fire", "mayor"), (*KINDER.band_d, 0, 0), strict=True))
    charges = {slug: figure(amount, "pence") for slug, amount in bodies.items()}
    return bill.law(years.Year(2027), overlay={"choices": choices, "bodies": charges})


def _agree(number: int, council: by_hand.Council, law: bill.Law, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    records = [accounts.at_random(dice, council.first) for _ in range(number)]
    due = bill.work_out(accounts.as_columns(records), law).due_pence
    by_day = np.array([by_hand.year_due(record, council) for record in records])
    wrong = np.flatnonzero(due != by_day)
    assert not wrong.size, (wrong.size, records[wrong[0]], due[wrong[0]], by_day[wrong[0]])
    assert (due > 0).mean() > 0.5  # a test of nothing would pass too


@pytest.mark.parametrize("first", SEFTON)
def test_bills_equal_a_loop_over_the_days(first):
    _agree(200, SEFTON[first], bill.law(years.Year(first)), seed=first)


def test_a_leap_year_and_another_councils_choices_equal_it_too():
    _agree(200, KINDER, _kinder_law(), seed=7)


@pytest.mark.slow
def test_ten_thousand_bills_equal_a_loop_over_the_days():
    _agree(10_000, SEFTON[2025], bill.law(years.Year(2025)), seed=10_000)
