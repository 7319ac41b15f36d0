"""A resident comes in with the code of a letter, sees who looked, and contests something."""

from datetime import date

import pytest
from django.core.cache import cache

from borough.kernel import clock
from borough.kernel.documents.models import Document
from borough.kernel.people.models import Residence
from borough.lines.revenues import billing
from borough.resident.own import commands
from tests import browsing, makers, officers

pytestmark = pytest.mark.browser


@pytest.fixture
def code(own_database, settings, tmp_path) -> str:
    """Furnish somebody whose record was opened once, and who was sent a code; return the code."""
    settings.DOCUMENTS = tmp_path
    cache.clear()
    by, on = makers.everything(), makers.BILLING_DAY
    mary = makers.a_person("Mary", "Rimmer", date_of_birth=date(1950, 3, 1))
    account = makers.an_account(people=[mary])
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=account.starts)
    billing.bill_accounts([account.pk], makers.YEAR, on=on, by=by, because="test")
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    officers.a_visitor(ann).get(f"/residents/{mary.pk}")
    number = commands.send_code(person=mary, now=clock.now(), by=by, on=on)
    return str(Document.objects.get(pk=number).data["code"])


def test_a_resident_sees_their_own_record_and_contests_something(code, server, page):
    browsing.visit_checked(page, f"{server}/my/sign-in")
    browsing.picture(page, "own-sign-in")
    browsing.go(page, page.get_by_role("link", name="I have a code from a letter"))
    browsing.submit_checked(page, "Open my account")
    browsing.picture(page, "own-code-with-mistakes")
    page.get_by_label("What is the code in the letter?").fill(code)
    for label, value in (("Day", "1"), ("Month", "3"), ("Year", "1950")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Your email address").fill("mary@example.org")
    page.get_by_label("Choose a password").fill("three invented words")
    browsing.go(page, page.get_by_role("button", name="Open my account"))
    for where, name in (("/my/", "own-home"), ("/my/looks", "own-looks"), ("/my/message", "own")):
        browsing.visit_checked(page, server + where)
        browsing.picture(page, name)
    page.get_by_label("They disagree with something").check()
    page.get_by_label("What is wrong, or what do you disagree with?").fill("I moved in May.")
    browsing.go(page, page.get_by_role("button", name="Send"))
    assert "We have what you wrote" in page.content()
    browsing.go(page, page.get_by_role("button", name="Sign out"))
    browsing.visit_checked(page, f"{server}/my/")
    assert page.url.endswith("/my/sign-in")
