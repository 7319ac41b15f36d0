"""Letters by email: asked for, confirmed by a link, stopped when one comes back."""

import re
from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, transaction
from django.test import Client

from borough.kernel import commanding
from borough.kernel.documents import commands as documents
from borough.kernel.documents.models import Document
from borough.kernel.facts.models import Fact
from borough.kernel.outgoing import batches, commands, emailing, models, paperless, queries
from borough.kernel.outgoing.routing import Way
from borough.kernel.people.models import Need, Person
from borough.kernel.runs.models import Run
from borough.lines.revenues.letters import specimen
from borough.wiring import mail as wiring
from tests import makers, markup, officers

ON = date(2026, 6, 10)
BY = makers.everything()
ADDRESS = "mary@example.org"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    settings.POST = tmp_path / "post"


@pytest.fixture
def mary(db) -> Person:
    return makers.a_person("Mary", "Rimmer")


def by_email(person: Person, *, attach: bool = True, on: date = ON) -> models.Paperless:
    asked, secret = commands.ask_paperless(
        person=person, address=ADDRESS, attach=attach, by=BY, on=on
    )
    commands.confirm_paperless(secret=secret, by=BY, on=on)
    return asked


def a_letter(*people: Person, kind: str = "revenues.bill") -> int:
    said = specimen.a_refund()
    letter = documents.Letter(said.as_json(), "revenues.account/100001", [one.pk for one in people])
    [number] = documents.issue_many(kind, [letter], template=said.TEMPLATE, by=BY, on=ON)
    return number


def posted(on: date = ON) -> Run:
    run = commands.ask_post(by=BY, on=on)
    batches.carry_out(run, by=BY, processes=1)
    return run


# What is sent


def test_who_confirmed_has_the_letter_attached_and_no_paper(mary):
    by_email(mary)
    number = a_letter(mary)
    counts = queries.counts(posted())
    assert (counts.posted, counts.emailed, counts.reconciles) == (0, 1, True)
    [sent] = mail.outbox
    assert sent.to == [ADDRESS]
    [(name, content, kind)] = sent.attachments
    assert (name, kind) == ("letter.pdf", "application/pdf")
    assert bytes(content).startswith(b"%PDF")
    assert models.Dispatch.objects.get(document=number).means == "email"


def test_no_email_names_anybody_an_amount_or_an_account(mary):
    by_email(mary)
    by_email(other := makers.a_person("Joan", "Sutton"), attach=False)
    a_letter(mary)
    a_letter(other)
    posted()
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        text = sent.subject + sent.body
        for word in ("Mary", "Rimmer", "Joan", "Sutton", "100001", "£", "Seaholme"):
            assert word not in text


def test_without_leave_to_attach_the_letter_goes_on_paper_and_an_email_says_so(mary):
    by_email(mary, attach=False)
    a_letter(mary)
    counts = queries.counts(posted())
    assert (counts.posted, counts.emailed) == (1, 0)
    [sent] = mail.outbox
    assert sent.attachments == []
    assert "on its way to you by post" in sent.body


def test_what_asks_for_late_money_goes_on_paper_and_no_email_tells_of_it(mary):
    by_email(mary)
    by_email(other := makers.a_person("Joan", "Sutton"), attach=False)
    a_letter(mary, kind="revenues.final_notice")
    a_letter(other, kind="revenues.reminder")
    assert queries.counts(posted()).posted == 2
    assert mail.outbox == []


def test_a_joint_letter_goes_by_email_only_when_all_of_them_asked(mary):
    joan = makers.a_person("Joan", "Sutton")
    by_email(mary)
    a_letter(mary, joan)
    assert queries.waiting(ON)[0].way is Way.POST
    by_email(joan)
    assert queries.waiting(ON)[0].way is Way.EMAIL
    posted()
    assert len(mail.outbox) == 2


def test_nothing_goes_to_the_mailbox_of_somebody_who_has_died(mary):
    by_email(mary)
    by_email(other := makers.a_person("Joan", "Sutton"), attach=False)
    died = ON - timedelta(2)
    Person.objects.filter(pk__in=[mary.pk, other.pk]).update(date_of_death=ON)
    a_letter(mary)
    a_letter(other)
    assert queries.counts(posted()).posted == 2
    assert mail.outbox == []
    Person.objects.filter(pk=mary.pk).update(date_of_death=died)  # confirmed by the executors
    a_letter(mary)
    assert queries.waiting(ON)[0].way is Way.EMAIL


def test_who_needs_it_by_hand_has_it_by_hand(mary):
    by_email(mary)
    Need.objects.create(person=mary, kind=Need.Kind.BRAILLE, starts=ON)
    a_letter(mary)
    assert queries.waiting(ON)[0].way is Way.HAND


