"""The bank's desk as an officer sees it: loading, what waits, whose it may be, giving it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from borough.kernel.bank import capabilities, importing, models, queries
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import queries as ledger
from borough.kernel.runs.models import Run
from borough.lines.revenues import billing
from borough.lines.revenues import capabilities as revenues
from tests import makers, markup, officers
from tests.revenues.test_receipts import billed

HEAD = "Account,Amount,Paid on\n"
TODAY = date(2025, 3, 10)


@pytest.fixture
def ann(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def upload(client, content: str | bytes, name: str = "receipts.csv", **answers):
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, raw, "text/csv")
    asked = {"layout": "bank-receipts", "file": file, **answers}
    return client.post("/bank/statements", officers.posted(**asked))


def taken_in() -> models.StatementFile:
    importing.carry_out(Run.objects.get(kind=importing.KIND), by=makers.everything())
    return models.StatementFile.objects.get()


def test_a_file_is_loaded_taken_in_and_shown(ann):
    account = billed()
    rows = f"{account.reference},10.00,01/03/2025\nx,1.00,01/03/2025\ny,ten,01/03/2025\n"
    response = upload(ann, HEAD + rows)
    waiting = ann.get(response.url).content.decode()
    assert "parts taken in" in waiting
    markup.check(waiting)
    file = taken_in()
    assert response.url == f"/bank/statements/{file.pk}"
    shown = ann.get(response.url).content.decode()
    assert "1 of 2 entries posted" in shown
    assert "Account: y" in shown
    assert "Amount is not an amount" in shown
    markup.check(shown)


def test_every_row_set_aside_can_be_looked_at_page_by_page(ann):
    billed()
    upload(ann, HEAD + "".join(f"x{n},ten,01/03/2025\n" for n in range(600)))
    file = taken_in()
    first = ann.get(f"/bank/statements/{file.pk}").content.decode()
    assert "600 rows were set aside" in first
    last = ann.get(f"/bank/statements/{file.pk}?page=24").content.decode()
    assert "Account: x599" in last


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("receipts.csv", b"\x00\x01\x02", "not text"),
        ("receipts.exe", b"Account,Amount,Paid on\n1,2,3", "CSV or XML"),
        ("receipts.csv", b"", "empty"),
        ("receipts.xml", b"<!DOCTYPE x><x/>", "no column Account"),
    ],
)
def test_a_hostile_file_is_refused_in_words(ann, name, content, words):
    page = upload(ann, content, name).content.decode()
    assert words in page
    assert not Run.objects.exists()
    markup.check(page, in_error=True)


def test_a_statement_with_a_document_type_is_not_read(ann):
    page = upload(ann, b"<!DOCTYPE x><x/>", "a.xml", layout="camt.053").content.decode()
    assert "declares a document type" in page


def in_suspense(ann, row: str) -> models.Entry:
    upload(ann, HEAD + row)
    taken_in()
    return models.Entry.objects.get()


def test_what_waits_is_shown_by_age_and_found_its_owner_from_there(ann):
    account = billed()
    entry = in_suspense(ann, f"rates {account.reference},10.00,01/03/2025\n")
    page = ann.get("/bank/suspense").content.decode()
    assert "£10.00" in page
    assert "has waited 8 to 30 days" in page
    assert f"/bank/entries/{entry.pk}" in page
    assert f"Entry {entry.pk}" not in ann.get("/bank/suspense?age=0").content.decode()
    markup.check(page)
    shown = ann.get(f"/bank/entries/{entry.pk}").content.decode()
    assert f"the payer wrote the number {account.reference}" in shown
    markup.check(shown)
    where = (
        f"/bank/entries/{entry.pk}/account?account={account.reference}&kind={billing.KIND}&sure=60"
    )
    markup.check(ann.get(where).content.decode())
    answers = {"kind": billing.KIND, "reference": account.reference, "pence": "10.00"}
    done = ann.post(where, officers.posted(**answers))
    assert done.url == f"/bank/entries/{entry.pk}"
    assert queries.waiting() == []
    assert ledger.balance(billing.KIND, account.reference) == 188_993
    assert models.Placed.objects.get().certainty_percent == 60


def test_an_account_that_is_not_there_is_told_beside_the_question(ann):
    billed()
    entry = in_suspense(ann, "x,10.00,01/03/2025\n")
    answers = {"kind": billing.KIND, "reference": "1", "pence": "10.00"}
    page = ann.post(f"/bank/entries/{entry.pk}/account", officers.posted(**answers))
    assert "No account has the number 1" in page.content.decode()
    markup.check(page.content.decode(), in_error=True)


def test_what_was_stopped_is_posted_by_hand(ann):
    billed()
    entry = in_suspense(ann, "x,10.00,01/03/2019\n")
    page = ann.get(f"/bank/entries/{entry.pk}").content.decode()
    assert "no open period" in page
    done = ann.post(f"/bank/entries/{entry.pk}/posting", officers.posted())
    assert done.status_code == 302
    assert [row.pence for row in queries.waiting()] == [1_000]


def test_a_look_at_an_entry_is_recorded_and_needs_a_purpose(ann):
    billed()
    entry = in_suspense(ann, "x,10.00,01/03/2025\n")
    ann.get(f"/bank/entries/{entry.pk}")
    assert Fact.objects.filter(what="kernel.looked", thing__startswith="kernel.bank").count() == 1
    bob = officers.an_officer("Bob Example", *officers.every_capability())
    without = officers.a_visitor(bob, purpose="")
    assert "/purpose" in without.get(f"/bank/entries/{entry.pk}").url


def test_pages_of_what_is_not_there_say_so(ann):
    for address in ("statements/9", "entries/9", f"entries/{2**70}"):
        assert ann.get(f"/bank/{address}").status_code == 404


def test_officers_without_the_capability_are_refused(db):
    officer = officers.an_officer("Carol Example", capabilities.KEY_BANK_DETAILS)
    carol = officers.a_visitor(officer)
    for address in ("statements", "suspense"):
        assert carol.get(f"/bank/{address}").status_code == 403


def test_an_officer_sets_a_payment_against_another_year(ann):
    account = billed(makers.YEAR.preceding, makers.YEAR)
    upload(ann, f"{HEAD}{account.reference},10.00,01/03/2025\n")
    taken_in()
    shown = ann.get(f"/revenues/accounts/{account.reference}/receipts").content.decode()
    assert "The newest year that is owed for" in shown
    markup.check(shown)
    [way] = [part.split('"')[0] for part in shown.split('href="') if "/year" in part.split('"')[0]]
    markup.check(ann.get(way).content.decode())
    done = ann.post(way, officers.posted(to_year="2024-25", pence="10.00"))
    assert done.status_code == 302
    again = ann.get(done.url).content.decode()
    assert "An officer set it so" in again


def test_who_may_only_look_at_payments_is_offered_no_change(db):
    account = billed(makers.YEAR.preceding, makers.YEAR)
    officer = officers.an_officer("Dan Example", revenues.SEE_ACCOUNT)
    page = officers.a_visitor(officer).get(f"/revenues/accounts/{account.reference}/receipts")
    assert "another year" not in page.content.decode()
