"""What an officer is told before a change goes wrong."""

from datetime import date

import pytest

from borough.kernel.people.models import Residence
from borough.lines.revenues import models
from borough.lines.revenues.pages import annual
from tests import makers, markup, officers
from tests.revenues.test_moves import SINCE, billed, charged
from tests.revenues.test_pages_changes import day

TODAY = date(2025, 6, 2)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


@pytest.fixture
def account(db):
    people = [makers.a_person("Mary", "Rimmer"), makers.a_person("John", "Rimmer")]
    account = makers.an_account(people=people, adults=2)
    for one in people:
        Residence.objects.create(person=one, dwelling=account.dwelling, starts=SINCE)
    billed(account)
    return account


@pytest.fixture
def visitor(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def check(visitor, address, **answers):
    page = visitor.post(address, officers.posted(step="check", **answers)).content.decode()
    markup.check(page)
    return page


def test_a_discount_for_one_where_two_live_is_warned_of(account, visitor):
    where = f"/revenues/accounts/{account.reference}/single-person-discount"
    page = check(visitor, where, **day("starts", date(2025, 6, 1)))
    assert "Mary Rimmer and John Rimmer are recorded as living there" in page
    Residence.objects.filter(person__given_names="John").update(ends=date(2025, 5, 1))
    account.liabilities.filter(person__given_names="John").update(ends=date(2025, 5, 1))
    page = check(visitor, where, **day("starts", date(2025, 6, 1)))
    assert "are recorded as living there" not in page


def test_a_reduction_that_goes_on_in_an_empty_home_is_warned_of_and_ended(account, visitor):
    award = account.reductions.create(kind=1, year_pence=50_000, starts=date(2025, 4, 1))
    billed(account)
    before = charged(account)
    use = f"/revenues/dwellings/{account.dwelling.uprn}/occupation"
    page = check(visitor, use, state="unfurnished", **day("starts", date(2025, 6, 1)))
    assert f"Council Tax Reduction goes on on account {account.reference}" in page
    page = check(visitor, use, state="occupied", **day("starts", date(2025, 6, 1)))
    assert "goes on on account" not in page

    end = f"/revenues/awards/{award.pk}/end"
    assert end in visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
    markup.check(visitor.get(end).content.decode())
    answers = officers.posted(step="confirm", **day("ends", date(2025, 6, 1)))
    assert visitor.post(end, answers).status_code == 302
    # £500 a year for 61 days instead of all 365
    assert charged(account) - before == 50_000 - round(50_000 * 61 / 365)
    assert models.Change.objects.latest("pk").what == "revenues.award_ended"


def test_a_band_that_reaches_back_before_what_was_billed_here_says_so(account, visitor):
    where = f"/revenues/dwellings/{account.dwelling.uprn}/band"
    page = check(visitor, where, letter="C", **day("starts", date(2019, 4, 1)))
    assert "Only 2025-26 and later were billed here" in page
    page = check(visitor, where, letter="C", **day("starts", date(2025, 4, 1)))
    assert "were billed here" not in page


def test_per_cent_are_not_counted():
    words = [one.error_messages.get("max_value", "") for one in annual.Prepare.base_fields.values()]
    assert "must be %(limit_value)s or less" in " ".join(words)
    assert "or fewer" not in " ".join(words)
