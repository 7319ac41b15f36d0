"""The day's post: every letter leaves once, in order, or stays for a reason; counts agree."""

import csv
import hashlib
from datetime import date

import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel import commanding
from borough.kernel.documents import commands as documents
from borough.kernel.documents import paging, printing
from borough.kernel.documents.models import Document, Print
from borough.kernel.facts.models import Fact
from borough.kernel.outgoing import batches, classes, commands, models, print_files, queries
from borough.kernel.outgoing.routing import Way
from borough.kernel.people.models import Need, Person
from borough.kernel.runs.models import Run
from borough.lines.revenues.letters import specimen
from tests import makers

ON = date(2026, 6, 10)
BY = makers.everything()


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    settings.POST = tmp_path / "post"
    return tmp_path


def a_person() -> Person:
    return Person.objects.create(given_names="Mary", family_name="Rimmer")


def a_letter(postcode: str = "ZZ1 1AA", *, pages: int = 1, person: Person | None = None) -> int:
    """Issue a letter of one page or of two; return the document's id."""
    head = specimen.a_head(address=("1 Street", postcode))
    said = specimen.a_refund(head=head) if pages == 1 else specimen.a_notice(head=head)
    letter = documents.Letter(
        said.as_json(), "revenues.account/100001", [person.pk] if person else []
    )
    [number] = documents.issue_many(said.slug, [letter], template=said.TEMPLATE, by=BY, on=ON)
    return number


def posted() -> Run:
    run = commands.ask_post(by=BY, on=ON)
    batches.carry_out(run, by=BY, processes=1)
    return run


def manifest(run: Run) -> list[dict[str, str]]:
    path = print_files.folder_of(models.Batch.objects.get(pk=run.pk)) / print_files.MANIFEST
    return list(csv.DictReader(path.read_text().splitlines()))


# Once, in order, and the counts agree


def test_letters_are_posted_by_class_and_postcode_and_counted(db):
    far, near, long = a_letter("ZZ9 9ZZ"), a_letter("AA1 1AA"), a_letter("BB2 2BB", pages=2)
    run = posted()
    rows = manifest(run)
    assert [int(row["document"]) for row in rows] == [near, long, far]
    assert [int(row["position"]) for row in rows] == [1, 2, 3]
    assert [row["pages"] for row in rows] == ["1", "2", "1"]
    counts = queries.counts(run)
    assert (counts.letters, counts.posted, counts.pages, counts.reconciles) == (3, 3, 4, True)
    stand = queries.standing()
    assert (stand.issued, stand.posted, stand.waiting) == (3, 3, 0)
    [fact] = Fact.objects.filter(what="kernel.post_made")
    assert (fact.detail["posted"], fact.detail["pages"]) == (3, 4)


def test_the_print_file_has_each_letter_on_its_own_sheets_behind_one_that_counts(db):
    a_letter("AA1 1AA")
    a_letter("BB2 2BB", pages=2)
    run = posted()
    folder = print_files.folder_of(models.Batch.objects.get(pk=run.pk))
    [name] = {row["file"] for row in manifest(run)}
    with pikepdf.open(folder / name) as merged:
        # The counting sheet, a page with its blank side, and two pages.
        assert len(merged.pages) == 2 + 2 + 2
    assert [int(row["first_page"]) for row in manifest(run)] == [3, 5]


def test_the_manifest_names_nobody_and_its_hashes_are_those_of_the_archive(db):
    number = a_letter()
    run = posted()
    path = print_files.folder_of(models.Batch.objects.get(pk=run.pk)) / print_files.MANIFEST
    assert "Mary" not in path.read_text()
    pdf = printing.pdf_of(Document.objects.select_related("template").get(pk=number))
    assert manifest(run)[0]["sha256"] == hashlib.sha256(pdf).hexdigest()


def test_a_letter_is_posted_once(db):
    a_letter()
    posted()
    with pytest.raises(commands.NothingToPost):
        commands.ask_post(by=BY, on=ON)
    other = a_letter()
    run = posted()
    assert [int(row["document"]) for row in manifest(run)] == [other]


def test_the_database_keeps_a_letter_from_leaving_twice_and_from_coming_back(db):
    number = a_letter()
    run = posted()
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Dispatch.objects.create(document_id=number, means="hand", on=ON, by="x")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from outgoing_dispatch where batch_id = %s", [run.pk])


def test_a_letter_issued_meanwhile_goes_with_the_next_post(db):
    a_letter()
    run = commands.ask_post(by=BY, on=ON)
    late = a_letter()
    batches.carry_out(run, by=BY, processes=1)
    assert not models.Dispatch.objects.filter(document=late).exists()
    assert [one.document for one in queries.waiting(ON)] == [late]


# Killed and started again


def killed(*_, **__):
    raise KeyboardInterrupt


