"""An officer at work in a real browser: the links and buttons that a person follows and presses."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from django.db import connection
from playwright.sync_api import Locator, Page

from tests import browsing, officers


class AtWork:
    """An officer's eyes and hands. Nothing but the first address is ever typed.

    Each page come to is looked at: its layout at both widths, axe, and a picture of it.
    """

    def __init__(self, page: Page, server: str, story: str):
        self.page, self.server, self.story = page, server, story
        self.pictures = count(1)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def sign_in(self, name: str) -> None:
        self.page.goto(self.server)
        self.page.get_by_label("Email address").fill(f"{name}@example.org")
        self.page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
        self.press("Sign in")

    def sign_out(self) -> None:
        self._go(self.page.get_by_role("banner").get_by_text("Sign out"))

    def home(self) -> None:
        self._go(self.page.get_by_role("navigation").get_by_role("link", name="Home"))

    def follow(self, *links: str) -> None:
        """Follow the first link of these words, and from the page after it the next."""
        for link in links:
            self._go(self.main.get_by_role("link", name=link).first)

    def back(self) -> None:
        self._go(self.page.get_by_role("link", name="Back"))

    def press(self, button: str, *, exact: bool = True) -> None:
        self._go(self.main.get_by_role("button", name=button, exact=exact).first)

    def fill(self, **labels: str) -> None:
        """Fill in text by its label, in which underscores stand for spaces."""
        for label, text in labels.items():
            self.main.get_by_label(label.replace("_", " ")).fill(text)

    def choose(self, *labels: str) -> None:
        for label in labels:
            self.main.get_by_label(label, exact=True).check()

    def day(self, group: str, day: str) -> None:
        """Fill in a day, as in "14 6 2025", below the question that begins with these words."""
        asked = self.main.get_by_role("group", name=group)
        for box, text in zip(("Day", "Month", "Year"), day.split(), strict=True):
            asked.get_by_label(box, exact=True).fill(text)

    def reads(self, *sentences: str) -> None:
        """Assert what the officer reads on the page."""
        text = " ".join(self.main.inner_text().split())
        for sentence in sentences:
            assert sentence in text, f"{sentence!r} is not on {self.page.url}: {text}"

    def _go(self, control: Locator) -> None:
        with browsing.listening(self.page) as complaints:
            browsing.go(self.page, control)
            self._look()
        assert not complaints, f"{self.page.url}: {complaints}"

    def _look(self) -> None:
        title = "".join(one if one.isalnum() else "-" for one in self.page.title().split(" – ")[0])
        for width in (browsing.NARROW, browsing.WIDE):  # the last is what the officer works at
            self.page.set_viewport_size({"width": width, "height": 900})
            browsing.check_reflow(self.page)
        browsing.check_axe(self.page)
        browsing.picture(self.page, f"{self.story}-{next(self.pictures):02}-{title.lower()}")


def aside(work: Callable[[], object]) -> None:
    """Do what the worker or the database does meanwhile; the browser's thread may not."""

    def do() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(do).result()
