"""Fees of enforcement agents and the sharing of proceeds, by examples one can check by hand."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from borough.rules import enforcement, money, parameters
from borough.rules.years import Year

FIGURES = parameters.InForce(parameters.load("enforcement"), Year(2025).starts)
NONE, COMPLIANCE, ENFORCEMENT, SALE = range(4)


def ints(*numbers):
    return np.array(numbers, np.int64)


def fees(pounds, stage, *, spared=False):
    sums = ints(money.from_pounds(pounds))
    found = enforcement.worked_out(sums, ints(stage), FIGURES, spared=np.array([spared]))
    return money.in_pounds(found["fees"][0])


@pytest.mark.parametrize(
    ("owed", "stage", "comes_to"),
    [
        ("900", NONE, "0.00"),
        ("900", COMPLIANCE, "75.00"),
        ("900", ENFORCEMENT, "310.00"),
        ("900", SALE, "420.00"),
        ("1500", ENFORCEMENT, "310.00"),
        ("2000", COMPLIANCE, "75.00"),
        ("2000", ENFORCEMENT, "347.50"),  # 75 + 235 + 7.5% of the 500 above 1,500
        ("2000", SALE, "495.00"),
    ],
)
def test_the_fees_of_each_stage(owed, stage, comes_to):
    assert fees(owed, stage) == comes_to


def test_a_vulnerable_debtor_without_a_chance_to_get_help_pays_no_enforcement_fee():
    assert fees("2000", ENFORCEMENT, spared=True) == "75.00"


def test_the_fees_explain_themselves():
    columns = {
        "sum_to_be_recovered": ints(200_000),
        "stage": ints(ENFORCEMENT),
        "spared": np.array([False]),
    }
    says = [(line.says, line.amount) for line in enforcement.SCHEME.explain(columns, FIGURES)]
    assert ("Fees that the agent may recover", "£347.50") in says


def shared(proceeds, owed, compliance, other):
    found = enforcement.for_council(
        ints(proceeds),
        ints(owed),
        compliance_pence=ints(compliance),
        other_fees_pence=ints(other),
    )
    return int(found[0])


@pytest.mark.parametrize(
    ("proceeds", "council"),
    [
        (7_500, 0),  # the compliance fee comes first
        (7_400, 0),
        (57_500, 40_000),  # 500.00 left, shared 1,000 to 250
        (132_500, 100_000),  # all of it
        (200_000, 100_000),  # and never more
    ],
)
def test_proceeds_are_shared_as_the_regulations_say(proceeds, council):
    assert shared(proceeds, 100_000, 7_500, 25_000) == council


amounts = some.integers(0, 10_000_000)


@given(amounts, some.integers(1, 10_000_000), amounts, amounts)
def test_the_share_is_the_fraction_to_the_penny(proceeds, owed, compliance, other):
    rest = max(proceeds - compliance, 0)
    exact = min(Fraction(rest * owed, owed + other), Fraction(owed))
    assert abs(shared(proceeds, owed, compliance, other) - exact) <= Fraction(1, 2)


@given(amounts, amounts, some.integers(1, 10_000_000), amounts)
def test_more_proceeds_never_give_the_council_less(proceeds, more, owed, other):
    before, after = (shared(one, owed, 7_500, other) for one in (proceeds, proceeds + more))
    assert before <= after <= owed
