import datetime

import pytest

from borough.rules.years import Year


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2025-03-31", "2024-25"),
        ("2025-04-01", "2025-26"),
        ("2026-03-31", "2025-26"),
        ("1999-12-31", "1999-00"),
    ],
)
def test_a_day_falls_in_the_year_that_began_on_the_first_of_april(day, name):
    found = Year.holding(datetime.date.fromisoformat(day))
    assert found.name == name
    assert datetime.date.fromisoformat(day) in found
    assert Year.named(name) == found


@pytest.mark.parametrize(
    ("name", "days"), [("2023-24", 366), ("2024-25", 365), ("2026/27", 365), ("2027-28", 366)]
)
def test_a_year_has_366_days_when_29_february_falls_in_it(name, days):
    assert Year.named(name).days == days


def test_years_follow_each_other_without_a_gap():
    assert Year(2025).ends == Year(2025).following.starts
    assert Year(2025).following.preceding == Year(2025)


@pytest.mark.parametrize("name", ["2025", "2025-27", "25-26", "2025-2026", ""])
def test_what_is_no_year_is_refused_with_an_example(name):
    with pytest.raises(ValueError, match="like 2025-26"):
        Year.named(name)
