"""The modulus check. The weights are Pay.UK's: tests invent their own, and try the real ones from
a copy beside us where there is one.
"""

import csv
import importlib.util
import os
import random
import warnings
from pathlib import Path

import numpy as np
import pytest

from borough.kernel.bank import modulus

ORACLE = Path(__file__).resolve().parents[4] / "shared/oracles/payables/modulus/modulus_cases.csv"

# An invented table: 10 00 00 by doubling, 20 00 00 with two tests, 30 00 00 with exception 4, ...
INVENTED = """
100000 100999 DBLAL 0 0 0 0 0 0 2 1 2 1 2 1 2 1
200000 200999 MOD11 0 0 0 0 0 0 8 7 6 5 4 3 2 1
200000 200999 MOD10 0 0 0 0 0 0 1 1 1 1 1 1 1 1
300000 300999 MOD11 0 0 0 0 0 0 8 7 6 5 4 3 0 0 4
400000 400999 MOD10 0 0 0 0 0 0 1 1 1 1 1 1 1 1 1
500000 500999 MOD10 0 0 0 0 0 0 1 1 1 1 1 1 1 1
500000 500999 MOD11 0 0 0 0 0 0 8 7 6 5 4 3 2 1 3
600000 600999 MOD10 0 0 0 0 0 0 1 1 1 1 1 1 1 1 6
700000 700999 MOD10 1 1 1 1 1 1 1 1 1 1 1 1 1 1 7
""".strip()


def answer(sort_code: str, account_number: str, table: modulus.Table | None = None) -> int:
    table = table or modulus.load(INVENTED)
    return int(modulus.check(np.array([sort_code]), np.array([account_number]), table)[0])


@pytest.mark.parametrize(
    ("sort_code", "account_number", "is_valid"),
    [
        # 7x2=14 -> 1+4, 9, 9x2=18 -> 1+8, 2, 7x2 -> 5, 3, 9x2 -> 9, 8: 5+9+9+2+5+3+9+8 = 50
        ("100000", "79927398", True),
        ("100000", "79927399", False),
        # 11111111: by 8 to 1 it is 36, remainder 3: the second test is never asked alone
        ("200000", "11111111", False),
        # 10000030: 8 + 3x2 = 14 by 11 fails; 00000000 passes both
        ("200000", "00000000", True),
        # 4x8 = 32 = 2x11 + 10: the last two figures say 10
        ("300000", "40000010", True),
        ("300000", "40000011", False),
        # exception one adds 27, so 3 becomes 30
        ("400000", "00000003", True),
        ("400000", "00000000", False),
        # exception three leaves out the second test where c is 6; 6 and 4 are 10
        ("500000", "00600004", True),
        ("500000", "00700003", False),
        # exception six passes foreign currency accounts, of which a is 4 to 8 and g is h
        ("600000", "41234533", True),
        ("600000", "91234533", True),  # 9+1+2+3+4+5+3+3 = 30
        ("600000", "91234544", False),
        # exception seven leaves out the sort code and a and b where g is 9
        ("700000", "55000191", False),  # 1 + 9 + 1 = 11
        ("700000", "55000190", True),
        ("700000", "00000030", True),  # 7 + 3 = 10
    ],
)
def test_sums_that_can_be_done_by_hand(sort_code, account_number, is_valid):
    assert answer(sort_code, account_number) == is_valid


def test_a_sort_code_in_no_row_cannot_be_checked():
    assert answer("999999", "12345678") == modulus.Answer.CANNOT_BE_CHECKED
    assert answer("000001", "12345678") == modulus.Answer.CANNOT_BE_CHECKED


def test_without_a_table_nothing_can_be_checked():
    pairs = np.array(["100000"]), np.array(["79927398"])
    assert modulus.check(*pairs, None).tolist() == [modulus.Answer.CANNOT_BE_CHECKED]


def test_many_pairs_are_answered_as_each_alone():
    rng = random.Random(7)  # noqa: S311  a test, not a secret
    codes = [
        f"{rng.choice((1, 2, 3, 4, 5, 6, 7, 9))}00{rng.randrange(1000):03}" for _ in range(500)
    ]
    numbers = [f"{rng.randrange(10**8):08}" for _ in codes]
    together = modulus.check(np.array(codes), np.array(numbers), modulus.load(INVENTED))
    assert together.tolist() == [answer(*pair) for pair in zip(codes, numbers, strict=True)]
    assert set(together.tolist()) == {0, 1, 2}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("200915", "123456"), ("200915", "00123456")),
        (("200915", "1234567"), ("200915", "01234567")),
        (("720000", "123456789"), ("720001", "23456789")),
        (("080000", "1234567890"), ("080000", "12345678")),
        (("600000", "1234567890"), ("600000", "34567890")),
    ],
)
def test_numbers_of_another_length_become_eight_figures(given, kept):
    assert modulus.normalised(*given) == kept


@pytest.mark.parametrize("text", ["", "100000 100999 MOD12 " + "0 " * 14, "1 2 MOD10 1 2", "x"])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(modulus.NotATable):
        modulus.load(text)


def real_table() -> modulus.Table:
    """Return the table of a copy beside us; without one the test is skipped, loudly."""
    path = os.environ.get("BOROUGH_MODULUS_TABLE", "")
    found = importlib.util.find_spec("ukmodulus")
    if not path and found and found.origin:
        path = str(Path(found.origin).parent / "valacdos.txt")
    if not path:
        warnings.warn("NO TABLE OF WEIGHTS: the official cases were not tried", stacklevel=1)
        pytest.skip("set BOROUGH_MODULUS_TABLE, or install ukmodulus, to try the official cases")
    beside = Path(path).parent / "scsubtab.txt"
    return modulus.load(Path(path).read_text(), beside.read_text() if beside.exists() else "")


def test_the_official_cases_are_answered_as_published():
    table = real_table()
    if not ORACLE.exists():
        warnings.warn("NO ORACLE: the official cases are not here", stacklevel=1)
        pytest.skip("the official cases are not here")
    rows = list(csv.DictReader(ORACLE.open()))
    found = modulus.check(
        np.array([row["sort_code"] for row in rows]),
        np.array([row["account"] for row in rows]),
        table,
    )
    wrong = [
        row["no"]
        for row, one in zip(rows, found, strict=True)
        if (one != modulus.Answer.INVALID) != (row["valid"] == "Y")
    ]
    assert len(rows) >= 17
    assert wrong == []


def test_an_independent_writing_of_the_rules_answers_alike():
    table = real_table()
    other = pytest.importorskip("ukmodulus", reason="ukmodulus is not installed")
    rng = random.Random(11)  # noqa: S311  a test, not a secret
    rows = rng.choices(range(len(table.first)), k=3000)
    codes = [f"{rng.randint(int(table.first[r]), int(table.last[r])):06}" for r in rows]
    numbers = [f"{rng.randrange(10**8):08}" for _ in rows]
    ours = modulus.check(np.array(codes), np.array(numbers), table) != modulus.Answer.INVALID
    theirs = [other.validate_number(*pair) for pair in zip(codes, numbers, strict=True)]
    assert ours.tolist() == theirs
