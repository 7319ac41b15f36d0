import numpy as np
import pytest

from borough.rules.council_tax import clocks
from borough.rules.periods import DAY, Timeline

OCCUPIED, FURNISHED, UNFURNISHED, WORKS = clocks.Occupation


def history(*rows):
    return Timeline.of([(0, *row) for row in rows], missing=OCCUPIED)


def runs(line):
    return [
        *zip(line.starts.astype(str), line.ends.astype(str), line.value.astype(str), strict=True)
    ]


def test_a_spell_of_six_weeks_leaves_the_clock_running_and_is_not_empty_itself():
    told = history(
        ("2020-01-01", "2022-01-01", UNFURNISHED),
        ("2022-01-01", "2022-02-12", OCCUPIED),
        ("2022-02-12", None, UNFURNISHED),
    )
    assert runs(clocks.empty_since(told, disregarded_days=42)) == [
        ("2020-01-01", "2022-01-01", "2020-01-01"),
        ("2022-02-12", "NaT", "2020-01-01"),
    ]


def test_a_longer_spell_sets_it_back():
    told = history(
        ("2022-02-13", None, UNFURNISHED),
        ("2020-01-01", "2022-01-01", UNFURNISHED),
        ("2022-01-01", "2022-02-13", FURNISHED),
    )
    assert runs(clocks.empty_since(told, disregarded_days=42)) == [
        ("2020-01-01", "2022-01-01", "2020-01-01"),
        ("2022-02-13", "NaT", "2022-02-13"),
    ]


def test_works_are_empty_too_but_have_a_clock_of_their_own():
    told = history(("2020-01-01", "2021-01-01", UNFURNISHED), ("2021-01-01", None, WORKS))
    assert {value for _, _, value in runs(clocks.empty_since(told, disregarded_days=42))} == {
        "2020-01-01"
    }
    assert runs(clocks.works_since(told, disregarded_days=42)) == [
        ("2021-01-01", "NaT", "2021-01-01")
    ]


def test_one_dwellings_clock_does_not_run_on_into_the_next():
    line = Timeline.of(
        [(0, "2020-01-01", "2021-01-01", WORKS), (1, "2021-01-01", None, WORKS)], missing=0
    )
    assert [value for *_, value in runs(clocks.empty_since(line, disregarded_days=42))] == [
        "2020-01-01",
        "2021-01-01",
    ]


def test_the_clock_cuts_at_the_ages_where_a_figure_changes():
    told = history(("2024-06-15", "2026-06-20", UNFURNISHED))
    cut = clocks.empty_since(told, disregarded_days=42, months=[1, 12, 24, 60])
    assert [starts for starts, *_ in runs(cut)] == [
        "2024-06-15",
        "2024-07-15",
        "2025-06-15",
        "2026-06-15",
    ]


def test_a_dwelling_that_never_stood_empty_has_no_clock():
    assert (
        clocks.empty_since(history(("2020-01-01", None, OCCUPIED)), disregarded_days=42).owner.size
        == 0
    )


@pytest.mark.parametrize(
    ("since", "on", "months"),
    [
        ("2024-04-01", "2025-03-31", 11),
        ("2024-04-01", "2025-04-01", 12),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2025-01-31", "2025-02-28", 0),
        ("2025-01-31", "2025-03-01", 1),
        ("NaT", "2025-03-01", -1),
    ],
)
def test_whole_months_are_counted_on_the_day(since, on, months):
    assert clocks.whole_months(np.array([since], DAY), np.array([on], DAY)).tolist() == [months]


def test_an_exception_written_in_two_rows_has_one_clock():
    rows = [
        (0, "2024-12-01", "2025-06-01", "G"),
        (0, "2025-06-01", None, "G"),
        (0, "2019-01-01", "2024-12-01", "H"),
        (1, "2024-12-01", "2026-01-01", "G"),
        (1, "2026-01-01", None, "G"),
        (2, "2024-12-01", "2025-01-01", "G"),
        (2, "2025-02-01", None, "G"),
    ]
    limited = clocks.limited(Timeline.of(rows, missing=""), {"G": 12, "H": 12})
    assert [
        *zip(limited.owner, limited.starts.astype(str), limited.ends.astype(str), strict=True)
    ] == [
        (0, "2019-01-01", "2020-01-01"),
        (0, "2024-12-01", "2025-06-01"),
        (0, "2025-06-01", "2025-12-01"),
        (1, "2024-12-01", "2025-12-01"),
        (2, "2024-12-01", "2025-01-01"),
        (2, "2025-02-01", "2026-02-01"),
    ]


def test_an_exceptions_twelve_months_run_from_the_day_its_condition_first_held():
    line = Timeline.of(
        [
            (0, "2024-12-01", None, "G"),
            (1, "2024-12-01", "2025-02-01", "G"),
            (2, "2010-01-01", None, "J"),
        ],
        missing="",
    )
    limited = clocks.limited(line, {"G": 12})
    assert limited.ends.astype(str).tolist() == ["2025-12-01", "2025-02-01", "NaT"]
