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


@pytest.mark.urls("tests.pages.urls")
def test_a_page_looks_again_by_itself_only_when_asked(client: Client) -> None:
    def refreshes(query: str) -> list[str | None]:
        page = markup.parse(client.get(f"/pattern-library{query}").content.decode())
        return [e.get("content") for e in page.all("meta") if e.get("http-equiv") == "refresh"]

    assert refreshes("") == []
    assert refreshes("?refresh=10") == ["10"]
    assert refreshes("?refresh=0") == ["10"], "no address can make a browser hammer the server"


@pytest.mark.urls("tests.pages.urls")
def test_a_mistake_in_a_filter_is_a_mistake_of_the_page(client: Client) -> None:
    html = client.get("/pattern-library?least=ten&page=2").content.decode()
    page = markup.check(html, in_error=True)
    assert page.by_id("filter_least-error") is not None


def test_no_field_answers_in_djangos_words() -> None:
    markup.check_own_words(patterns.EveryField())
    markup.check_own_words(patterns.Accounts({}))