def test_started_again_no_email_is_sent_twice(mary, monkeypatch):
    by_email(mary)
    a_letter(mary)
    run = commands.ask_post(by=BY, on=ON)
    with monkeypatch.context() as patch:
        patch.setattr(batches.print_files, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            batches.carry_out(run, by=BY, processes=1)
    batches.carry_out(run, by=BY, processes=1)
    assert len(mail.outbox) == 1


def killed(*_, **__):
    raise KeyboardInterrupt


# What fails


class Closed(EmailBackend):
    def send_messages(self, messages):
        raise SMTPException("closed")


def test_what_the_server_does_not_take_is_tried_again_and_goes_on_paper_in_the_end(mary, settings):
    by_email(mary)
    a_letter(mary)
    settings.EMAIL_BACKEND = f"{__name__}.Closed"
    for day in range(emailing.MOST_FAILURES):
        counts = queries.counts(posted(on=ON + timedelta(day)))
        assert (counts.emailed, counts.unsent, counts.reconciles) == (0, 1, True)
    assert queries.waiting(ON)[0].way is Way.POST


def test_when_an_email_came_back_letters_go_on_paper_and_the_lost_one_once_more(mary):
    by_email(mary)
    number = a_letter(mary)
    posted()
    [again] = commands.record_bounce(person=mary, by=BY, on=ON)
    assert Document.objects.get(pk=again).data == Document.objects.get(pk=number).data
    assert [(one.document, one.way) for one in queries.waiting(ON)] == [(again, Way.POST)]
    assert Fact.objects.get(what="kernel.email_ended").detail["why"] == "bounced"
    with pytest.raises(commands.NotByEmail):
        commands.record_bounce(person=mary, by=BY, on=ON)


# Asking, confirming, ending


def test_nothing_goes_by_email_before_the_link_was_followed(mary):
    commands.ask_paperless(person=mary, address=ADDRESS, attach=True, by=BY, on=ON)
    a_letter(mary)
    assert queries.waiting(ON)[0].way is Way.POST


def test_a_link_works_once_and_for_seven_days(mary):
    _, secret = commands.ask_paperless(person=mary, address=ADDRESS, attach=True, by=BY, on=ON)
    with pytest.raises(paperless.NotYours):
        commands.confirm_paperless(secret=secret, by=BY, on=ON + timedelta(7))
    commands.confirm_paperless(secret=secret, by=BY, on=ON + timedelta(6))
    with pytest.raises(paperless.NotYours):
        commands.confirm_paperless(secret=secret, by=BY, on=ON + timedelta(6))
    with pytest.raises(paperless.NotYours):
        commands.confirm_paperless(secret="guessed", by=BY, on=ON)  # noqa: S106


def test_another_address_ends_the_one_before(mary):
    by_email(mary)
    commands.ask_paperless(person=mary, address="new@example.org", attach=True, by=BY, on=ON)
    a_letter(mary)
    assert queries.waiting(ON)[0].way is Way.POST


def test_who_asks_for_paper_has_paper(mary):
    by_email(mary)
    commands.end_paperless(person=mary, by=BY, on=ON)
    a_letter(mary)
    assert queries.waiting(ON)[0].way is Way.POST
    with pytest.raises(commands.NotByEmail):
        commands.end_paperless(person=mary, by=BY, on=ON)


def test_no_fact_holds_an_address_and_what_was_agreed_stays(mary):
    asked = by_email(mary)
    facts = Fact.objects.filter(what__startswith="kernel.email")
    assert facts.count() == 2
    assert all(ADDRESS not in str(one.detail) for one in facts)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Paperless.objects.filter(pk=asked.pk).update(address="other@example.org")


def test_only_who_may_asks_for_somebody(mary):
    with pytest.raises(commanding.NotAllowed):
        commands.ask_paperless(person=mary, address=ADDRESS, attach=True, by=makers.nobody(), on=ON)


# Pages


def test_an_officer_asks_and_the_link_confirms_only_by_its_button(mary):
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    there = f"/outgoing/people/{mary.pk}/email"
    markup.check(ann.get(there).content.decode())
    assert ann.post(there, officers.posted(address=ADDRESS, attach="yes")).url == there
    [sent] = mail.outbox
    link = re.search(r"http://testserver(\S+)", sent.body)[1]
    anybody = Client()
    page = anybody.get(link).content.decode()
    assert "Yes, send letters by email" in page
    markup.check(page)
    assert not models.PaperlessConfirmed.objects.exists()
    markup.check(anybody.post(link).content.decode())
    assert models.PaperlessConfirmed.objects.count() == 1
    assert anybody.get(link).status_code == 404
    page = ann.get(there).content.decode()
    assert "Confirmed on" in page
    markup.check(page)
    assert ann.post(there, officers.posted(do="bounced")).url == there
    assert models.PaperlessEnded.objects.get().why == "bounced"


# The mail server


def test_without_a_server_emails_are_files(tmp_path):
    kept = wiring.read("", tmp_path)
    assert kept.backend.endswith("filebased.EmailBackend")
    assert kept.folder == str(tmp_path)


def test_a_server_is_named_by_an_address(tmp_path):
    given = wiring.read("smtp://ann:a%40b@mail.example.org:2525", tmp_path)
    assert (given.host, given.port, given.user, given.password) == (
        "mail.example.org", 2525, "ann", "a@b")  # fmt: skip
    assert (given.starts_tls, given.is_tls) == (True, False)
    assert wiring.read("smtps://mail.example.org", tmp_path).port == 465


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_what_is_no_mail_server_is_refused_without_repeating_it(url, tmp_path):
    with pytest.raises(wiring.NotAMailServer, match="must look like") as refusal:
        wiring.read(url, tmp_path)
    assert "mail.example.org" not in str(refusal.value)
