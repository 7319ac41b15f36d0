from datetime import date

import pytest

from borough.kernel.facts import queries as facts
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing, laws, models, notices
from borough.rules import years
from tests import makers

YEAR = makers.YEAR
ISSUED = makers.BILLING_DAY


def bill(*accounts, on=ISSUED, year=YEAR, because="test"):
    return billing.bill_accounts(
        [one.pk for one in accounts], year, on=on, by=makers.everything(), because=because
    )


def test_a_band_b_household_is_charged_the_published_amount(db):
    account = makers.an_account(band="B")
    outcome = bill(account)
    assert outcome.charge_pence == 189_993
    assert ledger.balance(billing.KIND, account.reference) == 189_993


def test_billing_twice_posts_nothing(db):
    account = makers.an_account()
    bill(account)
    again = bill(account)
    assert (again.noticed, again.change_pence) == (0, 0)
    assert models.Bill.objects.filter(account=account).count() == 1


def test_a_bill_asks_for_whole_pounds_with_the_odd_amount_first(db):
    account = makers.an_account(band="A")
    bill(account)
    notice = models.Bill.objects.get(account=account)
    assert (notice.first_pence, notice.other_pence, notice.instalments) == (16_151, 16_300, 10)
    assert notice.first_due == date(2025, 4, 1)


def test_one_adult_pays_a_quarter_less_and_the_difference_is_posted(db):
    account = makers.an_account(band="B")
    bill(account)
    account.households.update(ends=date(2025, 4, 1))
    models.Household.objects.create(account=account, adults=1, starts=date(2025, 4, 1))
    changed = billing.rebill([account], on=date(2025, 6, 2), by=makers.everything(), because="x")
    assert changed == -47_498
    assert ledger.balance(billing.KIND, account.reference) == 142_495
    assert models.Bill.objects.filter(account=account).count() == 2


def test_an_adjustment_spreads_what_is_left_over_the_instalments_to_come(db):
    account = makers.an_account(band="A")  # £161.51, then 9 of £163
    bill(account)
    account.households.update(adults=1)
    billing.rebill([account], on=date(2025, 6, 2), by=makers.everything(), because="one adult")
    notice = models.Bill.objects.get(account=account, version=2)
    # 1,628.51 less a quarter is 1,221.38; April, May and June stand: 161.51 + 163 + 163 = 487.51,
    # and 733.87 is left for seven instalments: 6 of £105 and 103.87 first.
    assert notice.charge_pence == 122_138
    assert notice.earlier_pence == 48_751
    assert (notice.first_pence, notice.other_pence, notice.instalments) == (10_387, 10_500, 7)
    assert notice.first_due == date(2025, 7, 1)


def test_a_change_three_years_back_bills_every_year_it_touches(db):
    account = makers.an_account(band="B", starts=date(2024, 4, 1))
    bill(account, year=years.Year(2024), on=date(2024, 3, 11))
    bill(account)
    account.households.update(adults=1)
    billing.rebill([account], on=date(2025, 6, 2), by=makers.everything(), because="one adult")
    assert models.Bill.objects.filter(account=account, version=2).count() == 2


def test_the_payer_sees_the_bill_on_the_timeline(db):
    person = makers.a_person()
    bill(makers.an_account(people=[person]))
    [entry] = facts.timeline_of_people([person.pk])
    assert entry.sentence == "Council Tax 2025-26: £1,899.93 for the year"


def test_joint_payers_each_hold_the_whole_debt(db):
    people = [makers.a_person(), makers.a_person("John")]
    account = makers.an_account(people=people)
    bill(account)
    owed = ledger.owed_by([person.pk for person in people])
    assert [one.pence for one in owed] == [189_993, 189_993]
    assert {one.sub_account_id for one in owed} == {owed[0].sub_account_id}


@pytest.mark.parametrize("count", [1, 7])
def test_many_accounts_are_billed_as_one_would_be(db, count):
    accounts = [makers.an_account(band="C") for _ in range(count)]
    assert bill(*accounts).charge_pence == count * 217_134


@pytest.mark.parametrize(
    ("on", "first_due"),
    [(date(2025, 4, 17), date(2025, 5, 1)), (date(2025, 4, 18), date(2025, 6, 1))],
)
def test_an_adjustment_asks_first_for_what_the_days_of_notice_leave_time_for(db, on, first_due):
    """Fourteen days by the figures of the year: from 17 April to 1 May, and not from the 18th."""
    assert notices.least_days(YEAR) == laws.of(YEAR).values["days_before_first"] == 14
    account = makers.an_account(adults=2)
    bill(account)
    account.households.update(adults=1)
    bill(account, on=on)
    assert models.Bill.objects.get(account=account, version=2).first_due == first_due
