"""A bill goes where those liable asked their letters to go, for as long as they asked."""

from datetime import date

import pytest

from borough.kernel.people import commands
from borough.lines.revenues import billing
from borough.lines.revenues.letters import filling
from borough.rules import years
from tests import makers

ON = date(2025, 6, 2)
YEAR = years.Year(2025)


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


@pytest.fixture
def account(mary):
    account = makers.an_account(band="B", people=[mary], starts=date(2025, 4, 1))
    billing.bill_accounts(
        [account.pk], YEAR, on=date(2025, 4, 1), by=makers.everything(), because="test"
    )
    return account


def elsewhere(mary):
    return commands.record_correspondence_address(
        person=mary,
        lines="Flat 2\n1 Other Road\nSouthport",
        postcode="zz9 9zz",
        starts=ON,
        ends=date(2025, 7, 1),
        by=makers.everything(),
        on=ON,
    )


def test_without_another_address_the_bill_goes_home(account):
    said = filling.of_account(account, YEAR, on=ON)
    assert said.address == said.property_address


def test_the_bill_goes_where_letters_were_asked_to_go_and_still_names_the_home(account, mary):
    elsewhere(mary)
    said = filling.of_account(account, YEAR, on=ON)
    assert said.address == ("Flat 2", "1 Other Road", "Southport", "ZZ9 9ZZ")
    assert "Invented Street" in said.property_address[0]


@pytest.mark.parametrize("day", [date(2025, 6, 1), date(2025, 7, 1)])
def test_before_and_after_those_days_it_goes_home(account, mary, day):
    elsewhere(mary)
    said = filling.of_account(account, YEAR, on=day)
    assert said.address == said.property_address


def test_a_need_for_large_print_is_met_by_the_bill_until_it_ends(account, mary):
    need = commands.record_need(
        person=mary, kind="large_print", by=makers.everything(), on=date(2025, 6, 1)
    )
    assert filling.of_account(account, YEAR, on=ON).large_print
    commands.end_need(need=need, by=makers.everything(), on=ON)
    assert not filling.of_account(account, YEAR, on=ON).large_print


def test_another_name_is_on_the_next_bill(account, mary):
    commands.correct_name(
        person=mary,
        given_names="Mary",
        family_name="Sutton",
        since=ON,
        by=makers.everything(),
        on=ON,
    )
    assert filling.of_account(account, YEAR, on=ON).addressees == ("Mary Sutton",)
