"""Who is who in a real browser: two records side by side, an answer, and the next one."""

from datetime import date

import pytest
from django.core.cache import cache

from tests import browsing, makers, officers
from tests.resident.identity import test_joining as joining

pytestmark = pytest.mark.browser


@pytest.fixture
def waiting(own_database: str) -> int:
    """Let two pairs wait; return the number of the first."""
    cache.clear()
    officers.an_officer("Ann Example", *officers.every_capability())
    mary = makers.a_person("Mary", "Rimmer", date_of_birth=date(1950, 2, 3))
    held = {"title": "MRS", "given_names": "MARY A", "address": "14 GORSE RD\nSOUTHPORT"}
    first = joining.a_record("1", nino="JK123456C", postcode="L90 0AA", **held)
    joining.a_proposal(joining.a_record("2", given_names="M"), mary)
    return joining.a_proposal(first, mary).pk


def test_two_records_are_looked_at_and_the_next_one_follows(waiting, server, page):
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Helping the resident").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))
    browsing.visit_checked(page, f"{server}/residents/links/{waiting}")
    browsing.picture(page, "links-side-by-side")
    page.get_by_label("The same person").check()
    browsing.go(page, page.get_by_role("button", name="Save and go to the next"))
    assert f"/links/{waiting}" not in page.url
    page.get_by_label("Different people").check()
    browsing.go(page, page.get_by_role("button", name="Save and go to the next"))
    assert page.get_by_text("Nothing waits for a decision").is_visible()
    browsing.picture(page, "links")
