"""The page of the outgoing post."""

from datetime import date

import pytest

from borough.kernel.documents import commands as documents
from borough.kernel.holds import commands as holds
from borough.kernel.outgoing import batches, capabilities, models, queries
from borough.kernel.people.models import Need
from borough.lines.revenues.letters import specimen
from tests import markup, officers
from tests.kernel.outgoing.test_outgoing import BY, ON, a_letter, a_person

THERE = "/outgoing/"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    settings.POST = tmp_path / "post"


@pytest.fixture
def ann(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def test_the_post_is_asked_for_made_and_fetched(ann):
    a_letter()
    page = ann.get(THERE).content.decode()
    assert "1 letter can go today" in page
    markup.check(page)
    answers = officers.posted()
    for _ in range(2):  # the second press of the button asks for nothing more
        assert ann.post(THERE, answers).url == THERE
    run = queries.newest()
    page = ann.get(THERE).content.decode()
    assert "is being made" in page
    markup.check(page)
    batches.carry_out(run, by=BY, processes=1)
    page = ann.get(THERE).content.decode()
    assert "No letter waits that can be posted" in page
    assert "1-sheet-001.pdf" in page
    markup.check(page)
    pdf = ann.get(f"/outgoing/batches/{run.pk}/1-sheet-001.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    rows = b"".join(ann.get(f"/outgoing/batches/{run.pk}/manifest.csv").streaming_content)
    assert rows.decode().count("\n") == 2


@pytest.mark.parametrize("name", ["other.pdf", "..%2fmanifest.csv", "%2e%2e"])
def test_nothing_else_is_handed_over(ann, name):
    a_letter()
    ann.post(THERE, officers.posted())
    run = queries.newest()
    batches.carry_out(run, by=BY, processes=1)
    assert ann.get(f"/outgoing/batches/{run.pk}/{name}").status_code == 404


def test_a_letter_by_hand_is_listed_with_its_need_and_recorded_as_given(ann):
    mary = a_person()
    Need.objects.create(person=mary, kind=Need.Kind.BRAILLE, starts=date(2020, 1, 1))
    number = a_letter(person=mary)
    page = ann.get(THERE).content.decode()
    assert "Letters in Braille" in page
    markup.check(page)
    there = f"/outgoing/letters/{number}"
    markup.check(ann.get(there).content.decode())
    assert ann.post(there, officers.posted()).url == THERE
    assert models.Dispatch.objects.get(document=number).means == "hand"
    page = ann.get(there).content.decode()
    assert "This letter has left" in page
    page = ann.post(there, officers.posted()).content.decode()
    assert "Nothing was recorded twice" in page


def test_a_letter_that_is_held_is_offered_to_nobody(ann, settings):
    settings.STANDING_DATE = ON
    mary, said = a_person(), specimen.a_refund()
    letter = documents.Letter(said.as_json(), "revenues.account/100001", [mary.pk])
    [number] = documents.issue_many(
        "revenues.reminder", [letter], template=said.TEMPLATE, by=BY, on=ON
    )
    there = f"/outgoing/letters/{number}"
    assert "Record that it was given" in ann.get(there).content.decode()
    holds.place_hold(kind="vulnerable", upon=holds.Upon(person=mary), by=BY, on=ON)
    page = ann.get(there).content.decode()
    markup.check(page)
    assert "Somebody needs support before any debt is pressed" in page
    assert "Do not give it to anybody" in page
    assert "Record that it was given" not in page
    page = ann.post(there, officers.posted()).content.decode()
    assert "Do not give it to anybody" in page
    assert not models.Dispatch.objects.exists()


def test_who_may_not_send_post_does_not_see_it(db):
    ben = officers.a_visitor(officers.an_officer("Ben Other"))
    assert ben.get(THERE).status_code == 403
    assert capabilities.SEND_POST.slug == "kernel.send_post"
