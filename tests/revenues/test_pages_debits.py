"""The pages of Direct Debit: an account's own, the collections, what banks sent back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from borough.kernel.bank.models import BankDetails
from borough.kernel.facts.models import Fact
from borough.kernel.runs.models import Run
from borough.lines.revenues import capabilities, collections, models
from borough.lines.revenues.pages import advice_lines as line_pages
from borough.lines.revenues.pages import collections as collection_pages
from borough.lines.revenues.pages import instructions as pages
from borough.lines.revenues.pages import new_details as new_details_pages
from borough.lines.revenues.pages import returned as returned_pages
from tests import markup, officers
from tests.revenues import debits
from tests.revenues.test_instructions import billed
from tests.revenues.test_returned import arudd

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)


@pytest.fixture
def ann():
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


@pytest.fixture
def tom():
    return officers.a_visitor(officers.an_officer("Tom Example", *officers.every_capability()))


def here(account: models.Account, more: str = "") -> str:
    return f"/revenues/accounts/{account.reference}/direct-debit{more}"


def set_up(visitor, account):
    return visitor.post(
        here(account, "/new"),
        officers.posted(
            payer=str(account.liabilities.get().person_id),
            name="M RIMMER",
            sort_code="00-00-00",
            account_number="12345678",
            source="telephone",
            payment_day="1",
            **markup.day_data("agreed_on", TODAY),
        ),
    )


def test_an_account_without_one_offers_to_set_one_up(ann):
    account = billed(band="B")
    page = ann.get(here(account)).content.decode()
    assert "This account has no Direct Debit" in page
    assert "Set up a Direct Debit" in page
    markup.check(page)


def test_setting_up_shows_the_last_four_figures_and_no_more(ann):
    account = billed(band="B")
    assert set_up(ann, account).status_code == 302
    page = ann.get(here(account)).content.decode()
    assert "account ending 5678" in page
    assert "12345678" not in page
    assert "Waits for a second officer" in page
    assert "Confirm the bank details" not in page  # not by whoever keyed them
    markup.check(page)


def test_a_colleague_confirms_by_keying_again(ann, tom):
    account = billed(band="B")
    set_up(ann, account)
    wrong = officers.posted(sort_code="000000", account_number="12345679")
    page = tom.post(here(account, "/confirmation"), wrong).content.decode()
    assert "not what your colleague keyed" in page
    assert BankDetails.objects.get().confirmed_by is None
    right = officers.posted(sort_code="00 00 00", account_number="12345678")
    assert tom.post(here(account, "/confirmation"), right).status_code == 302
    assert BankDetails.objects.get().may_be_used


def test_whoever_keyed_them_is_told_to_ask_a_colleague(ann):
    account = billed(band="B")
    set_up(ann, account)
    answers = officers.posted(sort_code="000000", account_number="12345678")
    assert "Ask a colleague" in ann.post(here(account, "/confirmation"), answers).content.decode()


def test_stopping_going_on_moving_and_ending(ann):
    account = debits.a_payer(band="B")
    for way in ("/stop", "/stop"):
        assert ann.post(here(account, way), officers.posted()).status_code == 302
    moved = ann.post(here(account, "/day"), officers.posted(payment_day="15"))
    assert moved.status_code == 302
    assert models.Bill.objects.get(account=account, version=2).payment_day == 15
    assert ann.post(here(account, "/end"), officers.posted()).status_code == 302
    assert account.instructions.get().why_ended == "payer"
    assert ann.get(here(account, "/end")).status_code == 404


def prepared(visitor, day: date) -> Run:
    answer = visitor.post(
        "/revenues/collections", officers.posted(**markup.day_data("entry_day", day))
    )
    assert answer.status_code == 302, answer.content.decode()
    run = Run.objects.get(kind=collections.PREVIEW)
    assert answer.headers["Location"] == f"/revenues/collections/previews/{run.pk}"
    return run


def test_one_prepares_another_commits_and_fetches_the_file(ann, tom):
    debits.a_payer(band="B")
    stopped = debits.a_payer(band="B")
    stopped.instructions.get().stops.create(why="officer", starts=TODAY)
    run = prepared(ann, date(2025, 4, 1))
    assert (
        "waiting for the worker"
        in ann.get(f"/revenues/collections/previews/{run.pk}").content.decode()
    )
    collections.preview(run)
    page = ann.get(f"/revenues/collections/previews/{run.pk}").content.decode()
    assert "Ask a colleague who may commit" in page
    assert "£189.93" in page
    assert "Collecting is stopped" in page
    markup.check(page)
    left_out = ann.get(f"/revenues/collections/{run.pk}/left-out/stopped").content.decode()
    assert stopped.reference in left_out
    markup.check(left_out)
    done = tom.post(f"/revenues/collections/previews/{run.pk}", officers.posted())
    made = models.Collection.objects.get()
    assert done.headers["Location"] == f"/revenues/collections/{made.pk}"
    collections.carry_out(made.run, by=debits.TOM)
    page = tom.get(f"/revenues/collections/{made.pk}").content.decode()
    assert "read back item by item" in page
    assert "What changed since the preview" not in page
    markup.check(page)
    file = tom.post(f"/revenues/collections/{made.pk}/file", officers.posted())
    assert file.content.startswith(b"VOL1")
    assert Fact.objects.filter(what="revenues.file_fetched").count() == 1
    markup.check(tom.get("/revenues/collections").content.decode())


def test_what_changed_between_preview_and_commit_is_said(ann, tom):
    account = debits.a_payer(band="B")
    run = prepared(ann, date(2025, 4, 1))
    collections.preview(run)
    account.instructions.get().stops.create(why="officer", starts=TODAY)
    tom.post(f"/revenues/collections/previews/{run.pk}", officers.posted())
    made = models.Collection.objects.get()
    collections.carry_out(made.run, by=debits.TOM)
    page = tom.get(f"/revenues/collections/{made.pk}").content.decode()
    assert "What changed since the preview" in page
    markup.check(page)


def test_a_day_that_is_too_soon_is_refused_with_the_soonest(ann):
    debits.a_payer(band="B")
    answers = officers.posted(**markup.day_data("entry_day", TODAY))
    assert "Choose 12 March 2025" in ann.post("/revenues/collections", answers).content.decode()


def test_a_file_of_advices_is_loaded_shown_and_settled(ann):
    account = debits.a_payer(band="B")
    item = debits.posted(debits.collected()).items.get()
    upload = SimpleUploadedFile("arudd.xml", arudd(item, code="4"), "text/xml")
    answer = ann.post("/revenues/advices", officers.posted(said="ARUDD") | {"file": upload})
    assert answer.status_code == 302, answer.content.decode()
    page = ann.get(answer.headers["Location"]).content.decode()
    assert "The payer disputes what was told" in page
    markup.check(page)
    advice = models.Advice.objects.get()
    waiting = ann.get("/revenues/advices").content.decode()
    assert f"/revenues/advices/lines/{advice.pk}" in waiting
    markup.check(waiting)
    there = f"/revenues/advices/lines/{advice.pk}"
    line = ann.get(there).content.decode()
    assert "£190.00 was taken back: the account owes it again." in line
    assert "Speak with the payer about the amount and the day." in line
    markup.check(line)
    markup.check(ann.get(f"{there}/outcome").content.decode())
    settled = ann.post(f"{there}/outcome", officers.posted(outcome="spoken"))
    assert settled.headers["Location"] == there
    line = ann.get(there).content.decode()
    assert "Agreed with the payer: collecting goes on. 10 March 2025, by Ann Example" in line
    assert "Nothing more is to be done." in line
    assert "Settle it" not in line
    again = ann.get(f"{there}/outcome", follow=True)
    assert "This is settled already." in again.content.decode()
    assert "Nothing waits" in ann.get("/revenues/advices").content.decode()
    assert "Returned" in ann.get(here(account)).content.decode()


def test_a_file_that_is_no_advice_is_refused_in_words(ann):
    upload = SimpleUploadedFile("x.xml", b"<html/>", "text/xml")
    page = ann.post("/revenues/advices", officers.posted(said="ARUDD") | {"file": upload})
    assert "no advice of Bacs" in page.content.decode()


def test_the_banks_credit_is_recorded_from_the_collection(ann):
    debits.a_payer(band="B")
    collection = debits.posted(debits.collected())
    there = f"/revenues/collections/{collection.pk}/credit"
    assert there in ann.get(f"/revenues/collections/{collection.pk}").content.decode()
    assert "Look for the difference" in ann.post(there, officers.posted(pence="1")).content.decode()
    assert ann.post(there, officers.posted(pence="190")).status_code == 302
    assert (
        "credited by the bank" in ann.get(f"/revenues/collections/{collection.pk}").content.decode()
    )


def test_a_claim_is_recorded_from_the_collection_it_is_about(ann):
    account = debits.a_payer(band="B")
    item = debits.posted(debits.collected()).items.get()
    there = here(account, f"/claims/{item.pk}")
    assert there in ann.get(here(account)).content.decode()
    assert ann.post(there, officers.posted(code="1", pence="190")).status_code == 302
    assert models.Advice.objects.get().pence == 19_000


def test_who_may_not_see_collections_is_told_so():
    visitor = officers.a_visitor(officers.an_officer("Sue Example", capabilities.SEE_ACCOUNT))
    assert visitor.get("/revenues/collections").status_code == 403
    assert visitor.get("/revenues/advices").status_code == 403


def test_the_home_page_says_what_waits(ann, tom):
    debits.a_payer(band="B")
    run = prepared(ann, date(2025, 4, 1))
    collections.preview(run)
    assert "are prepared: look and commit them" in tom.get("/").content.decode()
    assert "are prepared: look and commit them" not in ann.get("/").content.decode()


def test_every_field_answers_in_our_own_words(db):
    account = billed(band="B")
    for form in (
        pages.SetUp(account=account),
        pages.Again(),
        pages.Day(),
        pages.Claim(on=TODAY),
        collection_pages.Prepare(),
        collection_pages.Credit(),
        returned_pages.Load(),
        line_pages.Settle(),
        line_pages.Place(),
        new_details_pages.NewAccount(),
    ):
        markup.check_own_words(form)
