"""Ann's morning: she finds Mary, opens the account, sees how it was worked out, gives a discount.

Everything in a real browser, with every page checked at both widths; then once more without
JavaScript.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from borough.kernel.people.models import Residence
from borough.lines.revenues import billing, models
from tests import browsing, makers, officers

pytestmark = pytest.mark.browser


@pytest.fixture
def account(own_database: str) -> models.Account:
    cache.clear()
    officers.an_officer("Ann Example", *officers.every_capability())
    mary = makers.a_person("Mary", "Rimmer")
    account = makers.an_account(band="B", people=[mary])
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=account.starts)
    billing.bill_accounts(
        [account.pk], makers.YEAR, on=makers.BILLING_DAY, by=makers.everything(), because="billed"
    )
    return account


@pytest.fixture
def plain_page() -> Iterator[browsing.Page]:
    """Give the test a page in which no JavaScript runs."""
    with browsing.chromium() as browser:
        yield browser.new_context(java_script_enabled=False).new_page()


def press(page: browsing.Page, button: str) -> None:
    """Press a button, wait for the page after it, and assert all of that page."""
    with browsing.listening(page) as complaints:
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name=button, exact=True).click()
        browsing.check_page(page, page.content())
    assert not complaints, complaints


def follow(page: browsing.Page, link: str) -> None:
    """Follow a link and assert all of the page it leads to."""
    with browsing.listening(page) as complaints:
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("link", name=link, exact=True).first.click()
        browsing.check_page(page, page.content())
    assert not complaints, complaints


def sign_in(page: browsing.Page) -> None:
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)


def enter_day(page: browsing.Page, day: str, month: str, year: str) -> None:
    page.get_by_label("Day", exact=True).fill(day)
    page.get_by_label("Month", exact=True).fill(month)
    page.get_by_label("Year", exact=True).fill(year)


def test_from_the_search_box_to_the_timeline(
    account: models.Account, server: str, page: browsing.Page
) -> None:
    browsing.visit_checked(page, f"{server}/accounts/login/")
    browsing.submit_checked(page, "Sign in")
    sign_in(page)
    press(page, "Sign in")
    browsing.picture(page, "home")

    page.get_by_label("Find a person, an address or an account").fill("mary rymer")
    press(page, "Find")
    browsing.picture(page, "found")
    assert "rymer" not in page.url
    browsing.go(page, page.get_by_role("link", name="Mary Rimmer"))
    assert "/purpose?next=" in page.url
    browsing.check_page(page, page.content())
    browsing.submit_checked(page, "Continue")
    page.get_by_label("Answering the resident's own question").check()
    press(page, "Continue")
    browsing.picture(page, "resident")

    follow(page, f"Council Tax {account.reference}, 2025-26")
    assert page.url == f"{server}/revenues/accounts/{account.reference}"
    page.get_by_text("How is £1,899.93 worked out?").click()
    assert page.get_by_text("365 of 365 days at £1,899.93 a year").is_visible()
    browsing.check_axe(page)
    browsing.picture(page, "account")

    follow(page, "Apply a single person discount")
    browsing.submit_checked(page, "Continue")
    browsing.picture(page, "discount-mistake")
    enter_day(page, "1", "april", "2025")
    press(page, "Continue")
    assert page.get_by_text(
        "This changes the year 2025-26 from £1,899.93 to £1,424.95"
    ).is_visible()
    browsing.picture(page, "check")
    press(page, "Confirm")
    assert page.get_by_text("Single person discount applied").is_visible()
    assert page.get_by_text("£1,424.95 to pay").first.is_visible()
    browsing.picture(page, "account-after")

    follow(page, "Timeline")
    assert page.get_by_text("Single person discount from 1 April 2025: -£474.98").is_visible()
    browsing.picture(page, "timeline")
    follow(page, "Statement")
    browsing.picture(page, "statement")
    follow(page, "Letters")
    press(page, "Bill of 2025-26")
    browsing.picture(page, "letters")


def test_all_of_it_without_javascript(
    account: models.Account, server: str, plain_page: browsing.Page
) -> None:
    page = plain_page
    page.goto(f"{server}/")
    sign_in(page)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.get_by_label("Find a person, an address or an account").fill(account.reference)
    browsing.go(page, page.get_by_role("button", name="Find"))
    browsing.go(page, page.get_by_role("link", name=account.reference))
    page.get_by_label("Billing and collecting Council Tax").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))
    browsing.go(page, page.get_by_role("link", name="Apply a single person discount"))
    enter_day(page, "1", "4", "2025")
    browsing.go(page, page.get_by_role("button", name="Continue"))
    browsing.go(page, page.get_by_role("button", name="Change your answers"))
    assert page.get_by_label("Day", exact=True).input_value() == "1"
    browsing.go(page, page.get_by_role("button", name="Continue"))
    browsing.go(page, page.get_by_role("button", name="Confirm"))
    assert page.get_by_text("Single person discount applied").is_visible()
    browsing.go(page, page.get_by_role("button", name="Sign out"))
    assert page.url.startswith(f"{server}/accounts/login/")


ACCOUNT_FORMS = ("household", "disregard", "disabled-reduction", "relief", "plan", "closing")
HOME_FORMS = ("account", "band", "occupation", "exemption", "premium-exception")


def test_every_form_is_sound_blank_and_in_error(
    account: models.Account, server: str, page: browsing.Page
) -> None:
    page.goto(f"{server}/accounts/login/")
    sign_in(page)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Checking the quality of our own work").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))
    for form in ACCOUNT_FORMS:
        browsing.visit_checked(page, f"{server}/revenues/accounts/{account.reference}/{form}")
        browsing.submit_checked(page, "Continue")
        browsing.picture(page, f"form-{form}")
    home = f"{server}/revenues/dwellings/{account.dwelling.uprn}"
    for form in HOME_FORMS:
        browsing.visit_checked(page, f"{home}/{form}")
        browsing.submit_checked(page, "Continue")
        browsing.picture(page, f"form-{form}")
    for path in ("", "/nothing", "/accounts/2fa/", "/accounts/password/change/"):
        browsing.visit_checked(
            page, home if not path else server + path, status=404 if path == "/nothing" else 200
        )
    browsing.picture(page, "two-steps")
