"""Shares, ratios, means and what is not published: against sums worked out in another way."""

from fractions import Fraction
from itertools import product
from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.rules import statistics
from borough.rules.statistics import share


@given(st.integers(0, 5_000), st.integers(1, 5_000))
def test_the_ends_of_an_interval_are_shares_from_which_the_seen_one_is_1_96_errors_off(part, more):
    """Wilson's ends solve (p - seen)^2 = z^2 p (1 - p) / n: put back in, and not worked out."""
    whole = part + more
    found = share(part, whole)
    for end in (found.low, found.high):
        off = (end - part / whole) ** 2
        assert isclose(off, 1.96**2 * end * (1 - end) / whole, abs_tol=1e-9)


def test_an_interval_known_by_hand_and_one_of_nobody():
    assert share(3, 4).interval_permille == (301, 954)
    assert share(0, 10).interval_permille == (0, 278)  # 3.8416 / (10 + 3.8416)
    assert (share(0, 0).permille, share(0, 0).interval_permille) == (None, None)
    assert (share(1, 8).permille, share(1, 2_000).permille) == (125, 1)  # a half goes up
    assert share(29, 29).is_few
    assert not share(0, 30).is_few
    with pytest.raises(ValueError, match="no share"):
        share(5, 4)


def test_a_ratio_and_its_interval_are_those_of_the_logarithm():
    found = statistics.ratio(share(40, 100), share(20, 100))
    error = float(Fraction(1, 40) - Fraction(1, 100) + Fraction(1, 20) - Fraction(1, 100)) ** 0.5
    assert found.hundredths == 200
    assert isclose(log(found.high_hundredths / 200), 1.96 * error, abs_tol=0.005)
    assert isclose(log(200 / found.low_hundredths), 1.96 * error, abs_tol=0.005)
    assert not found.holds_one
    assert statistics.ratio(share(20, 100), share(21, 100)).holds_one
    assert statistics.ratio(share(0, 100), share(21, 100)) is None
    assert statistics.ratio(share(3, 10), share(0, 0)) is None


def test_the_bootstrap_of_two_amounts_is_that_of_all_their_samples():
    """Of 2 amounts there are 4 samples: a mean of 100 or 0 a quarter each, of 50 a half."""
    found = statistics.mean([0, 100], seed=7)
    assert (found.pence, found.low_pence, found.high_pence, found.count) == (50, 0, 100, 2)
    assert statistics.mean([0, 100], seed=7) == found
    assert statistics.mean([-300] * 40, seed=1) == statistics.Mean(-300, -300, -300, 40)
    assert statistics.mean([], seed=1) is None
    spread = statistics.mean(list(range(1_000)), seed=3)
    half = 1.96 * (999_999 / 12) ** 0.5 / 1_000**0.5  # the standard error of a uniform mean
    assert isclose(spread.high_pence - spread.low_pence, 2 * half, rel_tol=0.1)


def test_the_middle_one():
    assert [statistics.median(some) for some in ([], [4], [9, 1, 5], [1, 4], [2, 2, 3, 4])] == [
        None, 4, 5, 3, 3,
    ]  # fmt: skip


def test_a_share_is_hidden_with_its_neighbour_where_it_would_be_the_only_one():
    large, small, next_one = share(50, 100), share(4, 80), share(20, 90)
    shown = statistics.publishable({"a": large, "b": small, "c": next_one})
    assert shown == {"a": large, "b": None, "c": None}
    assert statistics.publishable({"a": large, "b": share(77, 80), "c": next_one})["b"] is None
    for one, other in product((large, next_one), repeat=2):
        assert statistics.publishable({"a": one, "b": other}) == {"a": one, "b": other}
