"""The page of a billing run’s letters in a real browser, from the button to what is left out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from borough.lines.revenues import annual, mailing, models
from borough.lines.revenues.commands import annual as commands
from borough.lines.revenues.queries import mailing as queries
from tests import browsing, makers, officers


@pytest.fixture
def billing(own_database, settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    officers.an_officer("Ann Example", *officers.every_capability())
    by = makers.everything()
    for _ in range(2):
        makers.an_account()
    run = commands.ask_billing(year=makers.YEAR, by=by, on=makers.BILLING_DAY)
    annual.carry_out(run, by=by)
    return run


def make_the_letters(billing):
    """Do what the worker does, after one account's circumstances have changed."""
    account = models.Account.objects.earliest("id")
    account.households.update(adults=1)
    mailing.carry_out(queries.letters_of(billing), by=makers.everything(), processes=1)
    connection.close()
    return account.reference


def test_an_officer_asks_for_the_letters_and_sees_the_counts_agree(billing, server, page):
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    browsing.visit_checked(page, f"{server}/revenues/billing/runs/{billing.pk}")
    browsing.go(page, page.get_by_role("link", name="The bills as letters"))
    there = f"{server}/revenues/billing/runs/{billing.pk}/letters"
    browsing.visit_checked(page, there)
    browsing.go(page, page.get_by_role("button", name="Make the letters"))
    page.get_by_text("It is waiting for the worker").wait_for()
    browsing.visit_checked(page, there)
    with ThreadPoolExecutor(1) as worker:
        left_out = worker.submit(make_the_letters, billing).result()
    browsing.visit_checked(page, there)
    assert page.get_by_text("1 letter, 1 printed").is_visible()
    assert page.get_by_role("link", name=left_out).is_visible()
    browsing.picture(page, "bill-letters")
