"""A bill goes where those liable asked their letters to go, for as long as they asked."""

from datetime import date

import pytest

from borough.kernel.people import commands
from borough.kernel.people.models import Residence
from borough.lines.revenues import billing
from borough.lines.revenues.letters import addressing, filling
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


# Never to a home that others live in


def lives(person, dwelling, starts=date(2025, 4, 1)):
    return Residence.objects.create(person=person, dwelling=dwelling, starts=starts)


def an_owner_of_a_let_home():
    owner, tenant = makers.a_person("Olive", "Owner"), makers.a_person("Tom", "Tenant")
    account = makers.an_account(people=[owner], starts=date(2025, 4, 1))
    account.liabilities.update(basis="prescribed_owner")
    lives(tenant, account.dwelling)
    return owner, account


def heads_of(account):
    [head] = addressing.heads([addressing.Asked(account.pk, date(2025, 4, 1))], on=ON)
    return head


def test_a_letter_to_an_owner_never_goes_to_the_home_they_let(db):
    _, account = an_owner_of_a_let_home()
    assert isinstance(heads_of(account), addressing.NowhereToSend)


def test_it_goes_where_the_owner_lives(db):
    owner, account = an_owner_of_a_let_home()
    lives(owner, makers.a_dwelling(line="9 Owners Row"))
    found = heads_of(account)
    assert found.head.address[0] == "9 Owners Row"
    assert "Invented Street" in found.head.property_address[0]


def test_an_owner_of_an_empty_home_is_written_to_there_when_no_other_place_is_known(db):
    account = makers.an_account(starts=date(2025, 4, 1))
    account.liabilities.update(basis="owner")
    found = heads_of(account)
    assert found.head.address == found.head.property_address


def test_who_has_moved_out_is_written_to_at_the_new_home_or_not_at_all(account, mary):
    account.liabilities.update(ends=date(2025, 5, 1))
    assert isinstance(heads_of(account), addressing.NowhereToSend)
    lives(mary, makers.a_dwelling(line="2 New Street"), starts=date(2025, 5, 1))
    assert heads_of(account).head.address[0] == "2 New Street"


def test_letters_for_somebody_who_has_died_are_for_their_executors(account, mary):
    mary.date_of_death = date(2025, 5, 20)
    mary.save()
    found = heads_of(account)
    assert found.head.addressees == ("The executors of Mary Rimmer",)
    assert filling.of_account(account, YEAR, on=ON).addressees == ("The executors of Mary Rimmer",)


def test_a_joint_debt_is_one_letter_to_all_of_them(db):
    both = [makers.a_person("Mary"), makers.a_person("Joan", "Sutton")]
    account = makers.an_account(people=both, starts=date(2025, 4, 1))
    found = heads_of(account)
    assert found.head.addressees == ("Mary Rimmer", "Joan Sutton")
    assert found.people == tuple(one.pk for one in both)


def test_any_number_of_heads_takes_the_same_queries_as_one(db, django_assert_num_queries):
    accounts = [makers.an_account(starts=date(2025, 4, 1)) for _ in range(5)]
    asked = [addressing.Asked(one.pk, date(2025, 4, 1)) for one in accounts]
    with django_assert_num_queries(6):
        addressing.heads(asked[:1], on=ON)
    with django_assert_num_queries(6):
        assert len(addressing.heads(asked, on=ON)) == 5
