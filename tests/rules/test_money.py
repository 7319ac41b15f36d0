import decimal
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.rules import money

MODES = {
    money.HALF_UP: decimal.ROUND_HALF_UP,
    money.HALF_DOWN: decimal.ROUND_HALF_DOWN,
    money.UP: decimal.ROUND_UP,
    money.DOWN: decimal.ROUND_DOWN,
}
whole = st.integers(-(2**62), 2**62)
denominators = st.one_of(st.integers(1, 1000), st.integers(1, 2**62))


@given(whole, denominators, st.sampled_from([*MODES]))
def test_every_fraction_rounds_as_in_the_decimal_module(numerator, denominator, mode):
    with decimal.localcontext() as context:
        context.prec = 80
        exact = (Decimal(numerator) / denominator).quantize(Decimal(1), rounding=MODES[mode])
    assert money.pence(numerator, denominator, mode) == exact
    assert money.pence(np.array([numerator]), denominator, mode).tolist() == [int(exact)]


@pytest.mark.parametrize(
    ("numerator", "half_up", "half_down", "up", "down"),
    [
        (5, 1, 0, 1, 0),
        (-5, -1, 0, -1, 0),
        (15, 2, 1, 2, 1),
        (-15, -2, -1, -2, -1),
        (14, 1, 1, 2, 1),
        (0, 0, 0, 0, 0),
    ],
)
def test_ties_in_tenths(numerator, half_up, half_down, up, down):
    found = [money.pence(numerator, 10, mode) for mode in MODES]
    assert found == [half_up, half_down, up, down]


@pytest.mark.parametrize("bad", [1.0, np.array([1.5]), Decimal(1)])
def test_floats_never_come_near_money(bad):
    with pytest.raises(TypeError, match="whole numbers"):
        money.pence(bad, 2)


@pytest.mark.parametrize("bad", [0, -1, 2**62 + 1])
def test_a_denominator_that_cannot_divide_safely_is_refused(bad):
    with pytest.raises(ValueError, match="denominator"):
        money.pence(1, bad)


@pytest.mark.parametrize("bad", [2**70, 2**63, -(2**63), np.array([2**63], np.uint64)])
def test_what_does_not_fit_is_refused_not_wrapped(bad):
    with pytest.raises(OverflowError, match="64 bits"):
        money.pence(bad, 3)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_reads_back_as_it_was_written(amount):
    assert money.from_pounds(money.pounds(amount)) == amount
    assert money.from_pounds(money.in_pounds(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,234.56", 123456), ("£12", 1200), ("-0.05", -5), ("0.5", 50), ("1628.510", 162851)],
)
def test_amounts_as_people_write_them(text, amount):
    assert money.from_pounds(text) == amount


@pytest.mark.parametrize("text", ["", "12.345", "1e3", "nan", "twelve", ".5.", "--1", "1.-5"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="write it like"):
        money.from_pounds(text)
