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


def test_the_average_of_both_is_scored_by_the_mean_of_their_bounds():
    score = forecasting.averaged_interval_score
    assert score([(90, 100), (94, 102)], 95) == 9  # 92 to 101 holds it: its width
    assert score([(90, 100), (94, 102)], 103) == 9 + 20  # 2 above
    assert score([(90, 100), (94, 101)], 103) == 34  # 92 to 100.5: 8.5, and 25; a half goes up


@given(some.tuples(WHOLE, WHOLE), some.tuples(WHOLE, WHOLE), WHOLE)
def test_the_average_scores_no_worse_than_both_do_on_the_mean(one, other, outcome):
    both = [(min(each), max(each)) for each in (one, other)]
    alone = sum(forecasting.interval_score(low, high, outcome) for low, high in both)
    assert 2 * forecasting.averaged_interval_score(both, outcome) <= alone + 1  # rounded
    assert forecasting.averaged_interval_score(both[:1], outcome) == forecasting.interval_score(
        *both[0], outcome
    )


@pytest.mark.parametrize(
    ("percents", "came_about", "score"),
    [
        ([100], True, 0),
        ([0], False, 0),
        ([100], False, 10_000),  # certain, and wrong
        ([50], True, 2_500),  # a toss of a coin, either way
        ([50], False, 2_500),
        ([80], True, 400),  # 0.2 squared is 0.04
        ([80], False, 6_400),  # 0.8 squared is 0.64
        ([80, 60], True, 900),  # of 70 per cent: 0.3 squared is 0.09
        ([80, 65], False, 5_256),  # of 72.5 per cent: 0.725 squared is 0.525625
    ],
)
def test_the_brier_score(percents, came_about, score):
    assert forecasting.brier(percents, came_about=came_about) == score


@given(some.integers(0, 100), some.integers(0, 100))
def test_nobody_scores_better_by_saying_something_else_than_what_they_think(thinks, says):
    def expected(said):
        right, wrong = (forecasting.brier([said], came_about=came) for came in (True, False))
        return thinks * right + (100 - thinks) * wrong

    assert expected(thinks) <= expected(says)


def test_what_is_no_chance_is_refused():
    for percents in ([-1], [101], []):
        with pytest.raises(ValueError, match=r"chance|denominator"):
            forecasting.brier(percents, came_about=True)


def test_how_far_two_middles_lie_apart():
    one = forecasting.Interval(90, 95, 100)
    for other, gap in (
        (forecasting.Interval(90, 95, 99), 0),
        (forecasting.Interval(94, 98, 104), 30),  # 3 of a mean width of 10
        (forecasting.Interval(110, 115, 120), 200),  # 20 of 10: they do not even touch
    ):
        assert forecasting.gap_of_width(one, other) == forecasting.gap_of_width(other, one) == gap
    sure = forecasting.Interval(95, 95, 95)
    assert forecasting.gap_of_width(sure, sure) is None
