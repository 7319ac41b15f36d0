"""The pattern library shows every part of a page; what holds there holds on every page."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from borough.kernel.pages import patterns
from tests import browsing, markup

pytestmark = pytest.mark.urls("tests.pages.urls")


@pytest.fixture
def server() -> Iterator[str]:
    """Serve these pages; none of them asks the database."""
    serving = LiveServer("localhost")
    yield serving.url
    serving.stop()


@pytest.fixture
def page() -> Iterator[browsing.Page]:
    with browsing.chromium() as browser:
        yield browser.new_page()


@pytest.mark.parametrize("show", ["", "mistakes"])
def test_every_part_is_sound_in_its_text(client: Client, show: str) -> None:
    response = client.get("/pattern-library", {"show": show})
    markup.check(response.content.decode(), in_error=bool(show))


def test_no_field_answers_in_djangos_words() -> None:
    markup.check_own_words(patterns.EveryField())
    markup.check_own_words(patterns.Accounts({}))


@pytest.mark.browser
def test_every_part_is_sound_in_a_browser(page: browsing.Page, server: str) -> None:
    browsing.visit_checked(page, f"{server}/pattern-library")
    browsing.picture(page, "pattern-library")


@pytest.mark.browser
def test_every_mistake_is_sound_in_a_browser(page: browsing.Page, server: str) -> None:
    browsing.visit_checked(page, f"{server}/pattern-library?show=mistakes", in_error=True)
    browsing.picture(page, "pattern-library-mistakes")
