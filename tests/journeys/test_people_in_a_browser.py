"""Ann records what Mary needs and how to reach her; Hina takes on a new officer.

Every page in a real browser at both widths, blank, with mistakes in it, and done.
"""

import pytest
from django.core.cache import cache

from borough.kernel.people.models import Person
from tests import browsing, makers, officers

pytestmark = pytest.mark.browser

FORMS = ("needs", "contact-points", "correspondence", "death")


@pytest.fixture
def mary(own_database: str) -> Person:
    cache.clear()
    officers.an_officer("Ann Example", *officers.every_capability())
    return makers.a_person("Mary", "Rimmer")


def press(page: browsing.Page, button: str) -> None:
    """Press a button, wait for the page after it, and assert all of that page."""
    with browsing.listening(page) as complaints:
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name=button, exact=True).click()
        browsing.check_page(page, page.content())
    assert not complaints, complaints


def sign_in(page: browsing.Page, server: str) -> None:
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))


def test_what_mary_needs_is_recorded_and_ended(
    mary: Person, server: str, page: browsing.Page
) -> None:
    sign_in(page, server)
    hers = f"{server}/residents/{mary.pk}"
    page.goto(f"{hers}/needs")
    page.get_by_label("Answering the resident's own question").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))
    for form in FORMS:
        browsing.visit_checked(page, f"{hers}/{form}")
        browsing.submit_checked(page, "Save")
        browsing.picture(page, f"resident-{form}")
    browsing.visit_checked(page, f"{hers}/name")
    page.get_by_label("Family name").fill("")
    browsing.submit_checked(page, "Save")

    browsing.visit_checked(page, f"{hers}/needs")
    page.get_by_label("Letters in large print").check()
    press(page, "Save")
    assert page.get_by_text("Support need recorded").first.is_visible()
    browsing.visit_checked(page, f"{hers}/contact-points")
    page.get_by_label("Telephone").check()
    page.get_by_label("Which number or email address? (optional)").fill("01632 960001")
    page.get_by_label("Yes").check()
    press(page, "Save")
    browsing.visit_checked(page, f"{hers}/correspondence")
    page.get_by_label("Where should letters go?").fill("Flat 2\n1 Other Road\nSouthport")
    page.get_by_label("Postcode (optional)").fill("ZZ9 9ZZ")
    first = page.get_by_role("group", name="From which day do letters go there?")
    for box, value in (("Day", "10"), ("Month", "3"), ("Year", "2025")):
        first.get_by_label(box, exact=True).fill(value)
    press(page, "Save")
    browsing.visit_checked(page, hers)
    browsing.picture(page, "resident-known")
    for link, button in (
        ("End Letters in large print", "End it"),
        ("End Telephone 01632 960001", "End it"),
    ):
        browsing.go(page, page.get_by_role("link", name=link))
        browsing.check_page(page, page.content())
        press(page, button)
    browsing.go(page, page.get_by_role("link", name="End sending letters there"))
    browsing.check_page(page, page.content())
    browsing.submit_checked(page, "Save")


def test_a_new_officer_is_recorded_given_a_role_and_a_way_in(
    mary: Person, server: str, page: browsing.Page
) -> None:
    sign_in(page, server)
    browsing.go(page, page.get_by_role("link", name="Officers and roles").first)
    browsing.check_page(page, page.content())
    browsing.visit_checked(page, f"{server}/officers/roles")
    browsing.picture(page, "roles")
    browsing.visit_checked(page, f"{server}/officers/new")
    browsing.submit_checked(page, "Save")
    page.get_by_label("What is their name?").fill("New Example")
    page.get_by_label("With which email address do they sign in?").fill("new@example.org")
    press(page, "Save")
    browsing.picture(page, "officers")
    browsing.go(page, page.get_by_role("link", name="New Example"))
    browsing.go(page, page.get_by_role("link", name="Give a role"))
    browsing.check_page(page, page.content())
    browsing.submit_checked(page, "Save")
    page.get_by_label("Role of Ann Example").check()
    press(page, "Save")
    browsing.picture(page, "officer")
    browsing.go(page, page.get_by_role("link", name="End the role Role of Ann Example"))
    browsing.check_page(page, page.content())

    browsing.go(page, page.get_by_role("link", name="Back"))
    browsing.go(page, page.get_by_role("link", name="Make a link to choose a password"))
    browsing.check_page(page, page.content())
    press(page, "Make the link")
    browsing.picture(page, "link")
    link = page.get_by_label("The link").input_value()
    browsing.visit_checked(page, link)
    browsing.submit_checked(page, "Choose this password")
    browsing.picture(page, "choose-password")
    page.get_by_label("New password", exact=True).fill("three words which do not belong")
    page.get_by_label("New password once more").fill("three words which do not belong")
    press(page, "Choose this password")
    browsing.visit_checked(page, link)
