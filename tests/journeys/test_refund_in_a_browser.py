"""A refund in a real browser: whoever keyed the bank details is told, and a colleague pays it."""

import pytest
from django.core.cache import cache

from tests import browsing, officers
from tests.journeys import paying_out_pages

pytestmark = pytest.mark.browser


@pytest.fixture
def credit(own_database: str) -> dict[str, str]:
    """Furnish four officers and an account in credit; return addresses and the account's number."""
    cache.clear()
    for name in ("Bob", "Tom", "Hina", "Ann"):
        officers.an_officer(f"{name} Example", *officers.every_capability())
    account = paying_out_pages.an_account_in_credit()
    person = account.liabilities.get().person
    return {
        "account": account.reference,
        "details": f"/residents/{person.pk}/bank-details",
        "refund": f"/revenues/accounts/{account.reference}/refund",
    }


def sign_in(page, server: str, name: str) -> None:
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill(f"{name}@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Billing and collecting Council Tax").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))


def sign_out(page, server: str) -> None:
    page.goto(f"{server}/accounts/logout/")
    main = page.locator("#main-content")
    browsing.go(page, main.get_by_role("button", name="Sign out"))


def key_details(page, button: str) -> None:
    page.get_by_label("What is the sort code?").fill("20-45-53")
    page.get_by_label("What is the account number?").fill("31926819")
    browsing.go(page, page.get_by_role("button", name=button))


def test_a_refund_takes_people_who_did_nothing_else_for_it(credit, server, page):
    details, refund = server + credit["details"], server + credit["refund"]
    sign_in(page, server, "bob")
    browsing.visit_checked(page, refund)
    page.goto(details)
    page.get_by_label("What is the name on the account?").fill("O Inkwell")
    key_details(page, "Save")
    browsing.picture(page, "bank-details")
    sign_out(page, server)

    sign_in(page, server, "tom")
    page.goto(details)
    browsing.go(page, page.get_by_role("link", name="Confirm them"))
    key_details(page, "Confirm them")
    sign_out(page, server)

    sign_in(page, server, "ann")
    browsing.visit_checked(page, refund)
    browsing.picture(page, "refund-ask")
    page.get_by_label("O Inkwell, account ending 6819").check()
    browsing.go(page, page.get_by_role("button", name="Ask for it"))
    sign_out(page, server)

    sign_in(page, server, "bob")
    page.goto(f"{server}/revenues/refunds")
    browsing.go(page, page.get_by_role("link", name=credit["account"]))
    assert page.get_by_text("You keyed the bank details of this refund").is_visible()
    assert not page.get_by_role("button", name="Grant it").count()
    browsing.picture(page, "refund-same-person")
    page.goto(f"{server}/bank/payments")
    assert page.get_by_text("0 payments wait").is_visible()
    sign_out(page, server)

    sign_in(page, server, "hina")
    page.goto(f"{server}/revenues/refunds")
    browsing.go(page, page.get_by_role("link", name=credit["account"]))
    browsing.go(page, page.get_by_role("button", name="Grant it"))
    browsing.go(page, page.get_by_role("button", name="Grant it"))
    browsing.visit_checked(page, f"{server}/bank/payments")
    browsing.picture(page, "payments")
    browsing.go(page, page.get_by_role("button", name="Send them"))
    page.get_by_label("These payments go to the bank as they stand here").check()
    browsing.go(page, page.get_by_role("button", name="Make the file"))
    assert page.get_by_role("link", name="P00001").is_visible()
