"""Figures of people: what is hidden cannot be reconstructed by somebody who knows all the rules.

Every possible borough of two rows on two days is published; those that look the same are what a
reader of both days, and of both totals, cannot tell apart.
"""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest

from borough.rules.support import small_numbers
from borough.rules.support.small_numbers import LEAST, Shown

FIRST, SECOND, THIRD = date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30)
COUNTS = range(22)


def as_published(count: int, before: Shown | None, as_at: date) -> Shown:
    earlier = {"row": before} if before else {}
    return small_numbers.shown({"row": count}, earlier, as_at=as_at)["row"]


def sum_of_all(_: object, counts: tuple[int, ...], as_at: date) -> int:
    return sum(counts)


def sum_as_published(shown: dict[str, Shown], _: object, as_at: date) -> int | None:
    return small_numbers.total(shown, as_at=as_at)


def fewest_guesses(*, row=as_published, total=sum_as_published) -> int:
    """Return among how few counts or movements a reader has to guess at what is not shown."""
    told = {}
    for first, second in product(COUNTS, COUNTS):
        one = row(first, None, FIRST)
        told[first, second] = (one, row(second, one, SECOND))
    alike = defaultdict(list)
    for (mine, shown), (other, beside) in product(told.items(), told.items()):
        totals = tuple(
            total({"a": shown[day], "b": beside[day]}, (mine[day], other[day]), as_at)
            for day, as_at in enumerate((FIRST, SECOND))
        )
        alike[shown, beside, totals].append(mine)
    return min(
        guess for (shown, *_), several in alike.items() for guess in _guesses(shown, several)
    )


def _guesses(shown, several):
    """Return how many candidates there are for what is not shown, and for a small movement."""
    first, second = (one.since == day for one, day in zip(shown, (FIRST, SECOND), strict=True))
    if not first:
        yield len({one for one, _ in several})
    if not second:
        yield len({two for _, two in several})
    if any(abs(two - one) < LEAST for one, two in several):
        yield len({two - one for one, two in several})


def test_nothing_hidden_can_be_told_from_rows_totals_and_an_earlier_day():
    assert fewest_guesses() == LEAST


def test_the_reader_succeeds_where_a_rule_is_left_out():
    def without_the_earlier_day(count, before, as_at):
        return as_published(count, None, as_at)

    def smaller(count, before, as_at):
        return Shown(None, None) if count < 5 else Shown(count, as_at)

    assert fewest_guesses(total=sum_of_all) == 1
    assert fewest_guesses(row=smaller) < LEAST
    assert fewest_guesses(row=without_the_earlier_day) == 1


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ((25, FIRST), (25, FIRST), (25, FIRST)),
        ((25, FIRST), (35, SECOND), (35, SECOND)),
        ((None, None), (12, SECOND), (None, None)),
    ],
)
def test_an_earlier_figure_stands_until_it_moved_by_ten(first, second, third):
    counts = {25: (25, 34, 16), 35: (25, 35, 44), 12: (9, 12, 9)}[second[0]]
    before, told = None, []
    for count, as_at in zip(counts, (FIRST, SECOND, THIRD), strict=True):
        before = as_published(count, before, as_at)
        told.append((before.count, before.since))
    assert told == [first, second, third]


def test_a_total_is_shown_where_every_row_is():
    rows = small_numbers.shown({"a": 10, "b": 30}, {}, as_at=FIRST)
    assert small_numbers.total(rows, as_at=FIRST) == 40
    later = small_numbers.shown({"a": 20, "b": 31}, rows, as_at=SECOND)
    assert small_numbers.total(later, as_at=SECOND) is None
    few = small_numbers.shown({"a": 0, "b": 30}, {}, as_at=FIRST)
    assert small_numbers.total(few, as_at=FIRST) is None
