import datetime
import random
from itertools import pairwise

import numpy as np
import pytest

from borough.rules import periods
from borough.rules.periods import DAY, Timeline
from borough.rules.years import Year

YEAR = Year(2025)


def rows(slices, *names):
    columns = [slices.owner, slices.starts.astype(str), slices.ends.astype(str)]
    return [*zip(*columns, *(slices.columns[name].tolist() for name in names), strict=True)]


def test_a_year_is_cut_at_every_change_and_holds_what_was_in_force():
    band = Timeline.of(
        [(0, "2020-01-01", "2025-07-01", "A"), (0, "2025-07-01", None, "B")], missing=""
    )
    adults = Timeline.of([(0, "2025-06-01", "2025-08-01", 2)], missing=-1)
    cut = periods.slice_year(YEAR, 2, {"band": band, "adults": adults})
    assert rows(cut, "band", "adults") == [
        (0, "2025-04-01", "2025-06-01", "A", -1),
        (0, "2025-06-01", "2025-07-01", "A", 2),
        (0, "2025-07-01", "2025-08-01", "B", 2),
        (0, "2025-08-01", "2026-04-01", "B", -1),
        (1, "2025-04-01", "2026-04-01", "", -1),
    ]
    assert cut.days.tolist() == [61, 30, 31, 243, 365]


def test_periods_are_half_open_so_neighbours_do_not_overlap():
    line = Timeline.of(
        [(0, "2025-04-01", "2025-05-01", 1), (0, "2025-05-01", "2025-06-01", 2)], missing=0
    )
    assert rows(periods.slice_year(YEAR, 1, {"x": line}), "x") == [
        (0, "2025-04-01", "2025-05-01", 1),
        (0, "2025-05-01", "2025-06-01", 2),
        (0, "2025-06-01", "2026-04-01", 0),
    ]


def test_rows_in_force_are_counted():
    starts = np.array(["2025-01-01", "2025-05-01", "2025-05-01"], DAY)
    ends = np.array(["2025-06-01", "NaT", "2025-05-02"], DAY)
    line = Timeline.counts(np.array([0, 0, 1]), starts, ends)
    assert rows(periods.slice_year(YEAR, 2, {"n": line}), "n") == [
        (0, "2025-04-01", "2025-05-01", 1),
        (0, "2025-05-01", "2025-06-01", 2),
        (0, "2025-06-01", "2026-04-01", 1),
        (1, "2025-04-01", "2025-05-01", 0),
        (1, "2025-05-01", "2025-05-02", 1),
        (1, "2025-05-02", "2026-04-01", 0),
    ]


@pytest.mark.parametrize(
    ("one", "other", "day"),
    [
        (("2025-01-01", None), ("2025-07-01", None), "2025-07-01"),
        (("2025-01-01", None), ("2020-01-01", "2026-04-01"), "2025-04-01"),
        (("2025-04-01", "2025-06-02"), ("2025-06-01", None), "2025-06-01"),
        (("2026-03-31", None), ("2025-01-01", None), "2026-03-31"),
    ],
)
def test_two_values_on_one_day_are_refused_with_owner_and_day(one, other, day):
    line = Timeline.of([(3, *one, "A"), (4, *one, "A"), (4, *other, "B")], missing="")
    with pytest.raises(periods.OverlappingPeriods, match=rf"“band” of owner 4 overlap on {day}"):
        periods.slice_year(YEAR, 5, {"band": line})


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ((0, "2025-05-01", "2025-05-01", 1), "ends on 2025-05-01"),
        ((0, None, None, 1), "first day"),
        ((2, "2025-05-01", None, 1), "not among the 2"),
        ((-1, "2025-05-01", None, 1), "not among the 2"),
    ],
)
def test_periods_that_make_no_sense_are_refused(row, complaint):
    with pytest.raises(ValueError, match=complaint):
        periods.slice_year(YEAR, 2, {"x": Timeline.of([row], missing=0)})


def test_what_must_be_known_every_day_is_refused_where_it_is_not():
    with pytest.raises(ValueError, match="“x” is not known"):
        periods.slice_year(YEAR, 1, {"x": Timeline.of([(0, "2025-05-01", None, 1)])})


