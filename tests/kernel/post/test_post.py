"""The incoming post: kept as it came, filed where it belongs, dealt with once."""

from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from borough.kernel.facts.models import Fact
from borough.kernel.post import commands, looking, models, queries
from borough.lines.revenues import billing
from tests import makers, markup, officers

PDF = makers.a_pdf()
ON = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def _archive(tmp_path, settings):
    settings.DOCUMENTS = tmp_path


def taken_in(content: bytes = PDF, **changed) -> models.Item:
    given = {
        "how": "letter",
        "about": "dispute",
        "received_on": date(2025, 3, 3),
        "folder": settings.DOCUMENTS,
        "by": makers.everything(),
        "on": ON,
    }
    return commands.take_in(content=content, **(given | changed))


def a_billed_account():
    account = makers.an_account()
    billing.bill_accounts([account.pk], makers.YEAR, on=ON, by=makers.everything(), because="x")
    return account


def test_what_came_in_waits_until_it_is_dealt_with(db):
    account, item = a_billed_account(), taken_in()
    assert queries.waiting() == [item]
    where = queries.belongs(account.reference)
    by = makers.everything()
    commands.file_under(item=item, thing=where.thing, people=where.people, by=by, on=ON)
    commands.finish(item=item, people=where.people, by=by, on=ON)
    assert queries.waiting() == []
    person = account.liabilities.get().person_id
    told = Fact.objects.filter(concerns__person_id=person, what__startswith="kernel.post")
    assert {one.what for one in told} == {"kernel.post_filed", "kernel.post_done"}


def test_the_same_file_is_kept_once(db):
    taken_in()
    with pytest.raises(commands.AlreadyHere):
        taken_in()
    assert models.Item.objects.count() == 1


def test_it_is_filed_before_it_is_dealt_with_and_dealt_with_once(db):
    item, by = taken_in(), makers.everything()
    with pytest.raises(commands.NotFiled):
        commands.finish(item=item, people=(), by=by, on=ON)
    commands.file_under(item=item, thing="revenues.account/1", people=(), by=by, on=ON)
    commands.finish(item=item, people=(), by=by, on=ON)
    with pytest.raises(commands.AlreadyDone):
        commands.finish(item=item, people=(), by=by, on=ON)
    with pytest.raises(commands.AlreadyDone):
        commands.file_under(item=item, thing="revenues.account/2", people=(), by=by, on=ON)


def test_it_cannot_have_come_tomorrow(db):
    with pytest.raises(commands.NotADay):
        taken_in(received_on=date(2025, 3, 11))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ\x90 a program", "not a PDF, JPEG or PNG"),
        (b"<html><script>", "not a PDF, JPEG or PNG"),
        (b"", "not a PDF, JPEG or PNG"),
        (b"%PDF-1.4 /OpenAction << /S /JavaScript >>", "holds a program"),
        (b"%PDF-1.4 /Encrypt 5 0 R", "locked by a password"),
        (b"%PDF-1.7 of forty bytes, and no page %%EOF", "does not open"),
        (b"\x89PNG\r\n\x1a\n", "does not open"),
        (b"\xff\xd8\xff\xe0 a head", "does not open"),
    ],
)
def test_what_is_no_scan_is_refused_with_what_to_do(content, says):
    with pytest.raises(looking.NotAScan, match=says):
        looking.media(content)


def test_an_officer_takes_in_files_and_finishes_a_letter(db):
    account = a_billed_account()
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    upload = SimpleUploadedFile("letter.pdf", PDF, content_type="application/pdf")
    day = markup.day_data("received_on", date(2025, 3, 3))
    answers = officers.posted(how="letter", about="dispute", **day)
    response = ann.post("/post/new", {**answers, "file": upload}, follow=True)
    assert "Taken in" in response.content.decode()
    where = response.redirect_chain[-1][0]
    wrong = ann.post(where, officers.posted(number="999999")).content.decode()
    assert "No account has this number" in wrong
    right = ann.post(where, officers.posted(number=account.reference), follow=True)
    assert f"Filed under Council Tax {account.reference}" in right.content.decode()
    file = ann.get(f"{where}/file")
    assert file.content == PDF
    assert file["Content-Disposition"].startswith("attachment")
    assert "Dealt with" in ann.post(where, officers.posted(), follow=True).content.decode()
    markup.check(ann.get("/post/").content.decode())


def test_who_gives_only_a_name_is_found_and_the_account_leads_back_to_the_post(db):
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    account, item = a_billed_account(), taken_in()
    where = f"/post/{item.pk}"
    offered = ann.post(where, officers.posted(number="rimmer")).content.decode()
    markup.check(offered)
    assert f'value="{account.reference}"' in offered
    nobody = ann.post(where, officers.posted(number="Quux Xyzzy")).content.decode()
    assert "nobody of this name pays one" in nobody
    filed = ann.post(where, officers.posted(number=account.reference), follow=True).content.decode()
    markup.check(filed)
    assert f'href="/revenues/accounts/{account.reference}/hold"' in filed  # it is a dispute
    page = f"/revenues/accounts/{account.reference}"
    assert f'href="{where}"' in ann.get(page).content.decode()
    ann.post(where, officers.posted())
    assert f'href="{where}"' not in ann.get(page).content.decode()


def test_an_officer_without_the_capability_is_refused(db):
    bob = officers.a_visitor(officers.an_officer("Bob Example"))
    assert bob.get("/post/").status_code == 403
