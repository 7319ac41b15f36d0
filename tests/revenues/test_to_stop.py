"""A hold comes while a remedy runs: the officer sees which to stop, where they would look."""

from datetime import date

import pytest

from borough.kernel.holds import commands as holds
from borough.lines.revenues import remedying, waiting
from borough.lines.revenues.commands import attachments
from tests import makers, markup, officers
from tests.revenues import ordering

ON = date(2025, 9, 1)
BY = makers.everything()
THERE = "/revenues/remedies/to-stop"


@pytest.fixture(autouse=True)
def _standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def attached(db):
    mary = makers.a_person()
    account = ordering.an_account_under_order(people=[mary])
    return attachments.order_attachment(
        account=account,
        year=ordering.YEAR,
        person=mary,
        employer=ordering.an_employer(),
        frequency="weekly",
        by=BY,
        on=ON,
    )


def test_what_a_hold_stands_against_is_listed_until_it_is_ended(attached):
    remedy = attached.remedy
    assert remedying.to_stop(ON) == []
    upon = holds.Upon(person=remedy.person)
    holds.place_hold(kind="vulnerable", upon=upon, by=BY, on=ON)
    [(found, [reason])] = remedying.to_stop(ON)
    assert (found, reason.kind) == (remedy, "vulnerable")
    words = [one.text for one in waiting.waits(BY, ON)]
    assert "Stop or call back an attachment or a placing: something stands against it" in words
    remedying.end(remedy, remedy.Ended.LEFT, on=ON)
    assert remedying.to_stop(ON) == []


def test_the_page_of_a_hold_says_what_is_in_use_and_leads_there(attached):
    account = attached.remedy.account
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    there = f"/revenues/accounts/{account.reference}/hold"
    page = ann.get(there).content.decode()
    markup.check(page)
    assert f"In use now: attachment of earnings of {account.reference} for 2024-25" in page
    answer = ann.post(there, officers.posted(kind="dispute", upon="account"))
    assert answer.url == f"/revenues/accounts/{account.reference}/remedies"
    page = ann.get(THERE).content.decode()
    markup.check(page)
    assert account.reference in page
    assert "Somebody has asked about the charge" in page
    assert THERE in ann.get("/revenues/agents").content.decode()