@pytest.mark.parametrize("where", ["printing.print_these", "print_files.write", "_finish"])
def test_stopped_anywhere_and_started_again_nothing_is_doubled(db, monkeypatch, where):
    numbers = [a_letter() for _ in range(3)]
    run = commands.ask_post(by=BY, on=ON)
    with monkeypatch.context() as patch:
        room, _, name = where.rpartition(".")
        patch.setattr(getattr(batches, room) if room else batches, name, killed)
        with pytest.raises(KeyboardInterrupt):
            batches.carry_out(run, by=BY, processes=1)
    batches.carry_out(run, by=BY, processes=1)
    batches.carry_out(run, by=BY, processes=1)
    assert sorted(int(row["document"]) for row in manifest(run)) == numbers
    assert models.Dispatch.objects.count() == 3
    assert Fact.objects.filter(what="kernel.post_made").count() == 1


def test_files_that_were_lost_come_out_the_same(db):
    a_letter()
    batch = models.Batch.objects.get(pk=posted().pk)
    folder = print_files.folder_of(batch)
    before = {path.name: print_files.fingerprint(path) for path in folder.iterdir()}
    for path in folder.iterdir():
        path.unlink()
    print_files.write(batch)
    assert {path.name: print_files.fingerprint(path) for path in folder.iterdir()} == before


def test_no_second_post_is_asked_for_while_one_is_being_made(db):
    a_letter()
    commands.ask_post(by=BY, on=ON)
    with pytest.raises(commands.StillMaking):
        commands.ask_post(by=BY, on=ON)


# What stays


@pytest.mark.parametrize(
    "kind", [Need.Kind.BRAILLE, Need.Kind.EASY_READ, Need.Kind.SAFE_CONTACT, "telephone_first"]
)
def test_who_cannot_use_paper_gets_it_by_hand_and_no_letter_is_posted(db, kind):
    mary = a_person()
    Need.objects.create(person=mary, kind=kind, starts=date(2026, 1, 1))
    a_letter(person=mary)
    a_letter()
    counts = queries.counts(posted())
    assert (counts.posted, counts.hand, counts.held, counts.reconciles) == (1, 1, 0, True)
    assert counts.reasons == (("hand", str(Need.Kind(kind).label), 1),)


def test_a_need_that_has_ended_holds_nothing_back(db):
    mary = a_person()
    Need.objects.create(
        person=mary, kind=Need.Kind.BRAILLE, starts=date(2026, 1, 1), ends=date(2026, 6, 10)
    )
    a_letter(person=mary)
    assert queries.counts(posted()).posted == 1


def test_after_mail_came_back_letters_are_held_until_that_is_settled(db):
    mary = a_person()
    kept = a_letter(person=mary)
    a_letter()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into holds_hold (kind, person_id, thing, part, reason_code, forbids, starts,"
            " review_by, placed_on, placed_by, placed_by_line) values ('returned_mail', %s, '', '',"
            " '', '{reminder}', %s, %s, %s, 'officer/1', 'kernel')",
            [mary.pk, ON, ON, ON],
        )
    counts = queries.counts(posted())
    assert (counts.posted, counts.held, counts.reconciles) == (1, 1, True)
    [route] = queries.waiting(ON)
    assert (route.document, route.way) == (kept, Way.HELD)
    assert "came back undelivered" in route.reason


def test_what_was_given_by_hand_is_recorded_and_waits_no_more(db):
    mary = a_person()
    Need.objects.create(person=mary, kind=Need.Kind.BRAILLE, starts=date(2026, 1, 1))
    document = Document.objects.get(pk=a_letter(person=mary))
    commands.record_given(document=document, by=BY, on=ON)
    assert queries.waiting(ON) == []
    assert queries.standing().hand == 1
    [fact] = Fact.objects.filter(what="kernel.letter_given")
    assert fact.detail["document"] == document.pk
    with pytest.raises(commands.HasLeft):
        commands.record_given(document=document, by=BY, on=ON)


def test_a_letter_that_cannot_be_set_is_held_and_stops_no_other(db):
    a_letter()
    broken = documents.issue(
        "revenues.refund_paid",
        template="lines/revenues/letters/refund.typ",
        data={"title": "Broken", "address": ["ZZ1 1AA"]},
        by=BY,
        on=ON,
    )
    counts = queries.counts(posted())
    assert (counts.posted, counts.held, counts.reconciles) == (1, 1, True)
    assert not models.Dispatch.objects.filter(document=broken).exists()


def test_who_may_not_send_post_is_refused(db):
    a_letter()
    with pytest.raises(commanding.NotAllowed):
        commands.ask_post(by=makers.nobody(), on=ON)


# Pages, sheets, classes


def test_a_print_knows_its_pages_and_one_from_before_is_counted(db):
    number = a_letter(pages=2)
    pdf = printing.pdf_of(Document.objects.select_related("template").get(pk=number))
    made = Print.objects.get(document=number)
    assert made.pages == paging.pages_of(pdf) == 2


@pytest.mark.parametrize(
    ("pages", "sheets", "slug"),
    [(1, 1, "1-sheet"), (2, 1, "1-sheet"), (3, 2, "2-sheets"), (4, 2, "2-sheets"),
     (5, 3, "3-to-5-sheets"), (10, 5, "3-to-5-sheets"), (11, 6, "large"), (99, 50, "large")],
)  # fmt: skip
def test_pages_are_sheets_and_sheets_are_a_class(pages, sheets, slug):
    assert classes.sheets(pages) == sheets
    assert classes.ALL[classes.of(pages)].slug == slug
