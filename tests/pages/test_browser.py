"""The page layer in a real browser, with JavaScript and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import browsing

pytestmark = [pytest.mark.urls("tests.pages.urls"), pytest.mark.browser]


@pytest.fixture
def server() -> Iterator[str]:
    """Serve these pages; none of them asks the database."""
    serving = LiveServer("localhost")
    yield serving.url
    serving.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser in which JavaScript is off."""
    opened = browser.new_page(java_script_enabled=False)
    yield opened
    opened.close()


@pytest.mark.parametrize("show", ["", "mistakes"])
def test_every_part_is_sound(page: Page, server: str, show: str) -> None:
    url = f"{server}/pattern-library?show={show}"
    browsing.visit_checked(page, url, in_error=bool(show))
    browsing.picture(page, f"pattern-library{'-' if show else ''}{show}")


def test_mistakes_come_back_with_the_focus_on_what_is_wrong(page: Page, server: str) -> None:
    browsing.visit_checked(page, f"{server}/question")
    page.get_by_label("How much is the refund?").fill("12.345")
    browsing.submit_checked(page, "Save and continue")
    browsing.picture(page, "question-mistakes")
    page.get_by_role("link", name="Enter the day it was paid").click()
    expect(page.get_by_label("Day")).to_be_focused()
    page.get_by_role("link", name="Select how it was paid").click()
    expect(page.get_by_label("To a bank account")).to_be_focused()


def answer_the_question(page: Page, server: str) -> None:
    page.goto(f"{server}/question")
    page.get_by_label("How much is the refund?").fill("£1,234.50")
    for label, text in (("Day", "1"), ("Month", "oct"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("To a bank account").check()
    page.get_by_role("button", name="Save and continue").click()


def test_a_good_answer_is_confirmed(page: Page, server: str) -> None:
    answer_the_question(page, server)
    expect(page.get_by_role("heading", level=1)).to_have_text("Refund recorded")
    expect(page.get_by_role("alert")).to_contain_text("The refund is on its way")
    browsing.check_axe(page)


def test_everything_works_without_javascript(plain_page: Page, server: str) -> None:
    answer_the_question(plain_page, server)
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Refund recorded")
    plain_page.goto(f"{server}/pattern-library")
    for words in ("Charged £937.50.", "Charged £901.20."):
        expect(plain_page.get_by_text(words)).to_be_visible()


def test_tabs_show_one_panel_at_a_time(page: Page, server: str) -> None:
    page.goto(f"{server}/pattern-library")
    expect(page.get_by_text("Charged £901.20.")).to_be_hidden()
    page.get_by_role("tab", name="Last year").click()
    expect(page.get_by_text("Charged £901.20.")).to_be_visible()
    browsing.check_axe(page)


def test_a_working_opens_to_sentences_and_law(page: Page, server: str) -> None:
    page.goto(f"{server}/pattern-library")
    page.get_by_text("How is this worked out?").click()
    expect(page.get_by_text("Local Government Finance Act 1992, section 11(1)")).to_be_visible()
    browsing.check_axe(page)


def test_nothing_is_lost_with_large_text(page: Page, server: str) -> None:
    """Text at 200 per cent on a narrow screen still needs no scrolling sideways (1.4.4, 1.4.10)."""
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(f"{server}/pattern-library?show=mistakes")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    browsing.check_reflow(page)


def test_the_pages_can_be_used_in_forced_colours(page: Page, server: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{server}/pattern-library?show=mistakes")
    browsing.check_focus(page)


# --- The checks themselves must be able to fail ---------------------------------------------------


def spoilt(page: Page, server: str, script: str) -> None:
    page.goto(f"{server}/question")
    page.evaluate(script)


def test_the_checks_see_a_page_that_is_too_wide(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    spoilt(page, server, "document.querySelector('h1').style.width = '400px'")
    with pytest.raises(AssertionError, match="px wide"):
        browsing.check_reflow(page)


def test_the_checks_see_targets_too_small(page: Page, server: str) -> None:
    shrink = "document.querySelectorAll('[type=radio]').forEach(e => { e.labels[0].remove();"
    shrink += " Object.assign(e.style, {width: '9px', height: '9px', position: 'static'});"
    shrink += " document.querySelector('h1').after(e) })"
    spoilt(page, server, shrink)
    with pytest.raises(AssertionError, match="under 24 px"):
        browsing.check_targets(page)


def test_the_checks_see_a_focus_that_is_not_shown(page: Page, server: str) -> None:
    hide = "document.querySelector('#id_amount').style.cssText"
    hide += " = 'outline: none !important; box-shadow: none !important'"
    spoilt(page, server, hide)
    with pytest.raises(AssertionError, match="cannot be seen"):
        browsing.check_focus(page)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        ("amount.tabIndex = 5", "no Tab comes"),
        (
            "amount.onfocus = () => document.querySelector('.borough-header__sign-out').focus()",
            "goes back",
        ),
        ("amount.addEventListener('keydown', event => event.preventDefault())", "stays on"),
        ("amount.addEventListener('focus', event => event.target.blur())", "no Tab comes"),
    ],
)
def test_the_checks_see_a_focus_that_goes_astray(
    page: Page, server: str, spoil: str, complaint: str
) -> None:
    spoilt(page, server, f"const amount = document.querySelector('#id_amount'); {spoil}")
    with pytest.raises(AssertionError, match=complaint):
        browsing.check_focus(page)


def test_the_checks_see_what_the_console_says(page: Page, server: str) -> None:
    with browsing.listening(page) as complaints:
        page.goto(f"{server}/question")
        page.evaluate("fetch('/not-there')")
        page.wait_for_timeout(300)
    assert complaints


def test_the_checks_see_what_axe_sees(page: Page, server: str) -> None:
    spoilt(page, server, "document.querySelectorAll('label').forEach(e => e.remove())")
    with pytest.raises(AssertionError, match="label"):
        browsing.check_axe(page)
