"""The Smiths move: three leavers on different days, two addresses, one form, seen on both accounts.

Everything in a real browser, with every page checked at both widths; then the move is undone.
"""

from datetime import date

import pytest
from django.core.cache import cache

from tests import browsing, officers
from tests.revenues.test_moves import Street, june

pytestmark = pytest.mark.browser


@pytest.fixture
def street(own_database: str, settings) -> Street:
    settings.STANDING_DATE = date(2025, 6, 20)
    cache.clear()
    officers.an_officer("Ann Example", *officers.every_capability())
    return Street()


def enter(page: browsing.Page, name: str, day: date) -> None:
    for part, text in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f'[name="{name}_{part}"]').fill(str(text))


def press(page: browsing.Page, button: str) -> None:
    with browsing.listening(page) as complaints:
        browsing.go(page, page.get_by_role("button", name=button, exact=True))
        browsing.check_page(page, page.content())
    assert not complaints, complaints


def sign_in(page: browsing.Page, server: str) -> None:
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Billing and collecting Council Tax").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))


def test_three_leave_on_three_days_and_both_accounts_follow(street, server, page):
    sign_in(page, server)
    browsing.visit_checked(page, f"{server}/revenues/dwellings/{street.acacia.uprn}/move")
    page.get_by_label("Find the home they moved to").fill("7 beech lane")
    browsing.go(page, page.get_by_role("button", name="Find").first)
    browsing.go(page, page.get_by_role("link", name="7 Beech Lane"))
    browsing.submit_checked(page, "Continue")
    mr, mrs, son = street.mr.pk, street.mrs.pk, street.son.pk
    for person, day in ((mr, june(3)), (mrs, june(10)), (son, june(14))):
        enter(page, f"left_a_{person}", day)
        enter(page, f"came_b_{person}", day)
    enter(page, f"left_b_{street.jones.pk}", june(1))
    enter(page, f"left_b_{street.other.pk}", date(2025, 5, 28))
    enter(page, "went_a", june(16))
    enter(page, "went_b", june(1))
    enter(page, "furnished_b", june(16))
    page.locator(f'[name="right_b_{mr}"]').select_option("freeholder")
    page.locator(f'[name="right_b_{mrs}"]').select_option("partner")
    page.locator(f'[name="right_b_{son}"]').select_option("resident")
    page.locator(f'[name="owners_a"][value="{mr}"]').check()
    browsing.picture(page, "move-form")
    press(page, "Continue")
    assert page.get_by_text("10 June 2025 to 13 June 2025: 4 days").is_visible()
    browsing.picture(page, "move-check")
    press(page, "Confirm")
    assert page.get_by_text("Move recorded").is_visible()

    old = street.smiths.reference
    browsing.visit_checked(page, f"{server}/revenues/accounts/{old}")
    assert page.get_by_text("Closed 10 Jun 2025").first.is_visible()
    browsing.picture(page, "move-old-account")
    browsing.visit_checked(page, f"{server}/revenues/dwellings/{street.beech.uprn}")
    browsing.go(page, page.locator("table a").first)  # the newest account
    browsing.check_page(page, page.content())
    assert page.get_by_text("Jane Smith").first.is_visible()
    browsing.picture(page, "move-new-account")

    browsing.visit_checked(page, f"{server}/revenues/accounts/{old}/changes")
    browsing.picture(page, "changes")
    browsing.go(page, page.get_by_role("link", name="Undo A move of 20 June 2025"))
    press(page, "Continue")
    browsing.picture(page, "undo-check")
    press(page, "Confirm")
    assert page.get_by_text("Change undone").is_visible()
    browsing.visit_checked(page, f"{server}/revenues/accounts/{old}")
    assert page.get_by_text("£1,899.93 to pay").first.is_visible()
