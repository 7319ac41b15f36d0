"""The hardship fund in a real browser: keyed by one, decided by a second, seen in the file."""

import pytest
from django.core.cache import cache

from borough.kernel.people.models import Residence
from tests import browsing, makers, officers
from tests.journeys.test_refund_in_a_browser import sign_out
from tests.resident.fund import fund_makers

pytestmark = pytest.mark.browser
ON = makers.BILLING_DAY


@pytest.fixture
def mary(own_database: str):
    """Furnish two officers, a budget, and Mary with bank details that others keyed."""
    cache.clear()
    for name in ("Sue", "Lee"):
        officers.an_officer(f"{name} Example", *officers.every_capability())
    makers.an_open_ledger()
    fund_makers.a_budget(year=makers.YEAR.preceding.name, on=ON)
    mary = makers.a_person("Mary", "Rimmer")
    Residence.objects.create(person=mary, dwelling=makers.a_dwelling(), starts=ON)
    fund_makers.bank_details(mary, on=ON)
    return mary


def sign_in(page, server: str, name: str) -> None:
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill(f"{name}@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Helping the resident").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))


def test_an_award_above_the_limit_takes_two_and_stands_in_the_payment_file(mary, server, page):
    sign_in(page, server, "sue")
    page.goto(f"{server}/residents/{mary.pk}/fund")
    for label in ("Crisis Payment", "Furniture or appliances", "By telephone"):
        page.get_by_label(label).check()
    page.get_by_label("How much do they ask for?").fill("450")
    browsing.go(page, page.get_by_role("button", name="Take it down"))
    browsing.picture(page, "fund-asked")
    browsing.go(page, page.get_by_role("link", name="FUND"))
    here = page.url
    browsing.go(page, page.get_by_role("link", name="Record need and urgency"))
    for group, answer in (("Do they go", "Yes"), ("Is it so", "Yes")):
        page.get_by_role("group", name=group).get_by_label(answer).check()
    page.get_by_label("How do you know?").fill("The cooker broke, and there are two children")
    page.get_by_label("Why?", exact=True).fill("No hot meal until then")
    browsing.go(page, page.get_by_role("button", name="Record it"))
    browsing.go(page, page.get_by_role("link", name="Give from the fund"))
    page.get_by_label("M Rimmer").check()
    page.get_by_label("Why? The resident reads this").fill("A cooker for the family")
    browsing.go(page, page.get_by_role("button", name="Give it"))
    browsing.visit_checked(page, here)
    assert page.get_by_text("Waits for a second officer").is_visible()
    browsing.go(page, page.get_by_role("link", name="Give what was proposed"))
    browsing.submit_checked(page, "Give it")
    assert "You proposed this" in page.get_by_role("alert").inner_text()
    sign_out(page, server)

    sign_in(page, server, "lee")
    page.goto(f"{server}/residents/fund")
    browsing.go(page, page.get_by_role("link", name="FUND"))
    browsing.go(page, page.get_by_role("link", name="Give what was proposed"))
    browsing.go(page, page.get_by_role("button", name="Give it"))
    browsing.picture(page, "fund-given")
    page.goto(f"{server}/bank/payments")
    browsing.go(page, page.get_by_role("button", name="Send them"))
    page.get_by_label("These payments go to the bank as they stand here").check()
    browsing.go(page, page.get_by_role("button", name="Make the file"))
    file = page.get_by_role("link", name="P00001").get_attribute("href")
    content = page.request.get(f"{server}{file}").text()
    assert "00000045000" in content
    assert f"FUND {here.rpartition('/')[2]}" in content
    page.goto(here)
    assert page.get_by_text("Sent by file").is_visible()
