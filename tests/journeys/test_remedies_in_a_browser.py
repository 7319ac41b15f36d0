"""Ann looks at what would help, attaches earnings, and sees what an agent did; at both widths."""

from datetime import date

import pytest
from django.core.cache import cache

from tests import browsing, makers, officers
from tests.journeys import remedy_pages
from tests.revenues import ordering

pytestmark = pytest.mark.browser
ADDRESSES = (
    "agents",
    "agents/new",
    "agents/placings/previews/<int:number>",
    "agents/placings/<int:number>",
    "agents/returns",
    "agents/returns/<int:number>",
    "agents/debts/<int:number>",
    "agents/debts/<int:number>/recall",
    "agents/<slug:slug>/recalls",
    "attachments/<int:number>",
)


@pytest.fixture
def account(own_database, settings):
    cache.clear()
    settings.STANDING_DATE = makers.BILLING_DAY
    officers.an_officer("Ann Example", *officers.every_capability())
    mary = makers.a_person("Mary", "Rimmer")
    return ordering.an_account_under_order(people=[mary], ordered=date(2025, 3, 1))


@pytest.fixture
def parts(account):
    """Return the parts of addresses; furnished before any browser starts."""
    return remedy_pages.furnish()


@pytest.fixture
def signed_in(account, server, page):
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Billing and collecting Council Tax").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))
    return page


def press(page, button):
    with browsing.listening(page) as complaints:
        browsing.go(page, page.get_by_role("button", name=button, exact=True).first)
        browsing.check_page(page, page.content())
    assert not complaints, complaints


def test_earnings_are_attached_after_a_look_at_what_would_help(account, server, signed_in):
    page = signed_in
    browsing.visit_checked(page, f"{server}/revenues/accounts/{account.reference}/remedies")
    browsing.picture(page, "remedies")
    press(page, "Attach earnings")
    page.get_by_label("Mary Rimmer").check()
    page.get_by_label("Who employs them?").fill("Invented Works Ltd")
    page.get_by_label("Monthly").check()
    page.get_by_label("About how much do they take home on a pay day?").fill("1600")
    browsing.picture(page, "attachment-order")
    press(page, "Continue")
    browsing.picture(page, "attachment-check")
    press(page, "Order it")
    page.get_by_text("Attachment of earnings ordered").wait_for()
    browsing.picture(page, "attachment")


def test_every_page_about_agents(parts, server, signed_in):
    for route in ADDRESSES:
        where = route
        for part, value in parts.items():
            where = where.replace(part, f"{part.rsplit('/', 1)[0]}/{value}")
        browsing.visit_checked(signed_in, f"{server}/revenues/{where}")
        browsing.picture(signed_in, "remedies-" + where.replace("/", "-"))
