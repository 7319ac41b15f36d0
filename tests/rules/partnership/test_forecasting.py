"""Forecasts against what came: sums that one can check by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from borough.rules.partnership import forecasting

WHOLE = some.integers(-10_000, 10_000)


@pytest.mark.parametrize(
    ("low", "high", "outcome", "score"),
    [
        (90, 100, 95, 10),  # within: its width alone
        (90, 100, 90, 10),  # a bound is within
        (90, 100, 100, 10),
        (90, 100, 103, 40),  # 10, and ten times the 3 above
        (90, 100, 88, 30),  # 10, and ten times the 2 below
        (95, 95, 95, 0),  # sure, and right
        (95, 95, 96, 10),  # sure, and wrong by one
    ],
)
def test_the_score_of_an_interval(low, high, outcome, score):
    assert forecasting.interval_score(low, high, outcome) == score


@given(WHOLE, WHOLE, WHOLE)
def test_nothing_scores_better_than_its_width(one, other, outcome):
    low, high = sorted((one, other))
    score = forecasting.interval_score(low, high, outcome)
    assert score >= high - low
    assert (score == high - low) == (low <= outcome <= high)


def test_bounds_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="must not be above"):
        forecasting.interval_score(2, 1, 0)
