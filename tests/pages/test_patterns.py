"""The pattern library shows every part of a page; what holds there holds on every page."""

import pytest
from django.test import Client

from borough.kernel.pages import patterns
from tests import markup


@pytest.mark.urls("tests.pages.urls")
@pytest.mark.parametrize("show", ["", "mistakes"])
def test_every_part_is_sound_in_its_text(client: Client, show: str) -> None:
    response = client.get("/pattern-library", {"show": show})
    markup.check(response.content.decode(), in_error=bool(show))


@pytest.mark.urls("tests.pages.urls")
def test_the_list_is_sorted_as_asked(client: Client) -> None:
    page = markup.parse(client.get("/pattern-library?sort=-payer").content.decode())
    table = page.by_id("table-accounts")
    assert table is not None
    first = [markup.words(each) for each in page.all("td")][1]
    assert first == "David Imaginary"


def test_no_field_answers_in_djangos_words() -> None:
    markup.check_own_words(patterns.EveryField())
    markup.check_own_words(patterns.Accounts({}))
