"""The page of the letters that wait to be written."""

import pytest

from borough.kernel import clock
from borough.kernel.places.models import Address
from borough.kernel.runs.models import Run
from borough.lines.revenues import capabilities, correspondence, models
from borough.lines.revenues.letters import waiting as queries
from borough.lines.revenues.pages import correspondence as pages
from tests import makers, markup, officers
from tests.revenues.test_correspondence import BY, a_step, billed

THERE = "/revenues/letters"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS


@pytest.fixture
def ann(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def final_notice(account) -> models.Step:
    today = clock.today()
    return a_step(account, "final_notice", issued=today, complied_by=today)


def test_letters_are_asked_for_watched_and_counted(ann):
    good, homeless = billed(), billed()
    Address.objects.filter(dwelling=homeless.dwelling).update(line="", town="", postcode="")
    final_notice(good)
    final_notice(homeless)
    page = ann.get(THERE).content.decode()
    assert "2 letters wait to be written" in page
    markup.check(page)
    answers = officers.posted()
    for _ in range(2):  # the second press of the button asks for nothing more
        assert ann.post(THERE, answers).url == THERE
    [run] = Run.objects.filter(kind=queries.LETTERS)
    page = ann.get(THERE).content.decode()
    assert "waiting for the worker" in page
    markup.check(page)
    correspondence.carry_out(run, by=BY, processes=1)
    page = ann.get(THERE).content.decode()
    assert "Letters issued" in page
    assert homeless.reference in page
    assert "no address to write to" in page
    markup.check(page)


def test_every_letter_that_was_left_out_can_be_read_page_by_page(ann, monkeypatch):
    monkeypatch.setattr(pages, "SIZE", 1)
    accounts = [billed(), billed()]
    for account in accounts:
        Address.objects.filter(dwelling=account.dwelling).update(line="", town="", postcode="")
        final_notice(account)
    ann.post(THERE, officers.posted())
    correspondence.carry_out(queries.newest(), by=BY, processes=1)
    shown = [ann.get(THERE, {"page": page}).content.decode() for page in (1, 2)]
    assert [[one.reference in page for one in accounts] for page in shown] == [
        [True, False],
        [False, True],
    ]
    assert "?page=2" in shown[0]


def test_with_nothing_to_write_there_is_no_button(ann):
    page = ann.get(THERE).content.decode()
    assert "No letter waits to be written" in page
    assert "Write the letters" not in page
    markup.check(page)
    page = ann.post(THERE, officers.posted()).content.decode()
    assert "No letter waits to be written." in page


def test_who_may_not_send_letters_does_not_see_the_page(db):
    ben = officers.a_visitor(officers.an_officer("Ben Other", capabilities.SEE_ACCOUNT))
    assert ben.get(THERE).status_code == 403


def test_the_letters_of_an_account_show_what_was_written(ann):
    account = billed()
    final_notice(account)
    ann.post(THERE, officers.posted())
    correspondence.carry_out(queries.newest(), by=BY, processes=1)
    page = ann.get(f"/revenues/accounts/{account.reference}/letters").content.decode()
    assert "Council Tax final notice" in page
    assert makers.YEAR.name in page