def test_outside_the_days_that_are_asked_about_there_is_nothing():
    lines = {
        "here": Timeline.of([(1, "2025-05-01", "2025-07-01", 0), (1, "2026-03-31", None, 9)]),
        "x": Timeline.of([(1, "2025-06-01", "2026-01-01", 1)], missing=0),
        "y": Timeline.of([(1, "2025-05-01", None, 2)]),
        "n": Timeline.counts(
            np.array([1, 1]), np.array(["2020-01-01"] * 2, DAY), np.array(["NaT"] * 2, DAY)
        ),
    }
    cut = periods.slice_year(YEAR, 3, lines, within="here")
    assert rows(cut, "x", "y", "n") == [
        (1, "2025-05-01", "2025-06-01", 0, 2, 2),
        (1, "2025-06-01", "2025-07-01", 1, 2, 2),
        (1, "2026-03-31", "2026-04-01", 0, 2, 2),
    ]
    assert "here" not in cut.columns


def test_nobody_has_no_slices():
    assert periods.slice_year(YEAR, 0, {"x": Timeline.none(0)}).owner.size == 0


def test_random_timelines_say_the_same_as_asking_day_by_day():
    dice = random.Random(5)  # noqa: S311
    april = YEAR.starts
    for _ in range(60):
        owners = dice.randint(1, 4)
        found = {name: _random_rows(dice, owners, april) for name in "abc"}
        counted = [row for rows in found.values() for row in rows]
        lines = {name: Timeline.of(rows, missing=-1) for name, rows in found.items()}
        all_rows = Timeline.of(counted, missing=0)
        lines["n"] = Timeline.counts(all_rows.owner, all_rows.starts, all_rows.ends)
        cut = periods.slice_year(YEAR, owners, lines)
        assert cut.days.sum() == owners * YEAR.days
        for place, owner in enumerate(cut.owner):
            for day in (cut.starts[place].item(), cut.ends[place].item() - datetime.timedelta(1)):
                for name, own in found.items():
                    held = [
                        v for o, s, e, v in own if o == owner and s <= day and (not e or day < e)
                    ]
                    assert cut.columns[name][place] == (held[0] if held else -1)
                held = [
                    1 for o, s, e, _ in counted if o == owner and s <= day and (not e or day < e)
                ]
                assert cut.columns["n"][place] == len(held)


def _random_rows(dice, owners, april):
    rows = []
    for owner in range(owners):
        days = sorted(dice.sample(range(-200, 500), dice.randint(0, 5)))
        days = [april + datetime.timedelta(day) for day in days]
        rows += [
            (owner, s, e, dice.randint(1, 9)) for s, e in pairwise(days) if dice.random() < 0.8
        ]
        if days and dice.random() < 0.5:
            rows.append((owner, days[-1], None, dice.randint(1, 9)))
    dice.shuffle(rows)
    return rows


@pytest.mark.parametrize(
    ("day", "months", "over"),
    [
        ("2025-04-01", 12, "2026-04-01"),
        ("2025-01-31", 1, "2025-03-01"),
        ("2024-02-29", 12, "2025-03-01"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-03-01", 1, "2025-04-01"),
        ("2025-12-15", 6, "2026-06-15"),
        ("2024-08-30", 6, "2025-03-01"),
    ],
)
def test_whole_months_are_over_on_the_corresponding_day(day, months, over):
    assert periods.after_months(np.array([day], DAY), months).astype(str).tolist() == [over]


def test_a_clock_cuts_a_period_where_it_strikes_and_changes_nothing_else():
    line = Timeline.of([(7, "2025-01-01", None, 1), (8, "2025-01-01", "2025-02-01", 2)], missing=0)
    cut = periods.cut_at(line, np.array([["2025-03-01", "2025-01-15"]] * 2, DAY))
    found = [*zip(cut.owner, cut.starts.astype(str), cut.ends.astype(str), cut.value, strict=True)]
    assert found == [
        (7, "2025-01-01", "2025-01-15", 1),
        (7, "2025-01-15", "2025-03-01", 1),
        (7, "2025-03-01", "NaT", 1),
        (8, "2025-01-01", "2025-01-15", 2),
        (8, "2025-01-15", "2025-02-01", 2),
    ]
