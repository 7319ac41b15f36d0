import numpy as np
import pytest

from borough.rules import letters


@pytest.mark.parametrize("dtype", ["U1", "U2", "U9"])
def test_codes_of_any_width_are_found(dtype):
    column = np.array(["A", "", "H", "Z"], dtype)
    assert letters.among(column, ["A", "H", "a longer word"]).tolist() == [True, False, True, False]
    assert letters.among(column, [""]).tolist() == [False, True, False, False]
    assert not letters.among(column, []).any()


def test_two_letters_are_not_the_first_of_them():
    assert letters.among(np.array(["A-", "A"]), ["A"]).tolist() == [False, True]
    assert letters.among(np.array(["A-", "A"]), ["A-"]).tolist() == [True, False]


def test_numbers_are_found_too():
    assert letters.among(np.array([0, 1, 2, 3]), (2, 3)).tolist() == [False, False, True, True]


def test_codes_stand_where_the_list_has_them():
    assert letters.places(np.array(["H", "A", "C"], "U3"), ("C", "A", "H")).tolist() == [2, 1, 0]
    assert letters.places(np.array([], "U1"), ("A",)).tolist() == []
