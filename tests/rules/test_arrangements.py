"""Arrangements: what falls due and when it is kept, by examples one can check with a calendar."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from borough.rules import arrangements, parameters
from borough.rules.arrangements import State

FIGURES = arrangements.Figures(late_after_days=7, tolerance_pence=100, days_to_put_right=14)
FIRST = date(2025, 6, 6)


def ints(*numbers):
    return np.array(numbers, np.int64)


def days(*some_days):
    return np.array(some_days, "datetime64[D]")


def some_terms(number=6, first=2_000, other=5_000, every="monthly", first_due=FIRST, day=None):
    return arrangements.Terms(
        ints(number),
        ints(first),
        ints(other),
        days(first_due),
        ints(arrangements.EVERY_DAYS[every]),
        ints(day or first_due.day),
    )


def stands(terms, received, on, *, owed=None, warned=None, put_right=None):
    owed = int(terms.total_pence[0]) - received if owed is None else owed
    return arrangements.standing(
        terms,
        ints(received),
        ints(owed),
        warned_on=days(warned or "NaT"),
        put_right_by=days(put_right or "NaT"),
        on=np.datetime64(on),
        figures=FIGURES,
    )


def state(*arguments, **more):
    return State(int(stands(*arguments, **more).state[0]))


@pytest.mark.parametrize(
    ("debt", "each", "number", "first"),
    [(27_000, 5_000, 6, 2_000), (25_000, 5_000, 5, 5_000), (4_000, 5_000, 1, 4_000)],
)
def test_the_odd_amount_comes_first_and_is_never_the_larger(debt, each, number, first):
    found, odd = arrangements.spread(ints(debt), ints(each))
    assert (found[0], odd[0]) == (number, first)


def test_a_week_is_seven_days_and_four_weeks_are_no_month():
    assert some_terms(every="weekly").due_on(ints(2))[0] == np.datetime64("2025-06-20")
    assert some_terms(every="four_weekly").due_on(ints(1))[0] == np.datetime64("2025-07-04")
    assert some_terms(every="monthly").due_on(ints(1))[0] == np.datetime64("2025-07-06")


def test_the_last_day_of_a_month_is_the_last_day_of_a_shorter_one():
    terms = some_terms(first_due=date(2025, 12, 31))
    assert [str(terms.due_on(ints(n))[0]) for n in range(4)] == [
        "2025-12-31",
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
    ]
    assert terms.fallen(np.datetime64("2026-02-28"))[0] == 2
    assert terms.fallen(np.datetime64("2026-03-01"))[0] == 3


def test_nothing_is_late_on_the_day_that_it_falls_due():
    terms = some_terms()
    assert stands(terms, 0, FIRST).asked_pence[0] == 0
    assert stands(terms, 0, FIRST + timedelta(1)).short_pence[0] == 2_000


def test_seven_days_late_worries_nobody_and_the_eighth_does():
    assert state(some_terms(), 0, date(2025, 6, 13)) == State.KEPT
    assert state(some_terms(), 0, date(2025, 6, 14)) == State.LATE
    assert stands(some_terms(), 0, date(2025, 6, 14)).late_since[0] == np.datetime64(FIRST)


def test_a_pound_short_is_kept():
    assert state(some_terms(), 1_900, date(2025, 7, 1)) == State.KEPT
    assert state(some_terms(), 1_899, date(2025, 7, 1)) == State.LATE


def test_it_is_broken_only_after_a_warning_and_its_days():
    terms, warned, put_right = some_terms(), date(2025, 6, 16), date(2025, 6, 30)
    late = {"warned": warned, "put_right": put_right}
    assert state(terms, 0, date(2025, 12, 1)) == State.LATE
    assert state(terms, 0, put_right, **late) == State.WARNED
    assert state(terms, 0, put_right + timedelta(1), **late) == State.BROKEN


def test_a_miss_put_right_needs_another_warning():
    late = {"warned": date(2025, 6, 16), "put_right": date(2025, 6, 30)}
    assert state(some_terms(), 2_000, date(2025, 7, 20), **late) == State.LATE


def test_paying_ahead_keeps_it():
    assert state(some_terms(), 7_000, date(2025, 8, 1)) == State.KEPT
    assert state(some_terms(), 27_000, date(2025, 6, 7)) == State.PAID


def test_a_debt_that_became_smaller_asks_for_no_more_than_is_owed():
    assert stands(some_terms(), 0, date(2025, 12, 1), owed=500).short_pence[0] == 500
    assert state(some_terms(), 0, date(2025, 12, 1), owed=0) == State.PAID
    assert state(some_terms(), 0, date(2025, 12, 1), owed=80) == State.KEPT


terms_of_any_kind = some.builds(
    lambda debt, each, every, day: some_terms(
        int(arrangements.spread(ints(debt), ints(each))[0][0]),
        int(arrangements.spread(ints(debt), ints(each))[1][0]),
        each,
        every,
        day,
    ),
    some.integers(1, 400_000),
    some.integers(100, 90_000),
    some.sampled_from(sorted(arrangements.EVERY_DAYS)),
    some.dates(date(2024, 1, 1), date(2026, 12, 31)),
)


@given(terms_of_any_kind)
def test_instalments_sum_to_the_debt_and_fall_in_order(terms):
    number = int(terms.number[0])
    several = np.arange(min(number, 200))
    due = [terms.due_on(ints(n))[0] for n in several]
    assert all(one < later for one, later in pairwise(due))
    amounts = np.diff([int(terms.up_to(ints(n))[0]) for n in range(number + 1)])
    assert amounts.sum() == terms.total_pence[0]
    assert 0 < amounts[0] <= terms.other_pence[0]


@given(terms_of_any_kind, some.integers(-40, 900))
def test_what_has_fallen_due_is_what_a_calendar_counts(terms, later):
    on = terms.first_due[0] + np.timedelta64(later, "D")
    number = int(terms.number[0])
    by_hand = sum(terms.due_on(ints(n))[0] < on for n in range(min(number, 200)))
    assert min(int(terms.fallen(on)[0]), 200) == by_hand


@given(
    terms_of_any_kind,
    some.integers(0, 400_000),
    some.integers(0, 400_000),
    some.integers(0, 900),
    some.integers(0, 900),
)
def test_more_money_never_makes_it_worse(terms, received, more, later, warned):
    on = terms.first_due[0] + np.timedelta64(later, "D")
    warned_on = terms.first_due[0] + np.timedelta64(warned, "D")
    total = int(terms.total_pence[0])
    before, after = (
        stands(
            terms,
            pence,
            on,
            owed=total - pence,
            warned=warned_on,
            put_right=warned_on + FIGURES.days_to_put_right,
        )
        for pence in (received, received + more)
    )
    assert after.state[0] <= before.state[0]
    assert after.short_pence[0] <= before.short_pence[0]


@given(some.lists(some.tuples(terms_of_any_kind, some.integers(0, 400_000)), min_size=2))
def test_a_row_never_depends_on_its_neighbours(rows):
    on = np.datetime64("2025-09-01")
    names = arrangements.Terms.__dataclass_fields__
    several = arrangements.Terms(
        **{name: np.concatenate([getattr(one, name) for one, _ in rows]) for name in names}
    )
    received = ints(*(pence for _, pence in rows))
    none = days(*(["NaT"] * len(rows)))
    together = arrangements.standing(
        several,
        received,
        several.total_pence - received,
        warned_on=none,
        put_right_by=none,
        on=on,
        figures=FIGURES,
    )
    alone = [int(stands(one, pence, on).state[0]) for one, pence in rows]
    assert together.state.tolist() == alone


def test_what_it_comes_to_in_a_month():
    assert arrangements.a_month(ints(1_000), "weekly")[0] == 4_333
    assert arrangements.a_month(ints(1_000), "fortnightly")[0] == 2_167
    assert arrangements.a_month(ints(1_000), "monthly")[0] == 1_000


def test_the_councils_own_figures_say_that_they_are_assumed():
    sheet = parameters.load_file("local/sefton/arrangements.yaml")
    assert all(value.unverified for one in sheet.values() for value in one.values.values())
