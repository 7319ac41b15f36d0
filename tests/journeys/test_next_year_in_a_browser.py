"""What will both do better or differently next year: from asking to the public note."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection

from borough.partnership.next_year import models
from tests import browsing, makers
from tests.journeys.partners import fill_day, follow, press, signed_in
from tests.partnership.next_year import review_makers as of

pytestmark = pytest.mark.browser
YEARS = "/partnership/next-year"
MEASURE = "revenues.collected_in_year"
LAST = date(2023, 9, 11)


@pytest.fixture
def people(own_database: str) -> of.Four:
    """Four who speak for a side, and a year whose answers both have signed."""
    cache.clear()
    last = of.a_review(LAST)
    four = of.four(last, on=LAST)
    told = of.a_proposal(four, "Answer until eight", measure=MEASURE, due=date(2024, 7, 31))
    of.sealed_by_all(four, last, told, on=LAST)
    of.chosen(four, last, LAST)
    return four


def propose(page: browsing.Page, title: str) -> None:
    named = "Proposal 1: "
    page.get_by_label(f"{named}what, in a line?").fill(title)
    page.locator("[name=kind_1][value=better]").check()
    page.get_by_label(f"{named}what will we do?").fill("Call back within a day")
    page.get_by_label(f"{named}for whom?").fill("Who works by day")
    page.get_by_label(f"{named}what will we stop").fill("The second reminder by telephone")
    page.get_by_label(f"{named}which measure").select_option(MEASURE)
    page.get_by_label(f"{named}lowest value").fill("95")
    page.get_by_label(f"{named}what do you expect").fill("96")
    page.get_by_label(f"{named}highest value").fill("97.5")
    fill_day(page, f"{named}on which day", "31 7 2025")
    page.get_by_label(f"{named}what does it cost").fill("12,000")
    page.get_by_label(f"{named}who owns it for the council?").select_option(label="Cora C")
    page.get_by_label(f"{named}who owns it for the partner?").select_option(label="Paul P")


def both_panels_seal(people: of.Four, year: str) -> None:
    """Let staff propose the same, and residents nothing."""
    try:
        review, on = models.Review.objects.get(year=year), makers.BILLING_DAY
        told = of.a_proposal(people, "Ring back", measure=MEASURE, due=date(2025, 7, 31))
        of.seal(people, review, "staff", told, on=on)
        of.seal(people, review, "residents", on=on)
    finally:
        connection.close()


def test_four_sides_are_asked_and_both_partners_choose(people, server, page):
    other = page.context.browser.new_context()
    cora, paul = signed_in(page, server, "cora"), signed_in(other.new_page(), server, "paul")
    browsing.visit_checked(cora, f"{server}{YEARS}")
    press(cora, "Ask about next year")
    press(cora, "Ask the question")
    follow(cora, "2025-26")
    here = cora.url
    assert cora.get_by_text("What we said for 2024-25, and what came of it").is_visible()
    for panel, name in (("The staff panel", "Stella S"), ("The residents’ panel", "Rita R")):
        cora.goto(f"{here}/mandates/new")
        cora.get_by_label(panel).check()
        cora.get_by_label("Which officer?").select_option(label=name)
        press(cora, "Name them")
    cora.goto(f"{here}/round")
    fill_day(cora, "Until which day may all seal their proposals?", "31 3 2025")
    press(cora, "Ask them")
    browsing.visit_checked(cora, f"{here}/proposals")
    for one, title in ((cora, "Call back"), (paul, "Nobody waits twice")):
        one.goto(f"{here}/proposals")
        propose(one, title)
        browsing.picture(one, "next-year-proposal")
        press(one, "Seal them")
    assert not cora.get_by_text("Nobody waits twice").is_visible(), "nothing is opened yet"
    with ThreadPoolExecutor(1) as thread:  # the browser keeps this one
        thread.submit(both_panels_seal, people, "2025-26").result()
    cora.goto(f"{here}/groups")
    press(cora, "Put them together")
    browsing.visit_checked(cora, here)
    browsing.picture(cora, "next-year-opened")
    assert cora.get_by_text("3 sides agree").is_visible()
    cora.goto(f"{here}/choice")
    cora.get_by_role("checkbox").first.check()
    press(cora, "Put it to both")
    for one in (cora, paul):
        one.goto(here)
        follow(one, "Both partners sign the choice")
        browsing.picture(one, "next-year-choice")
        press(one, "Sign it")
    anybody = page.context.browser.new_context().new_page()
    browsing.visit_checked(anybody, f"{server}/partnership/public/next-year/2025-26")
    browsing.picture(anybody, "next-year-public")
    assert anybody.get_by_text("Call back within a day").is_visible()
    assert not anybody.get_by_text("Cora").is_visible(), "the note names no officer"
    pdf = anybody.request.get(f"{server}/partnership/public/next-year/2025-26/pdf")
    assert pdf.body().startswith(b"%PDF")
