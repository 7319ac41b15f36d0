"""Sue of the support team, from the queue to a plan that is agreed, and its letter.

Mary owes Council Tax and rent. Each page is looked at at both widths, and by axe.
"""

import re

import pytest
from django.core.cache import cache

from borough.kernel.people.models import Person, Residence
from borough.lines.revenues.models import Account
from borough.resident import queries as pictures
from borough.resident.deciding import commands, queries
from borough.resident.own.purposes import SELF
from borough.resident.signals import commands as support
from borough.resident.signals import laying
from tests import browsing, makers, officers
from tests.journeys import support_pages
from tests.resident.plans import plan_makers

pytestmark = pytest.mark.browser

ON = makers.BILLING_DAY


@pytest.fixture
def mary(own_database: str) -> Person:
    """Return somebody of the queue, whom one kind of help is still to be asked about."""
    cache.clear()
    officers.an_officer("Sue Example", *officers.every_capability())
    mary = makers.a_person("Mary", "Rimmer")
    plan_makers.an_order(mary, 60_000, on=ON)
    account = Account.objects.get(liabilities__person=mary)
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=account.starts)
    plan_makers.a_rent(mary, "640.00", on=ON)
    support_pages.worried(mary, "S1", "S2", "S3", on=ON)
    support.set_capacity(places=20, by=makers.everything(), on=ON)
    laying.lay(ON)
    picture = pictures.picture(mary, purpose=SELF, on=ON)
    for offer in queries.following(picture, purpose=SELF, on=ON).unasked[1:]:
        commands.check_help(
            person=mary, scheme=offer.scheme, outcome="not_due", by=makers.everything(), on=ON
        )
    return mary


def press(page: browsing.Page, button: str) -> None:
    browsing.go(page, page.get_by_role("button", name=button, exact=True))


def fill_day(page: browsing.Page) -> None:
    """Answer a question for a day with 20 March 2025."""
    for part, value in (("Day", "20"), ("Month", "3"), ("Year", "2025")):
        page.get_by_label(part, exact=True).fill(value)


def answer_with(page: browsing.Page, **given: str) -> None:
    """Answer a step of the statement: nothing, where it is not given."""
    for box in page.locator("input[inputmode=decimal]").all():
        box.fill(given.get(box.get_attribute("name") or "", "0"))
    press(page, "Continue")


def test_from_the_queue_to_a_plan_agreed(mary, server, page):
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill("sue@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    press(page, "Sign in")
    page.goto(f"{server}/purpose")
    page.get_by_label("Helping the resident").check()
    press(page, "Continue")

    page.goto(f"{server}/residents/support-queue/{ON}/1")
    browsing.go(page, page.get_by_role("link", name="Mary Rimmer", exact=True))
    browsing.go(page, page.get_by_role("link", name="Take the case", exact=True))
    fill_day(page)
    press(page, "Take the case")
    hers = f"{server}/residents/{mary.pk}"
    browsing.visit_checked(page, hers)
    browsing.picture(page, "support-first-look")

    browsing.go(page, page.get_by_role("button", name="Ask about"))
    browsing.visit_checked(page, page.url)
    page.get_by_label("It is not due").check()
    press(page, "Save")
    browsing.go(page, page.get_by_role("button", name="Ask what comes in and goes out"))
    answer_with(page, earnings="1500")
    answer_with(page, rent="1440")
    answer_with(page)
    answer_with(page)
    press(page, "Record it")

    browsing.visit_checked(page, hers)
    browsing.picture(page, "support-plan")
    assert page.get_by_role("slider").is_visible()
    page.get_by_label("How much can they pay in a month?").fill("50")
    page.get_by_role("button", name="Work it out").click()
    page.get_by_text("£50.00 a month: all £1,240.00 is paid in 25 months").wait_for()
    press(page, "Go on with this amount")
    press(page, "Agree this plan")
    assert page.get_by_role("heading", name="Check before you agree").is_visible()
    fill_day(page)
    page.get_by_label("What they may be entitled to was gone through with them").check()
    page.get_by_label("They have seen each share and agree").check()
    press(page, "Agree")
    browsing.visit_checked(page, page.url)
    browsing.picture(page, "support-plan-agreed")
    assert page.get_by_role("link", name=re.compile("letter", re.IGNORECASE)).first.is_visible()
    browsing.visit_checked(page, hers)
    assert page.get_by_text("£50.00").first.is_visible()
