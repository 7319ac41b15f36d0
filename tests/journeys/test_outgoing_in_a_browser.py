"""Letters are written, posted and given by hand in a real browser, at 320 and 1280 px."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from borough.kernel import clock
from borough.kernel.outgoing import batches
from borough.kernel.outgoing import queries as outgoing
from borough.lines.revenues import correspondence
from borough.lines.revenues.letters import waiting as queries
from tests import browsing, officers
from tests.journeys import outgoing_pages
from tests.revenues.test_correspondence import BY, a_step, billed

pytestmark = pytest.mark.browser


@pytest.fixture
def accounts(own_database, settings, tmp_path):
    settings.DOCUMENTS, settings.POST = tmp_path / "documents", tmp_path / "post"
    officers.an_officer("Ann Example", *officers.every_capability())
    today, made = clock.today(), [billed() for _ in range(4)]
    for account in made:
        a_step(account, "final_notice", issued=today, complied_by=today)
    return made


def work(do: Callable[[], object]) -> object:
    """Do what the worker does, on a thread of its own."""

    def done() -> object:
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        return worker.submit(done).result()


def test_letters_are_written_and_posted(accounts, server, page):
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    browsing.go(page, page.get_by_role("button", name="Sign in"))
    page.goto(f"{server}/purpose")
    page.get_by_label("Billing and collecting Council Tax").check()
    browsing.go(page, page.get_by_role("button", name="Continue"))

    browsing.visit_checked(page, f"{server}/revenues/letters")
    browsing.picture(page, "letters-waiting")
    browsing.go(page, page.get_by_role("button", name="Write the letters"))
    page.get_by_text("It is waiting for the worker").wait_for()
    work(lambda: correspondence.carry_out(queries.newest(), by=BY, processes=1))
    browsing.visit_checked(page, f"{server}/revenues/letters")
    browsing.picture(page, "letters-written")

    braille = accounts[0]
    person = work(lambda: braille.liabilities.get().person)
    parts = work(lambda: outgoing_pages.furnish(person, braille))
    browsing.visit_checked(page, f"{server}/outgoing/")
    browsing.picture(page, "outgoing-waiting")
    browsing.go(page, page.get_by_role("button", name="Make today’s post"))
    work(lambda: batches.carry_out(outgoing.newest(), by=BY, processes=1))
    browsing.visit_checked(page, f"{server}/outgoing/")
    assert page.get_by_role("link", name="1-sheet-001.pdf").is_visible()
    browsing.picture(page, "outgoing-made")
    for name, part in parts.items():
        where = name.split("<")[0] + part + ("/email" if "people" in name else "")
        browsing.visit_checked(page, f"{server}/{where}")
        browsing.picture(page, "outgoing-" + name.split("/")[1])
