"""Who may be collected from, how much, and under which code."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.rules import direct_debit
from borough.rules.direct_debit import Reason

ON = date(2025, 5, 1)
TELL_BY = date(2025, 4, 15)
LONG_AGO = np.datetime64("2025-03-10")


def standing(**changes):
    """Return one instalment of £190 that nothing stands against, with these changes."""
    usual = {
        "instructed": True,
        "confirmed": True,
        "live_from": LONG_AGO,
        "deceased": False,
        "stopped": False,
        "used": LONG_AGO,
        "arranged": False,
        "told": LONG_AGO,
        "instalment_pence": 19_000,
        "asked_pence": 38_000,
        "received_pence": 19_000,
        "owed_pence": 170_993,
    }
    return direct_debit.Standing(**{k: np.array([v]) for k, v in (usual | changes).items()})


def chosen(**changes):
    pence, reason = direct_debit.choose(standing(**changes), on=ON, tell_by=TELL_BY)
    return int(pence[0]), Reason(reason[0])


def test_an_instalment_is_collected_as_told():
    assert chosen() == (19_000, Reason.NONE)


@pytest.mark.parametrize(
    ("changes", "pence"),
    [
        ({"received_pence": 24_000}, 14_000),  # £50 of it was paid already
        ({"owed_pence": 5_000}, 5_000),  # the charge has come down since
        ({"received_pence": 0}, 19_000),  # the one before was missed: no more than was told
    ],
)
def test_never_more_than_told_than_asked_or_than_owed(changes, pence):
    assert chosen(**changes) == (pence, Reason.NONE)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"instructed": False}, Reason.NO_INSTRUCTION),
        ({"confirmed": False}, Reason.NOT_CONFIRMED),
        ({"live_from": np.datetime64("NaT", "D")}, Reason.NOT_YET_LIVE),
        ({"live_from": np.datetime64("2025-05-02")}, Reason.NOT_YET_LIVE),
        ({"deceased": True}, Reason.DECEASED),
        ({"stopped": True}, Reason.STOPPED),
        ({"used": np.datetime64("2023-04-30")}, Reason.DORMANT),
        ({"arranged": True}, Reason.ARRANGED),
        ({"received_pence": 38_000}, Reason.PAID),
        ({"owed_pence": -100}, Reason.PAID),
        ({"told": np.datetime64("NaT", "D")}, Reason.NOT_TOLD),
        ({"told": np.datetime64("2025-04-16")}, Reason.TOLD_TOO_LATE),
    ],
)
def test_nothing_is_collected_while_a_reason_stands_against_it(changes, reason):
    assert chosen(**changes) == (0, reason)


def test_who_was_told_on_the_last_day_for_it_was_told_in_time():
    assert chosen(told=np.datetime64("2025-04-15")) == (19_000, Reason.NONE)


def test_an_instruction_used_two_years_ago_to_the_day_still_lives():
    assert chosen(used=np.datetime64("2023-05-01")) == (19_000, Reason.NONE)


PENCE = st.integers(-100_000, 500_000)


@given(st.tuples(PENCE, PENCE, PENCE, PENCE))
def test_what_is_collected_is_never_negative_and_never_above_any_bound(pence):
    instalment, asked, received, owed = pence
    found, reason = chosen(
        instalment_pence=instalment, asked_pence=asked, received_pence=received, owed_pence=owed
    )
    assert 0 <= found <= max(0, min(instalment, asked - received, owed))
    assert (found == 0) == (reason == Reason.PAID)


@pytest.mark.parametrize(
    ("used", "last", "code"),
    [(False, False, "01"), (True, False, "17"), (True, True, "19"), (False, True, "01")],
)
def test_the_first_is_01_then_17_and_19_when_nothing_follows(used, last, code):
    found = direct_debit.codes(used_before=np.array([used]), is_last=np.array([last]))
    assert found.tolist() == [code]


@pytest.mark.parametrize("reference", ["CT0010000101", "X01234", "AB-12/34", "A B&C.12345"])
def test_references_that_banks_take(reference):
    assert direct_debit.reference_fault(reference) == ""


@pytest.mark.parametrize(
    "reference",
    [
        *("", "X0123", "000000", "AA-AAAA", "DDIC123456", "-X01234", "X01234 ", "x01234"),
        *("A/B/C/D/1", "A" * 18 + "B"),
    ],
)
def test_references_that_banks_refuse(reference):
    assert direct_debit.reference_fault(reference)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), -24, date(2022, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_end_on_a_day_that_there_is(day, months, then):
    assert direct_debit.months_later(day, months) == then
