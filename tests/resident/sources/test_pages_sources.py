"""The pages of the sources: load, look, take in, take back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from borough.kernel import clock, joining
from borough.kernel.facts.models import Fact
from borough.kernel.runs import attempting
from borough.resident.sources import capabilities, models, taking_in
from tests import makers, markup, officers
from tests.resident.sources import feed_makers
from tests.resident.sources.feed_makers import a_file, rent, take_in


@pytest.fixture(autouse=True)
def _ledger(db):
    makers.an_open_ledger()


@pytest.fixture
def visitor():
    officer = officers.an_officer("Ann Example", *officers.every_capability())
    return officers.a_visitor(officer)


def shown(visitor, address: str) -> str:
    page = visitor.get(address).content.decode()
    markup.check(page)
    return page


def test_a_file_is_looked_at_taken_in_and_taken_back(visitor):
    bad = rent("T2", "P2", "70.00", family_name="")
    content = a_file("northway-rents", rent("T1", "P1", "250.10"), bad)
    sent = visitor.post(
        "/residents/sources/northway-rents/feeds",
        officers.posted(**_day(), file=SimpleUploadedFile("rents.csv", content)),
    )
    feed = models.Feed.objects.get()
    assert sent.status_code == 302, markup.words(markup.parse(sent.content.decode()))
    assert sent.url == f"/residents/sources/feeds/{feed.pk}"
    assert "0 of 2 parts done" in shown(visitor, sent.url)
    taking_in.carry_out_reading(feed.reading)
    page = shown(visitor, sent.url)
    for words in ("Surname is empty", "What stood there", "£250.10", "£70.00", "What it would"):
        assert words in page, words
    assert not models.Record.objects.exists()  # looked at, and nothing of it counts yet

    visitor.post(sent.url, officers.posted())
    feed.refresh_from_db()
    taking_in.carry_out_taking(feed.taking, by=makers.everything())
    assert "What it changed" in shown(visitor, sent.url)
    listed = shown(visitor, "/residents/sources/")
    assert "Northway Homes" in listed
    assert "£250.10" in listed
    assert "Nobody yet: ask" in shown(visitor, "/residents/sources/northway-rents")

    back = f"{sent.url}/withdrawal"
    refused = visitor.post(back, officers.posted(reason="wrong_file"))
    assert refused.status_code == 200  # not without the second thought
    visitor.post(back, officers.posted(reason="wrong_file", sure="on"))
    taking_in.carry_out_withdrawing(models.Withdrawal.objects.get().run, by=makers.everything())
    page = shown(visitor, sent.url)
    assert "It was the wrong file" in page
    assert "Take this feed back" not in page


def test_what_stood_in_a_row_set_aside_opens_for_help_alone(visitor):
    bad = {"debt_reference": "OV1", "key": "P9", "family_name": "", "pence": "70.00"}
    feed = feed_makers.prepare(
        a_file("hb-overpayments", bad), "hb-overpayments", on=clock.today(), announced_pence=7_000
    )
    assert feed.set_aside == 1
    feed_page = shown(visitor, f"/residents/sources/feeds/{feed.pk}")
    assert "Surname" in feed_page or "Family name" in feed_page
    assert "OV1" not in feed_page
    where = f"/residents/sources/feeds/{feed.pk}/rows"
    assert visitor.get(where).url.startswith("/purpose?next=")
    officer = officers.an_officer("Sue Example", *officers.every_capability())
    helping = officers.a_visitor(officer, purpose="resident.support")
    assert "OV1" in shown(helping, where)
    assert Fact.objects.filter(what="kernel.looked", thing=feed.thing).exists()


def test_a_total_that_differs_says_so_on_the_page(visitor):
    content = a_file("northway-rents", rent("T1", "P1", "250.10"), total="1.00")
    visitor.post(
        "/residents/sources/northway-rents/feeds",
        officers.posted(**_day(), file=SimpleUploadedFile("rents.csv", content)),
    )
    feed = models.Feed.objects.get()
    attempting.attempt(feed.reading_id, taking_in.carry_out_reading)
    page = shown(visitor, f"/residents/sources/feeds/{feed.pk}")
    assert "The rows come to £250.10, and its last line says £1.00" in page
    assert "Take it in" not in page


def test_all_of_a_source_is_taken_back_after_a_second_thought(visitor):
    take_in(a_file("northway-rents", rent("T1", "P1", "250.10")), on=clock.today())
    where = "/residents/sources/northway-rents/withdrawal"
    assert "1 debts that come to £250.10" in shown(visitor, where)
    visitor.post(where, officers.posted(reason="sharing_ended", sure="on"))
    assert models.Withdrawal.objects.get().reason == "sharing_ended"


def test_who_may_only_see_can_neither_load_nor_take_back():
    one = officers.an_officer("Sam Example", capabilities.SEE_SOURCES)
    visitor = officers.a_visitor(one)
    assert visitor.get("/residents/sources/").status_code == 200
    assert visitor.get("/residents/sources/northway-rents/feeds").status_code == 403
    assert visitor.get("/residents/sources/northway-rents/withdrawal").status_code == 403
    assert "resident.memorandum" in joining.account_kinds()


def _day() -> dict[str, str]:
    on = clock.today()
    return {"as_at_day": str(on.day), "as_at_month": str(on.month), "as_at_year": str(on.year)}
