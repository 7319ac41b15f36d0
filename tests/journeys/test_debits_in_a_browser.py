"""A Direct Debit in a real browser, set up by two officers."""

import pytest
from django.core.cache import cache

from borough.lines.revenues import models
from tests import browsing, makers, officers
from tests.revenues.test_instructions import billed

pytestmark = pytest.mark.browser


def sign_in(page: browsing.Page, server: str, name: str) -> None:
    browsing.visit_checked(page, f"{server}/accounts/login/")
    page.get_by_label("Email address").fill(f"{name}@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Billing and collecting Council Tax").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))


@pytest.fixture
def account(own_database: str) -> models.Account:
    cache.clear()
    for name in ("Ann Example", "Tom Example"):
        officers.an_officer(name, *officers.every_capability())
    return billed(band="B", people=[makers.a_person("Mary", "Rimmer")])


def test_one_officer_sets_it_up_and_another_confirms(account, server, page):
    there = f"{server}/revenues/accounts/{account.reference}/direct-debit"
    sign_in(page, server, "ann")
    page.goto(there)
    browsing.go(page, page.get_by_role("link", name="Set up a Direct Debit"))
    browsing.submit_checked(page, "Save")
    page.get_by_label("Mary Rimmer").check()
    page.get_by_label("What is the name on the account?").fill("M RIMMER")
    page.get_by_label("What is the sort code?").fill("00-00-00")
    page.get_by_label("What is the account number?").fill("12345678")
    page.get_by_label("By telephone").check()
    for part, value in (("Day", "10"), ("Month", "3"), ("Year", "2025")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("On which day of the month?").select_option("1")
    browsing.go(page, page.get_by_role("button", name="Save"))
    assert page.get_by_text("Waits for a second officer").is_visible()
    assert not page.get_by_role("link", name="Confirm the bank details").count()
    page.goto(f"{server}/accounts/logout/")
    browsing.go(page, page.get_by_role("main").get_by_role("button", name="Sign out"))
    sign_in(page, server, "tom")
    page.goto(there)
    browsing.go(page, page.get_by_role("link", name="Confirm the bank details"))
    page.get_by_label("What is the sort code?").fill("000000")
    page.get_by_label("What is the account number?").fill("12345678")
    browsing.go(page, page.get_by_role("button", name="Save"))
    assert page.get_by_text("To be sent to the bank").first.is_visible()
