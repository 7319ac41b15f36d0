"""The pages of the fund: for helping alone, and from a resident's own door."""

import pytest
from django.core.cache import cache

from borough.kernel import commanding
from borough.kernel.bank import paying as kernel_paying
from borough.kernel.people.models import Residence
from borough.resident import waiting
from borough.resident.fund import models, taking
from borough.resident.fund.commands import deciding
from borough.resident.fund.queries import applications
from tests import makers, markup, officers
from tests.resident.fund import fund_makers
from tests.resident.fund.fund_makers import AT, LEE, ON
from tests.resident.own import test_own_door

HELP = "resident.support"
BEFORE = ON.replace(year=2024)


@pytest.fixture(autouse=True)
def standing(settings, tmp_path):
    settings.STANDING_DATE, settings.DOCUMENTS = ON, tmp_path
    cache.clear()


@pytest.fixture
def mary(db):
    makers.an_open_ledger()
    fund_makers.a_budget()
    mary = makers.a_person("Mary", "Rimmer", date_of_birth=test_own_door.BORN)
    Residence.objects.create(person=mary, dwelling=makers.a_dwelling(), starts=BEFORE)
    return mary


@pytest.fixture
def sue(db):
    return officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()), purpose=HELP
    )


def token(client, address):
    page = client.get(address).content.decode()
    markup.check(page)
    return page


def post(client, address, **answers):
    return client.post(address, officers.posted(**answers))


def test_an_application_is_taken_down_tested_and_given_from_its_pages(sue, mary):
    page = token(sue, f"/residents/{mary.pk}/fund")
    assert "Crisis and Resilience Fund" in page
    kept = post(sue, f"/residents/{mary.pk}/fund", strand="crisis", words="The cooker broke")
    assert "The cooker broke" in kept.content.decode()  # what was typed stays in the form
    asked = {"strand": "crisis", "is_for": "food", "how": "telephone", "pence": "120.00"}
    assert post(sue, f"/residents/{mary.pk}/fund", **asked).status_code == 302
    one = models.Application.objects.get()
    here = f"/residents/fund/{one.pk}"
    assert "Key them" in token(sue, here)
    token(sue, f"{here}/test")
    found = {"in_need": "yes", "need_because": "No food", "is_urgent": "yes", "urgent_because": "x"}
    assert post(sue, f"{here}/test", **found).status_code == 302
    details = fund_makers.bank_details(mary)
    assert "M Rimmer" in token(sue, f"{here}/award")
    given = {"pence": "120.00", "details": str(details.pk), "because": "No food in the house"}
    assert post(sue, f"{here}/award", **given).status_code == 302
    assert applications.of_application(one.pk).state is applications.State.TO_BE_PAID
    assert "No food in the house" in token(sue, here)
    for deed in ("reversal", "review"):
        token(sue, f"{here}/{deed}")
    assert [payment.pence for payment in kernel_paying.waiting()] == [12_000]


def test_more_than_the_limit_waits_for_a_second_officer_and_says_so_on_the_home_page(sue, mary):
    one = fund_makers.an_application(mary)
    fund_makers.a_test(one)
    details = fund_makers.bank_details(mary)
    given = {"pence": "500.00", "details": str(details.pk), "because": "A bed"}
    post(sue, f"/residents/fund/{one.pk}/award", **given)
    assert (models.Proposed.objects.count(), kernel_paying.waiting()) == (1, [])
    assert "£500.00" in token(sue, f"/residents/fund/{one.pk}/agreement")
    for deed in ("refusal", "withdrawal"):
        token(sue, f"/residents/fund/{one.pk}/{deed}")
    texts = [each.text for each in waiting.waits(LEE, ON)]
    assert texts == ["Decide as the second officer on an application to the hardship fund"]
    told = post(sue, f"/residents/fund/{one.pk}/agreement").content.decode()
    assert "You proposed this" in told


def test_the_list_shows_the_clock_and_no_names(sue, mary):
    fund_makers.an_application(mary, at=AT.replace(day=1, month=5))
    page = token(sue, "/residents/fund")
    assert "Late" in page
    assert "Rimmer" not in page
    assert "Fewer than 10" in token(sue, "/residents/fund/quarter")


def test_collecting_opens_nothing_of_the_fund(mary):
    one = fund_makers.an_application(mary)
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    for address in (f"/residents/{mary.pk}/fund", f"/residents/fund/{one.pk}"):
        assert ann.get(address).status_code == 403


def test_a_resident_asks_from_their_own_account_and_nobody_else_decides_with_it(mary):
    client = test_own_door.signed_in(mary)
    page = token(client, "/my/fund")
    assert "It is not a loan" in page
    asked = officers.posted(strand="crisis", is_for="food", words="Nothing left", pence="50")
    assert client.post("/my/fund", asked).status_code == 302
    one = models.Application.objects.get()
    assert (one.how, one.by, one.asked_pence) == (taking.HOW.OWN, f"resident/{mary.pk}", 5_000)
    assert "waits for a decision" in token(client, "/my/fund")
    fund_makers.a_test(one)
    with pytest.raises(commanding.NotAllowed):
        deciding.refuse(application=one, because="x", at=AT, by=makers.nobody(), on=ON)
    again = client.post("/my/fund", officers.posted(strand="crisis", is_for="food", words=""))
    assert "waits for a decision already" in again.content.decode()
