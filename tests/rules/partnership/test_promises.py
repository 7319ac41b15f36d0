"""A promise is kept or broken by its evidence and its day."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.rules.partnership import promises
from borough.rules.partnership.promises import Point, Status, Terms

STARTS, DUE = date(2008, 10, 1), date(2018, 9, 30)
HALFWAY = date(2013, 10, 1)
INVESTED = Terms("by", STARTS, DUE, 10_000, "higher", gathers=True)
STAYS = Terms("throughout", STARTS, DUE, 9_000, "higher")


def judged(terms, points, on):
    return promises.judge(terms, [Point(*one) for one in points], on)


@pytest.mark.parametrize(
    ("value", "on", "status"),
    [
        (5_002, HALFWAY, Status.ON_COURSE),
        (5_001, HALFWAY, Status.AT_RISK),
        (10_000, HALFWAY, Status.KEPT),
        (9_999, DUE, Status.AT_RISK),
        (10_000, DUE, Status.KEPT),
        (9_999, date(2018, 10, 1), Status.BROKEN),
        (10_000, date(2028, 1, 1), Status.KEPT),
    ],
)
def test_what_adds_up_is_judged_by_a_straight_line_and_its_day(value, on, status):
    assert judged(INVESTED, [(STARTS, 0), (date(2009, 1, 1), value)], on).status is status


def test_what_comes_after_the_day_is_too_late():
    late = [(STARTS, 0), (date(2018, 10, 1), 10_000)]
    found = judged(INVESTED, late, date(2019, 1, 1))
    assert (found.status, found.value, found.since) == (Status.BROKEN, 0, DUE)


def test_nothing_to_judge_by_cannot_be_told():
    for terms in (INVESTED, STAYS):
        assert judged(terms, [], HALFWAY).status is Status.UNKNOWN
        assert judged(terms, [(STARTS, 99_999)], date(2008, 9, 30)).status is Status.UNKNOWN
    assert judged(STAYS, [(STARTS, 9_500), (date(2009, 1, 1), None)], HALFWAY).status is (
        Status.UNKNOWN
    )


def test_a_promise_throughout_is_broken_on_its_first_bad_day_and_stays_so():
    bad, mended = date(2010, 5, 1), date(2010, 6, 1)
    path = [(date(2008, 1, 1), 9_500), (bad, 8_999), (mended, 9_500)]
    assert judged(STAYS, path, date(2010, 4, 30)).status is Status.AT_RISK
    found = judged(STAYS, path, HALFWAY)
    assert (found.status, found.since) == (Status.BROKEN, bad)
    assert judged(STAYS, path[:1], HALFWAY).status is Status.ON_COURSE
    assert judged(STAYS, path[:1], DUE).status is Status.KEPT


def test_what_was_bad_before_it_began_still_counts_when_it_begins():
    found = judged(STAYS, [(date(2008, 1, 1), 8_000), (date(2009, 1, 1), 9_500)], HALFWAY)
    assert (found.status, found.since) == (Status.BROKEN, STARTS)


def test_no_more_than_none_is_a_promise_too():
    none = Terms("throughout", STARTS, DUE, 0, "lower")
    assert judged(none, [(STARTS, 0)], HALFWAY).status is Status.ON_COURSE
    assert judged(none, [(STARTS, 0), (date(2011, 1, 1), 100)], HALFWAY).status is Status.BROKEN


def test_a_measure_is_expected_on_a_line_from_where_it_began():
    rises = Terms("by", STARTS, DUE, 9_700, "higher")
    begins = [(date(2009, 3, 31), 9_500)]
    assert judged(rises, [*begins, (date(2013, 3, 31), 9_650)], HALFWAY).status is Status.ON_COURSE
    assert judged(rises, [*begins, (date(2013, 3, 31), 9_510)], HALFWAY).status is Status.AT_RISK
    assert judged(rises, [*begins, (date(2018, 3, 31), 9_699)], DUE).status is Status.BROKEN
    assert judged(rises, [*begins, (date(2018, 3, 31), 9_700)], DUE).status is Status.KEPT


def test_ten_full_time_and_five_half_time_over_two_years_are_twenty_five():
    spells = [(100, date(2009, 1, 1), None)] * 10 + [(50, date(2009, 1, 1), date(2019, 1, 1))] * 5
    assert promises.fte_years(spells, date(2010, 4, 1), date(2012, 4, 1)) == 25
    assert promises.fte_years(spells, date(2012, 4, 1), date(2012, 4, 1)) == 0


def test_half_a_year_is_counted_by_its_days():
    half = [(100, date(2025, 4, 1), date(2025, 10, 1))]
    assert promises.fte_years(half, date(2025, 4, 1), date(2026, 4, 1)) == Fraction(183, 365)


@given(
    days=st.lists(st.dates(date(2008, 1, 1), date(2020, 1, 1)), unique=True, max_size=8),
    values=st.lists(st.integers(0, 20_000), min_size=8, max_size=8),
    on=st.dates(date(2008, 10, 1), date(2022, 1, 1)),
    shape=st.sampled_from(["by", "throughout"]),
)
def test_after_its_day_a_promise_is_kept_broken_or_unknown_and_stays_what_it_was(
    days, values, on, shape
):
    terms = Terms(shape, STARTS, DUE, 9_000, "higher")
    path = [Point(day, value) for day, value in zip(sorted(days), values, strict=False)]
    found = promises.judge(terms, path, on)
    if on > DUE:
        assert found.status in (Status.KEPT, Status.BROKEN, Status.UNKNOWN)
        assert found == promises.judge(terms, path, date(2030, 1, 1))
    if found.status is Status.BROKEN:
        assert promises.judge(terms, path, date(2030, 1, 1)).status is Status.BROKEN
