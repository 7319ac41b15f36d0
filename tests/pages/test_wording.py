"""How amounts, days and periods read."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.template import engines

from borough.kernel.pages import cells, wording


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (123_456, "£1,234.56"),
        (5, "£0.05"),
        (0, "£0.00"),
        (-100, "\N{MINUS SIGN}£1.00"),
        (-5, "\N{MINUS SIGN}£0.05"),
        (100_000_000, "£1,000,000.00"),
        (np.int64(250), "£2.50"),
        (None, "Not known"),
    ],
)
def test_pence_read_as_pounds(pence: int | None, words: str) -> None:
    assert wording.money(pence) == words


def test_a_float_is_never_shown_as_money() -> None:
    with pytest.raises(TypeError):
        wording.money(12.5)  # type: ignore[arg-type]


def test_a_balance_says_who_owes_whom() -> None:
    assert wording.balance(1_200) == "£12.00 to pay"
    assert wording.balance(-1_200) == "£12.00 in credit"
    assert wording.balance(0) == "Nothing to pay"
    assert wording.balance(None) == "Not known"


def test_days_and_moments_read_as_people_say_them() -> None:
    assert wording.day(date(2026, 11, 2)) == "2 November 2026"
    assert wording.short_day(date(2026, 11, 2)) == "2 Nov 2026"
    assert wording.moment(datetime(2026, 11, 22, 10, 16, tzinfo=UTC)) == (
        "22 November 2026 at 10:16am"
    )
    # British Summer Time: an hour on, which is the next day.
    assert wording.moment(datetime(2026, 7, 1, 23, 0, tzinfo=UTC)) == "2 July 2026 at midnight"
    assert wording.moment(datetime(2026, 7, 1, 11, 0, tzinfo=UTC)) == "1 July 2026 at midday"
    assert wording.moment(datetime(2026, 1, 1, 12, 30, tzinfo=UTC)) == "1 January 2026 at 12:30pm"


def test_a_period_is_written_with_its_last_day() -> None:
    assert wording.period(date(2026, 4, 1), date(2027, 4, 1)) == "1 April 2026 to 31 March 2027"
    assert wording.period(date(2026, 4, 1), None) == "from 1 April 2026"
    assert wording.period(date(2026, 4, 1), date(2026, 4, 2)) == "1 April 2026"


def test_templates_have_the_words_without_a_load() -> None:
    template = engines["django"].from_string(
        "{{ pence|money }} {{ pence|balance }} {{ on|day }} {% period on None %}"
    )
    words = template.render({"pence": -100, "on": date(2026, 11, 22)})
    assert words == "−£1.00 £1.00 in credit 22 November 2026 from 22 November 2026"


def test_what_somebody_typed_is_never_markup() -> None:
    nasty = "<script>alert(1)</script>"
    for value in (nasty, cells.Link(nasty, nasty), cells.Tag(nasty), cells.Lines((nasty,))):
        assert "<script>" not in cells.written(value)


def test_missing_is_not_zero() -> None:
    assert "Not known" in cells.written(None)
    assert "Not known" in cells.written(cells.Pence(None))
    assert "£0.00" in cells.written(cells.Pence(0))
    assert cells.written(0) == "0"
