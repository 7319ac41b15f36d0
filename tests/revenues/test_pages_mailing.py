"""The page of a billing run's letters, the console and the postal batch."""

import csv
import hashlib
from datetime import date

import pikepdf
import pytest
from rich.console import Console

from borough.kernel.documents import archive
from borough.kernel.documents.models import Document, Print
from borough.kernel.outgoing import batches
from borough.kernel.outgoing import commands as posting
from borough.kernel.outgoing import queries as outgoing
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import (
    annual,
    bill_command,
    capabilities,
    mailing,
    mailing_command,
    postal,
)
from borough.lines.revenues.commands import annual as annual_commands
from borough.lines.revenues.queries import mailing as queries
from tests import makers, markup, officers

BY = makers.everything()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS


@pytest.fixture
def ann(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def billed() -> Run:
    run = annual_commands.ask_billing(year=makers.YEAR, by=BY, on=makers.BILLING_DAY)
    annual.carry_out(run, by=BY)
    return run


def made(billing: Run) -> Run:
    run = queries.letters_of(billing)
    mailing.carry_out(run, by=BY, processes=1)
    return run


def test_letters_are_asked_for_watched_and_counted(ann):
    makers.an_account()
    left_out = makers.an_account()
    billing = billed()
    there = f"/revenues/billing/runs/{billing.pk}/letters"
    assert there in ann.get(f"/revenues/billing/runs/{billing.pk}").content.decode()
    markup.check(ann.get(there).content.decode())
    answers = officers.posted()
    for _ in range(2):  # the second press of the button asks for nothing more
        assert ann.post(there, answers).url == there
    assert Run.objects.filter(kind=queries.LETTERS).count() == 1
    page = ann.get(there).content.decode()
    assert "waiting for the worker" in page
    markup.check(page)
    left_out.households.update(adults=1)
    made(billing)
    page = ann.get(there).content.decode()
    assert "1 letter, 1 printed" in page
    assert "Something has changed since 2025-26 was billed" in page
    assert left_out.reference in page
    markup.check(page)


def test_half_printed_letters_are_shown_as_such(ann, monkeypatch):
    makers.an_account()
    billing = billed()
    there = f"/revenues/billing/runs/{billing.pk}/letters"
    ann.post(there, officers.posted())
    monkeypatch.setattr(mailing.printing, "print_these", killed)
    with pytest.raises(KeyboardInterrupt):
        made(billing)
    page = ann.get(there).content.decode()
    assert "0 of 1 letters printed" in page
    markup.check(page)


def killed(*_, **__):
    raise KeyboardInterrupt


def test_a_letter_that_cannot_be_set_is_named_on_the_page(ann, monkeypatch):
    account = makers.an_account()
    billing = billed()
    there = f"/revenues/billing/runs/{billing.pk}/letters"
    ann.post(there, officers.posted())
    monkeypatch.setattr(mailing.printing, "print_these", lambda *_, **__: None)
    made(billing)
    page = ann.get(there).content.decode()
    assert "Some letters could not be set" in page
    assert f"/revenues/letters/{Document.objects.get().pk}" in page
    assert account.reference in page
    markup.check(page)


def test_first_payments_that_come_too_soon_after_the_letters_are_seen(db):
    makers.an_account()  # its first payment is due on 1 April
    billing = billed()
    assert not queries.due_too_soon(billing, date(2025, 3, 18))
    assert queries.due_too_soon(billing, date(2025, 3, 19))


def test_who_may_only_prepare_watches_and_does_not_ask(db):
    makers.an_account()
    billing = billed()
    bob = officers.a_visitor(officers.an_officer("Bob Example", capabilities.PREVIEW_BILLING))
    there = f"/revenues/billing/runs/{billing.pk}/letters"
    page = bob.get(there).content.decode()
    assert "A colleague who may commit billing asks" in page
    bob.post(there, officers.posted())
    assert queries.letters_of(billing) is None
    assert bob.get("/revenues/billing/runs/0/letters").status_code == 404


def test_the_console_bills_writes_letters_and_the_postal_batch(own_database, capsys, tmp_path):
    accounts = [makers.an_account() for _ in range(2)]
    into = tmp_path / "post"
    assert bill_command.main("2025-26", letters=True, into=str(into)) == 0
    said = capsys.readouterr().out
    assert "2 notices = 0 had a letter + 0 left out + 2 letters issued" in " ".join(said.split())
    with (into / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["account"] for row in rows} == {account.reference for account in accounts}
    for row in rows:
        pdf = (into / row["file"]).read_bytes()
        assert hashlib.sha256(pdf).hexdigest() == row["sha256"]
        with pikepdf.open(into / row["file"]) as opened:
            assert len(opened.pages) == int(row["pages"]) == 2
    again = bill_command.main("2025-26", letters=True)
    assert again == 0
    assert "nothing was issued or printed" in capsys.readouterr().out


def test_a_batch_is_not_written_over_other_files_or_of_half_a_run(db, tmp_path):
    makers.an_account()
    billing = billed()
    console = Console(quiet=True)
    (tmp_path / "mine.txt").write_text("keep me")
    assert mailing_command.main(billing, console, into=str(tmp_path)) == 2
    run = queries.letters_of(billing)
    assert postal.write(run, tmp_path / "post", by=BY).letters == 1
    with pytest.raises(postal.FolderInUse, match="holds a batch already"):
        postal.write(run, tmp_path / "post", by=BY)
    half = runs.ask(queries.LETTERS, "half", asked=run.asked, parts=1, by=BY, on=makers.BILLING_DAY)
    with pytest.raises(postal.NotAllPrinted):
        postal.write(half, tmp_path / "other", by=BY)


def test_a_spoiled_letter_is_not_posted(db, tmp_path, folder):
    makers.an_account()
    billing = billed()
    assert mailing_command.main(billing, Console(quiet=True)) == 0
    archive.where(folder, Print.objects.get().pdf_sha256).write_bytes(b"%PDF- another letter")
    with pytest.raises(archive.Spoiled):
        postal.write(queries.letters_of(billing), tmp_path / "post", by=BY)
    assert not (tmp_path / "post" / "index.csv").exists()


def test_what_was_written_into_a_folder_does_not_go_with_the_days_post(db, tmp_path):
    makers.an_account()
    billing = billed()
    assert mailing_command.main(billing, Console(quiet=True), into=str(tmp_path / "post")) == 0
    assert outgoing.waiting(makers.BILLING_DAY) == []
    assert outgoing.standing().posted == 1


def test_what_has_left_with_the_days_post_is_not_written_into_a_folder(db, tmp_path, settings):
    settings.POST = tmp_path / "files"
    makers.an_account()
    billing = billed()
    assert mailing_command.main(billing, Console(quiet=True)) == 0
    run = posting.ask_post(by=BY, on=makers.BILLING_DAY)
    batches.carry_out(run, by=BY, processes=1)
    with pytest.raises(postal.HaveLeft, match="1 of these letters"):
        postal.write(queries.letters_of(billing), tmp_path / "post", by=BY)
