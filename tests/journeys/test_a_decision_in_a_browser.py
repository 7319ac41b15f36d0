"""A decision in a real browser: two partners, one case, from its first page to both signatures.

And in split mode: the browser seals, and what it seals is what the house knows how to open.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from borough.partnership.decisions import commands, models, positions
from borough.partnership.sealed import sealing
from borough.partnership.sealed.models import Round
from tests import browsing
from tests.journeys.partners import fill_day, follow, press, signed_in
from tests.partnership.decisions import decision_makers as table_of

pytestmark = pytest.mark.browser
CASES = "/partnership/decisions"
WORDS = {
    "Why, in your own words?": "Most who call then are at work by day",
    "What would change your mind?": "Fewer than fifty calls an evening",
    "What can go wrong?": "Nobody to stay late",
    "What does it do to the residents who have least?": "They reach us after work",
    "What does it do to staff?": "Two late days a week",
}


@pytest.fixture
def table(own_database: str, settings, tmp_path):
    cache.clear()
    settings.DOCUMENTS = tmp_path
    table = table_of.a_table(council="Cora Example", partner="Paul Example")
    return table, table_of.a_read_pack(table, mode=Round.Mode.SPLIT)


def fill_position(page, option: str, sure: str) -> None:
    page.get_by_label(option).check()
    page.get_by_label("How sure are you?").fill(sure)
    page.get_by_label("Better for residents").check()
    for question, words in WORDS.items():
        page.get_by_label(question).fill(words)
    page.get_by_label("Forecast 1: which measure?").select_option(table_of.MEASURE)
    values = {"lowest value": "94", "what do you expect?": "95.5", "highest value": "96.5%"}
    for question, value in values.items():
        page.get_by_label(f"Forecast 1: {question}").fill(value)
    fill_day(page, "Forecast 1: on which day?", "31 3 2025")


def open_and_freeze(cora, server: str) -> str:
    """Open a case and freeze its information; return its address."""
    browsing.visit_checked(cora, f"{server}{CASES}")
    press(cora, "Open a case")
    browsing.submit_checked(cora, "Open the case")
    cora.get_by_label("What is to be decided").fill("Answer calls until eight?")
    cora.get_by_label("Why does it need a decision?").fill("Who works cannot call by day")
    cora.get_by_label("Between which options?").fill("Until eight on two days\nUntil eight daily")
    cora.get_by_label("Significant").check()
    cora.get_by_label("The record is published").check()
    cora.get_by_label("Kept here, encrypted").check()
    fill_day(cora, "By which day must it be decided?", "14 3 2025")
    press(cora, "Open the case")
    browsing.picture(cora, "decisions-due")
    follow(cora, "Answer calls until eight?")
    here = cora.url
    follow(cora, "Freeze the information")
    cora.get_by_label("What do both assume?").fill("As many calls as last year")
    press(cora, "Freeze it")
    return here


def test_both_partners_decide_from_the_first_page_to_the_second_signature(table, server, page):
    other = page.context.browser.new_context()
    cora, paul = signed_in(page, server, "cora"), signed_in(other.new_page(), server, "paul")
    here = open_and_freeze(cora, server)
    for one in (cora, paul):
        one.goto(f"{server}{CASES}")
        follow(one, "Read the information")
        one.get_by_label("I have the same information").check()
        press(one, "Save")
    cora.goto(here)
    follow(cora, "Seal what you think")
    browsing.submit_checked(cora, "Seal it")
    fill_position(cora, "Until eight on two days", "80")
    browsing.picture(cora, "decisions-position")
    press(cora, "Seal it")
    browsing.visit_checked(cora, here)
    browsing.picture(cora, "decisions-case")
    assert cora.get_by_text("Waiting for the partner").is_visible()
    paul.goto(f"{server}{CASES}")
    follow(paul, "Seal what you think (Answer calls until eight?)")
    fill_position(paul, "Until eight daily", "60")
    press(paul, "Seal it")
    browsing.visit_checked(cora, f"{here}/comparison")
    browsing.picture(cora, "decisions-comparison")
    assert cora.get_by_role("heading", name="They take different options").is_visible()
    follow(cora, "Write the joint record")
    cora.get_by_label("Until eight on two days").check()
    for label in ("Decision made", "Reasons for the decision", "Alternative options considered"):
        cora.get_by_label(label).fill("Two days first, and counted")
    cora.get_by_label("One member of the cabinet").check()
    fill_day(cora, "On which day do both look at it again?", "1 9 2025")
    press(cora, "Put it to both")
    for one in (cora, paul):
        one.goto(f"{server}{CASES}")
        follow(one, "Sign the joint record")
        browsing.picture(one, "decisions-record")
        press(one, "Sign it")
    browsing.visit_checked(paul, here)
    assert paul.get_by_text("Decided: both have signed").is_visible()
    browsing.visit_checked(paul, f"{here}/check")
    browsing.picture(paul, "decisions-check")
    assert paul.get_by_text("Not one byte was changed").is_visible()
    file = sealed_in_the_browser(server, cora, table[1])
    with ThreadPoolExecutor(1) as thread:  # the browser keeps this one
        opened = thread.submit(opened_with, file, *table).result()
    assert opened["council"].risks == "“Nobody”\nstays, for £5\t\\ 🙂"
    assert opened["council"].forecasts == opened["partner"].forecasts
    assert opened["council"].chance == positions.Chance(
        table_of.MEASURE, "at_least", 9550, 70, date(2025, 3, 31)
    )


def sealed_in_the_browser(server: str, cora, pack: models.Pack) -> sealing.Sealed:
    """Seal on the page of a case that is kept apart; return the file that is kept."""
    browsing.visit_checked(cora, f"{server}/partnership/information/{pack.pk}/position")
    posted: list[str] = []
    cora.on("request", lambda sent: posted.append(sent.post_data or ""))
    cora.get_by_role("button", name="Seal it here").click()
    assert cora.locator("#sealer-fault").inner_text() == "Choose one of the options."
    fill_position(cora, "Until eight each day", "70")
    cora.get_by_label("What can go wrong?").fill("“Nobody”\nstays, for £5\t\\ 🙂")
    asks = "A forecast of yes or no: "
    cora.get_by_label(f"{asks}which measure?").select_option(table_of.MEASURE)
    cora.get_by_label(f"{asks}will it be").select_option("at_least")
    cora.get_by_label(f"{asks}… which value?").fill("95.5")
    cora.get_by_label(f"{asks}how likely").fill("70")
    fill_day(cora, f"{asks}by which day?", "31 3 2024")
    cora.get_by_role("button", name="Seal it here").click()
    assert "still to come" in cora.locator("#sealer-fault").inner_text()
    fill_day(cora, f"{asks}by which day?", "31 3 2025")
    with cora.expect_download() as kept:
        cora.get_by_role("button", name="Seal it here").click()
    browsing.picture(cora, "decisions-split")
    file = sealing.from_file(Path(kept.value.path()).read_bytes())
    assert cora.get_by_label("What is the seal?").input_value() == file.digest
    press(cora, "Enter the seal")
    assert any(file.digest in one for one in posted)
    assert not any("Nobody" in one or file.nonce in one for one in posted)
    return file


def opened_with(file: sealing.Sealed, table, pack: models.Pack) -> dict[str, positions.Position]:
    """Let the partner seal too, and both hand in; return what was opened."""
    try:
        other, on = table_of.kept_by(pack, "partner"), table_of.TODAY
        commands.enter_seal(pack=pack, digest=other.digest, by=table.partner, on=on)
        commands.hand_in(pack=pack, kept=other, by=table.partner, on=on)
        assert commands.hand_in(pack=pack, kept=file, by=table.council, on=on)
        [opened] = table_of.opened(pack)
        return opened
    finally:
        connection.close()
