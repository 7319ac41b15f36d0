"""What people type, and what Borough understands by it."""

from datetime import date

import pytest
from django.http import QueryDict

from borough.kernel.pages import fields, forms, parsing
from tests import markup


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("120", 12_000),
        ("120.50", 12_050),
        ("£1,234.50", 123_450),
        (" £ 1,234.50 ", 123_450),
        ("0", 0),
        ("0.01", 1),
        ("1,000,000", 100_000_000),
        ("1000000.99", 100_000_099),
        ("-5.00", -500),
        ("\N{MINUS SIGN}£5.00", -500),
        ("90071992547409.93", 9_007_199_254_740_993),  # no float holds it
    ],
)
def test_money_is_read_to_the_penny(typed: str, pence: int) -> None:
    assert parsing.pence(typed) == pence


@pytest.mark.parametrize(
    "typed",
    ["1.234", "1.5", "1.", ".50", "1,23", "12,34.00", "1,2345", "£", "", "ten", "1e3", "--1",
     "1.00.00", "£-1", "1,234,5", "\N{ARABIC-INDIC DIGIT ONE}", "NaN", "0x10", "1_000", "9" * 5000],
)  # fmt: skip
def test_what_might_mean_another_amount_is_refused(typed: str) -> None:
    with pytest.raises(parsing.NotMoney):
        parsing.pence(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("22", "11", "2026"), date(2026, 11, 22)),
        (("1", "jan", "2026"), date(2026, 1, 1)),
        (("01", "January", "2026"), date(2026, 1, 1)),
        (("9", "SEPT", "2026"), date(2026, 9, 9)),
        (("9", "Sep.", "2026"), date(2026, 9, 9)),
        (("29", "2", "2024"), date(2024, 2, 29)),
    ],
)
def test_a_month_may_be_a_number_or_a_name(typed: tuple[str, str, str], day: date) -> None:
    assert parsing.day(*typed) == day


@pytest.mark.parametrize(
    ("typed", "sentence", "wrong"),
    [
        (("", "11", "2026"), "must include a day", ("day",)),
        (("", "", "2026"), "must include a day and month", ("day", "month")),
        (("1", "1", "26"), "must have a year of 4 figures", ("year",)),
        (("1", "1", "year"), "must have a year of 4 figures", ("year",)),
        (("32", "1", "2026"), "must be a real date", ("day",)),
        (("1", "13", "2026"), "must be a real date", ("month",)),
        (("1", "juin", "2026"), "must be a real date", ("month",)),
        (("31", "feb", "2026"), "must be a real date", ()),
        (("29", "2", "2026"), "must be a real date", ()),
        (("0", "0", "0000"), "must be a real date", ("day", "month")),
    ],
)
def test_a_day_that_is_none_says_which_box_to_look_at(
    typed: tuple[str, str, str], sentence: str, wrong: tuple[str, ...]
) -> None:
    with pytest.raises(parsing.NotADay, match=sentence) as refusal:
        parsing.day(*typed)
    assert refusal.value.wrong == wrong


class Refund(forms.Form):
    amount = fields.MoneyField(
        what="an amount", label="How much?", least_pence=1, most_pence=50_000
    )
    paid_on = fields.DayField(
        what="the day it was paid", label="When?", earliest=date(2026, 4, 1),
        latest=date(2026, 11, 22),
    )  # fmt: skip
    count = fields.WholeNumberField(what="a count", label="How many?", required=False, min_value=1)
    empty = fields.YesNoField(what="yes if it is empty", label="Is it empty?", required=False)


def answers(**changes: str) -> dict[str, str]:
    return {"amount": "£120.50"} | markup.day_data("paid_on", date(2026, 10, 1)) | changes


def test_a_form_gives_pence_and_days() -> None:
    form = Refund(answers(count="1,200", empty="no"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "amount": 12_050, "paid_on": date(2026, 10, 1), "count": 1200, "empty": False,
    }  # fmt: skip


def test_what_is_not_answered_is_not_known() -> None:
    form = Refund(answers())
    assert form.is_valid()
    assert form.cleaned_data["count"] is None
    assert form.cleaned_data["empty"] is None


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"amount": ""}, "amount", "Enter an amount"),
        ({"amount": "0"}, "amount", "Amount must be £0.01 or more"),
        ({"amount": "500.01"}, "amount", "Amount must be £500.00 or less"),
        ({"amount": "1.234"}, "amount", "Amount must be in pounds and pence, like 120 or 1,234.50"),
        ({"paid_on_month": ""}, "paid_on", "The day it was paid must include a month"),
        ({"paid_on_month": "3"}, "paid_on", "The day it was paid must be on or after 1 April 2026"),
        ({"paid_on_day": "23", "paid_on_month": "11"}, "paid_on",
         "The day it was paid must be on or before 22 November 2026"),
        ({"count": "two"}, "count", "Count must be a whole number, like 15"),
        ({"count": "1.5"}, "count", "Count must be a whole number, like 15"),
        ({"count": "0"}, "count", "Count must be 1 or more"),
        ({"empty": "perhaps"}, "empty", "Select yes if it is empty"),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_with_what_to_do(
    changes: dict[str, str], field: str, message: str
) -> None:
    assert Refund(answers(**changes)).errors == {field: [message]}


def test_all_three_boxes_empty_is_a_question_unanswered() -> None:
    blank = dict.fromkeys(("paid_on_day", "paid_on_month", "paid_on_year"), "")
    assert Refund(answers(**blank)).errors == {"paid_on": ["Enter the day it was paid"]}


def test_an_amount_is_shown_again_as_it_was_typed() -> None:
    assert 'value="1.234"' in str(Refund(answers(amount="1.234"))["amount"])
    assert 'value="1,234.50"' in str(Refund(initial={"amount": 123_450})["amount"])


def test_a_filter_keeps_only_what_was_chosen() -> None:
    class Accounts(forms.FilterForm):
        least = fields.MoneyField(what="an amount", label="Owing at least")
        band = fields.SelectField(what="a band", label="Band", choices=[("A", "A")], empty="Any")
        empty = fields.YesNoField(what="yes if empty", label="Empty")

    assert Accounts(QueryDict("least=&band=A&empty=no")).chosen() == {"band": "A", "empty": False}
    assert Accounts(QueryDict("least=ten&band=A")).chosen() == {"band": "A"}
    assert Accounts(QueryDict("least=0")).chosen() == {"least": 0}
