"""What Council Tax offers somebody before anything is pressed, and what it would come to."""

from datetime import date

from borough.kernel import offers as kernel
from borough.kernel.people.models import Residence
from borough.lines.revenues import models
from borough.lines.revenues.queries import help as helping
from tests import makers

ON = date(2025, 5, 12)


def living_there(account: models.Account, born: date | None = date(1980, 1, 1)) -> int:
    person = makers.a_person(date_of_birth=born)
    starts = account.starts
    Residence.objects.create(person=person, dwelling=account.dwelling, starts=starts)
    return person.pk


def offered(account: models.Account) -> dict[str, kernel.Offer]:
    [person] = account.liabilities.values_list("person_id", flat=True)
    return {one.scheme: one for one in kernel.offers([person], ON)[person]}


def test_one_adult_living_there_and_no_discount_is_likely_a_quarter_less(db):
    account = makers.an_account(adults=2)
    living_there(account)
    living_there(account, born=date(2015, 1, 1))  # a child does not count
    offer = offered(account)["revenues.single_person"]
    assert offer.likely
    assert offer.weekly_pence == 910  # £1,899.93 less a quarter is £474.98 a year of 365 days
    assert offer.why.startswith("We know of one adult there; the account counts 2")


def test_where_nobody_has_said_who_lives_there_it_is_a_question(db):
    account = makers.an_account(adults=None)
    offer = offered(account)["revenues.single_person"]
    assert not offer.likely
    assert offer.why.startswith("Nobody has said how many adults live there")


def test_two_adults_who_both_live_there_are_asked_whether_both_count(db):
    account = makers.an_account(adults=2)
    living_there(account)
    living_there(account)
    found = offered(account)
    assert "revenues.single_person" not in found
    assert found["revenues.disregard"].weekly_pence is None


def test_a_home_needed_for_a_disability_pays_as_a_band_less(db):
    offer = offered(makers.an_account(band="B"))["revenues.disabled_reduction"]
    assert offer.weekly_pence == 520  # Band B 1,899.93 less Band A 1,628.51 is £271.42 a year


def test_what_is_recorded_is_not_offered_again(db):
    account = makers.an_account(adults=1)
    models.Reduction.objects.create(account=account, kind=1, year_pence=1_000, starts=ON)
    models.DisabledReduction.objects.create(account=account, starts=ON)
    assert offered(account) == {}


def test_what_is_likely_comes_first_and_the_largest_before_the_smaller(db):
    account = makers.an_account(adults=2)
    living_there(account)
    assert list(offered(account)) == [
        "revenues.single_person",
        "revenues.disabled_reduction",
        "revenues.disregard",
        "revenues.reduction",
    ]


def test_somebody_who_pays_no_council_tax_is_offered_nothing_by_it(db):
    person = makers.a_person().pk
    assert kernel.offers([person], ON) == {person: ()}


def test_without_the_law_of_the_year_no_amount_is_guessed(db):
    account = makers.an_account()
    later = date(2035, 5, 12)
    assert {one.weekly_pence for one in helping.of_accounts([account.pk], later)[account.pk]} == {
        None
    }
