"""A real browser for every browser test, and what must be true of every page in it.

``visit_checked`` asserts what axe, the console, the layout and the keyboard show, and all that
``markup.check`` asks of the page's text. ``picture`` keeps what the page looked like, where
``BOROUGH_PICTURES=1`` asks for it.
"""

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests import markup

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "pictures"
SMALL_TARGETS = (HERE / "small_targets.js").read_text()
FOCUS_SEEN = (HERE / "focus_seen.js").read_text()
FOCUS_MISSED = (HERE / "focus_missed.js").read_text()
NARROW, WIDE = 320, 1280
AXE = Axe()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes over: all that is right, with its words, took as long as the looking.
AXE_RUN = "options => axe.run(options).then(({violations}) => ({violations}))"
TABBABLE = (
    "a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), "
    'select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]'
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

LEFT = "net::ERR_ABORTED"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the distribution's Chromium; without one the test is skipped, loudly."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        warnings.warn("NO CHROMIUM: no page was looked at in a browser", stacklevel=2)
        pytest.skip("no Chromium is installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def visit_checked(page: Page, url: str, *, status: int = 200, in_error: bool = False) -> None:
    """Open a page and assert everything that must be true of it."""
    with listening(page) as complaints:
        response = page.goto(url, wait_until="load")
        assert response is not None, f"{url} gave no page"
        assert response.status == status, f"{url}: {response.status}"
        check_page(page, response.text(), in_error=in_error)
    expected = f"status of {status}"  # Chromium itself logs a page answered with an error
    complaints = [each for each in complaints if status == 200 or expected not in each]
    assert not complaints, f"{url}: {complaints}"


@contextmanager
def listening(page: Page) -> Iterator[list[str]]:
    """Collect what the console says and which requests fail."""
    complaints: list[str] = []
    hears: dict[str, Any] = {
        "console": lambda message: complaints.append(f"console: {message.text}"),
        "pageerror": lambda error: complaints.append(f"error: {error}"),
        # A request given up because the page was left meanwhile has not failed.
        "requestfailed": lambda request: (
            None if request.failure == LEFT else complaints.append(f"failed: {request.url}")
        ),
    }
    for event, hear in hears.items():
        page.on(event, hear)
    try:
        yield complaints
    finally:
        for event, hear in hears.items():
            page.remove_listener(event, hear)


def go(page: Page, control: Locator) -> None:
    """Press a link or button and wait for the page after it, until it is all there."""
    with page.expect_navigation(wait_until="load"):
        control.click()


def submit_checked(page: Page, button: str) -> None:
    """Press a button whose form comes back with mistakes; assert all of it, and the focus."""
    with listening(page) as complaints:
        with page.expect_navigation(wait_until="load") as navigation:
            page.get_by_role("button", name=button).click()
        focused = page.evaluate("document.activeElement.className")
        assert "govuk-error-summary" in focused, f"the focus is on {focused!r}, not the summary"
        check_page(page, navigation.value.text(), in_error=True)
    assert not complaints, f"{page.url}: {complaints}"


def check_page(page: Page, html: str, *, in_error: bool = False) -> None:
    """Assert everything about the page that is open, of which ``html`` is the text as served."""
    markup.check(html, in_error=in_error)
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        check_axe(page)
        check_reflow(page)
        check_targets(page)
    check_focus(page)


def check_axe(page: Page) -> None:
    """Assert what axe finds; its script stays in the page while it is looked at."""
    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    results = AxeResults(page.evaluate(AXE_RUN, options))
    assert results.violations_count == 0, results.generate_report()


def check_reflow(page: Page) -> None:
    wide, room = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= room, f"the page is {wide} px wide in {room} px"


def check_targets(page: Page) -> None:
    """Assert targets of 24 by 24 pixels, or as far from others (WCAG 2.2, 2.5.8)."""
    small = page.evaluate(SMALL_TARGETS)
    assert not small, f"targets under 24 px: {small}"


def check_focus(page: Page) -> None:
    """Assert that Tab comes to every control in order, shows where it is, and is never caught."""
    page.evaluate(FOCUS_SEEN, True)
    for _ in range(page.locator(TABBABLE).count() + 20):
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUS_SEEN, False)
        if seen == "end":
            break
        assert seen == "good", seen
    missed = page.evaluate(FOCUS_MISSED, TABBABLE)
    assert not missed, f"no Tab comes to {missed}"


def picture(page: Page, name: str) -> None:
    """Keep full-page pictures at both widths, for people to look at, where they are asked for."""
    if not os.environ.get("BOROUGH_PICTURES"):
        return
    PICTURES.mkdir(exist_ok=True)
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
