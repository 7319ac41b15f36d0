"""Mary rings: she can keep forty pounds a month. Ann agrees it; later an instalment is late.

Everything in a real browser, each page checked at both widths.
"""

from datetime import date

import pytest
from django.core.cache import cache

from borough.kernel.people.models import Residence
from borough.lines.revenues import billing
from borough.rules import years
from tests import browsing, makers, officers

pytestmark = pytest.mark.browser
TODAY, LATE = date(2025, 9, 1), date(2025, 10, 13)


@pytest.fixture
def account(own_database, settings):
    cache.clear()
    settings.STANDING_DATE = TODAY
    officers.an_officer("Ann Example", *officers.every_capability())
    mary = makers.a_person("Mary", "Rimmer")
    account = makers.an_account(people=[mary])
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=account.starts)
    for first in (2024, 2025):
        day = date(first, 3, 10)
        year = years.Year(first)
        billing.bill_accounts([account.pk], year, on=day, by=makers.everything(), because="billed")
    return account


def press(page, button):
    with browsing.listening(page) as complaints:
        browsing.go(page, page.get_by_role("button", name=button, exact=True))
        browsing.check_page(page, page.content())
    assert not complaints, complaints


def follow(page, link):
    with browsing.listening(page) as complaints:
        browsing.go(page, page.get_by_role("link", name=link, exact=True).first)
        browsing.check_page(page, page.content())
    assert not complaints, complaints


def sign_in(page, server):
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Billing and collecting Council Tax").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))


def test_an_arrangement_is_agreed_runs_late_and_is_asked_about(account, server, page, settings):
    sign_in(page, server)
    browsing.visit_checked(page, f"{server}/revenues/accounts/{account.reference}/arrangement")
    press(page, "Agree an arrangement")
    page.get_by_label("How much can they pay each time?").fill("40")
    page.get_by_label("Every month").check()
    for box, value in (("Day", "12"), ("Month", "9"), ("Year", "2025")):
        page.get_by_label(box, exact=True).fill(value)
    browsing.picture(page, "arrangement-offer")
    press(page, "Continue")
    browsing.picture(page, "arrangement-check")
    press(page, "Agree")
    page.get_by_text("Arrangement agreed").wait_for()
    browsing.picture(page, "arrangement")

    settings.STANDING_DATE = LATE
    browsing.visit_checked(page, f"{server}/revenues/arrangements")
    browsing.picture(page, "arrangements")
    follow(page, account.reference)
    browsing.picture(page, "arrangement-late")
    follow(page, "Record a call about it")
    page.get_by_label("Yes").check()
    press(page, "Save")
    follow(page, "Write about it")
    press(page, "Make the letter")
    page.get_by_text("Letter about the arrangement made").wait_for()
