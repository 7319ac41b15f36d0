"""A new bill says what changed: why, from which day, and by how much."""

from datetime import date

import pytest

from borough.lines.revenues import billing
from borough.lines.revenues.commands import households, letters
from borough.lines.revenues.letters import bill, changes, filling, frame, specimen
from tests import makers
from tests.revenues import reading_back

BY, YEAR = makers.everything(), makers.YEAR
A, B, C, D = (date(2025, month, 1) for month in (4, 7, 9, 12))


@pytest.fixture
def account(db):
    account = makers.an_account(adults=2)
    billing.bill_accounts([account.pk], YEAR, on=makers.BILLING_DAY, by=BY, because="first")
    return account


def test_a_first_bill_has_nothing_before_it(account):
    said = filling.of_account(account, YEAR, on=makers.BILLING_DAY)
    assert (said.before_pence, said.changed_from, said.why_replaced) == (None, None, "")


def test_a_new_bill_says_why_from_when_and_by_how_much(account):
    letters.issue_bill(account=account, year=YEAR, by=BY, on=makers.BILLING_DAY)
    on = date(2025, 8, 20)
    households.apply_single_person_discount(account=account, starts=date(2025, 8, 1), by=BY, on=on)
    said = filling.of_account(account, YEAR, on=on)
    first, second = account.bills.order_by("version")
    assert said.why_replaced == "Single person discount."
    assert said.changed_from == date(2025, 8, 1)
    assert said.before_pence == first.charge_pence
    assert said.change_pence == second.charge_pence - first.charge_pence < 0


def test_without_the_letter_before_the_day_is_not_guessed(account):
    on = date(2025, 8, 20)
    households.apply_single_person_discount(account=account, starts=date(2025, 8, 1), by=BY, on=on)
    said = filling.of_account(account, YEAR, on=on)
    assert said.changed_from is None
    assert said.before_pence


@pytest.mark.parametrize(
    ("before", "now", "day"),
    [
        ([(A, D, "charge")], [(A, D, "charge")], None),
        ([(A, D, "charge")], [(A, B, "charge"), (B, D, "charge")], None),
        ([(A, D, "charge")], [(A, D, "charge"), (B, D, "discount")], B),
        ([(A, D, "charge"), (A, D, "discount")], [(A, D, "charge"), (A, C, "discount")], C),
        ([(A, D, "charge")], [(A, C, "charge")], C),
        ([(B, D, "charge")], [(A, D, "charge")], A),
    ],
)
def test_the_first_day_is_the_first_on_which_something_else_holds(before, now, day):
    assert changes.first_day(before, now) == day


class Printed:
    """A bill as the letters of collecting are read back: under a head of its own."""

    TEMPLATE = bill.TEMPLATE

    def __init__(self, said: bill.BillData) -> None:
        self.said, self.head = said, specimen.a_head(issued_on=said.issued_on)

    def as_json(self):
        return self.said.as_json()


def test_the_reason_is_on_the_first_page_and_the_difference_before_the_sum():
    said = specimen.a_bill(
        replaces=date(2026, 3, 1),
        why_replaced="Single person discount.",
        before_pence=217_134,
        changed_from=date(2026, 4, 1),
    )
    pages = reading_back.text_of(Printed(said)).split("\f")
    first, second = (" ".join(page.split()) for page in pages[:2])
    assert "This replaces the bill of 1 March 2026. Single person discount." in first
    assert "It changes from 1 April 2026." in second
    assert "The year was £2,171.34 and is now £1,628.51: £542.83 less." in second


def test_a_first_bill_cannot_say_what_was_before():
    with pytest.raises(frame.DoesNotAddUp, match="replaces another"):
        specimen.a_bill(before_pence=1)
