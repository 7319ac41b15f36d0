"""The bank's calendar, by days that anybody can look up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.kernel.bank import working_days

MAUNDY_THURSDAY, TUESDAY = date(2025, 4, 17), date(2025, 4, 22)


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 4, 18),  # Good Friday
        date(2025, 4, 21),  # Easter Monday
        date(2025, 5, 5),
        date(2022, 6, 3),  # the Platinum Jubilee
        date(2022, 9, 19),  # the state funeral
        date(2023, 5, 8),  # the coronation
        date(2026, 12, 28),  # for Boxing Day, a Saturday
        date(2025, 4, 19),  # a Saturday
    ],
)
def test_banks_do_not_work(day):
    assert not working_days.is_working_day(day)


@pytest.mark.parametrize("day", [MAUNDY_THURSDAY, TUESDAY, date(2025, 3, 17), date(2025, 8, 4)])
def test_banks_work_though_scotland_or_northern_ireland_may_not(day):
    assert working_days.is_working_day(day)


def test_what_is_handed_in_before_easter_is_paid_after_it():
    cycle = working_days.cycle_from(MAUNDY_THURSDAY)
    assert cycle.processing_day == TUESDAY
    assert cycle.entry_day == date(2025, 4, 23)


def test_what_is_due_on_a_sunday_is_paid_on_the_next_working_day():
    cycle = working_days.cycle_ending(date(2025, 6, 1))
    assert cycle == working_days.Cycle(date(2025, 5, 29), date(2025, 5, 30), date(2025, 6, 2))


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_going_on_and_going_back_meet(day, count):
    start = working_days.on_or_after(day)
    there = working_days.later(start, count)
    assert working_days.earlier(there, count) == start
    assert working_days.between(start, there) == count
    assert there - start >= timedelta(days=count)


def test_a_negative_count_is_a_mistake():
    with pytest.raises(ValueError, match="less than nothing"):
        working_days.later(TUESDAY, -1)
