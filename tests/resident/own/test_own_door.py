"""The resident's own door: a code from a letter, one's own record and nobody else's."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from borough.kernel import clock
from borough.kernel.documents.models import Document
from borough.kernel.facts.models import Fact
from borough.kernel.people.models import CorrespondenceAddress, Need, Residence
from borough.kernel.post import queries as post
from borough.lines.revenues import billing
from borough.lines.revenues import models as revenues
from borough.lines.revenues.commands import letters
from borough.resident.own import addressing, codes, commands, models, urls
from borough.rules import years
from tests import makers, markup, officers

ON = date(2025, 6, 2)
BORN = date(1950, 3, 1)
PASSWORD = "three invented words"


@pytest.fixture(autouse=True)
def standing(settings, tmp_path):
    settings.STANDING_DATE, settings.DOCUMENTS = ON, tmp_path
    cache.clear()  # the door counts attempts here


@pytest.fixture
def mary(db):
    mary = makers.a_person("Mary", "Rimmer", date_of_birth=BORN)
    account = makers.an_account(people=[mary], starts=date(2024, 4, 1))
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=date(2024, 4, 1))
    billing.bill_accounts(
        [account.pk], years.Year(2025), on=ON, by=makers.everything(), because="test"
    )
    return mary


def a_code(person) -> str:
    """Send a code; return it as the letter has it."""
    number = commands.send_code(person=person, now=clock.now(), by=makers.everything(), on=ON)
    return Document.objects.get(pk=number).data["code"]


def open_with(code: str, *, born: date | None = BORN, client=None, email="mary@example.org"):
    day = {"born_day": born.day, "born_month": born.month, "born_year": born.year} if born else {}
    client = client or Client()
    answers = officers.posted(code=code, email=email, password=PASSWORD, **day)
    return client, client.post("/my/code", answers)


def signed_in(person) -> Client:
    client, response = open_with(a_code(person), born=person.date_of_birth)
    assert response.status_code == 302, response.content.decode()
    return client


def test_the_code_of_the_letter_opens_ones_own_record_and_works_once(mary):
    code = a_code(mary)
    client, response = open_with(code.lower().replace(" ", ""))
    assert response.url == "/my/"
    page = client.get("/my/").content.decode()
    markup.check(page)
    assert "Mary Rimmer" in page
    assert re.search(r"Council Tax \d+, 2025-26", page)
    again = open_with(code)[1]
    assert "do not open an account" in again.content.decode()
    cache.clear()
    later = Client()
    wrong = later.post("/my/sign-in", {"email": "mary@example.org", "password": "not this one"})
    assert "Enter the email address and password of your own account" in wrong.content.decode()
    right = later.post("/my/sign-in", {"email": "Mary@example.org", "password": PASSWORD})
    assert right.url == "/my/"


@pytest.mark.parametrize("wrong", ["guessed", "old", "replaced", "tried"])
def test_a_code_that_is_guessed_old_replaced_or_tried_too_often_opens_nothing(mary, wrong):
    code = a_code(mary)
    if wrong == "guessed":
        code = "AAAA BBBB CCCC"
    elif wrong == "old":
        then = clock.now() - codes.GOOD_FOR - timedelta(days=1)
        models.Code.objects.update(sent_at=then, expires_at=then + codes.GOOD_FOR)
    elif wrong == "replaced":
        a_code(mary)
    else:
        for _ in range(codes.MOST_WRONG):
            assert codes.recognise(code, date(1950, 3, 2), now=clock.now()) is None
    response = open_with(code)[1]
    assert "do not open an account" in response.content.decode()
    assert not models.Account.objects.exists()


def test_who_guesses_has_to_wait(mary):
    client = Client()
    said = [open_with("AAAA BBBB CCCC", client=client)[1].content.decode() for _ in range(6)]
    assert "do not open an account" in said[4]
    assert "too many attempts" in said[5]


def test_the_code_itself_is_kept_with_the_letter_alone(mary):
    code = a_code(mary)
    assert code.replace(" ", "") not in repr(list(models.Code.objects.values()))
    assert code not in repr(list(Fact.objects.values("what", "thing", "detail")))


def test_no_officer_reads_the_code_and_signs_in_as_the_resident(mary):
    code = a_code(mary)
    number = Document.objects.get(kind=commands.CODE_LETTER).pk
    sue = officers.an_officer("Sue Example", *officers.every_capability())
    for purpose in ("resident.support", "kernel.enquiry", "revenues.collecting"):
        visitor = officers.a_visitor(sue, purpose=purpose)
        there = f"/residents/{mary.pk}/letters/{number}"
        assert visitor.get(there).status_code == 404
        page = visitor.get(f"/residents/{mary.pk}").content.decode()
        assert there not in page
        assert code not in page
    page = officers.a_visitor(sue, purpose="resident.support").get(f"/residents/{mary.pk}")
    assert "Its code is for them alone" in page.content.decode()


def test_who_is_written_to_only_in_the_safe_way_gets_no_code_at_home(mary):
    Need.objects.create(person=mary, kind=Need.Kind.SAFE_CONTACT, starts=ON)
    with pytest.raises(addressing.NowhereToSend):
        a_code(mary)
    CorrespondenceAddress.objects.create(person=mary, lines="1 Safe Street", starts=ON)
    number = commands.send_code(person=mary, now=clock.now(), by=makers.everything(), on=ON)
    assert Document.objects.get(pk=number).data["address"] == ["1 Safe Street"]


def test_of_a_joint_debt_each_sees_it_and_nothing_else_of_the_other(mary):
    john = makers.a_person("John", "Sutton", date_of_birth=date(1949, 1, 1))
    own = makers.an_account(people=[john])
    joint = makers.an_account(people=[john, mary])
    both = [own.pk, joint.pk]
    billing.bill_accounts(both, years.Year(2025), on=ON, by=makers.everything(), because="test")
    page = signed_in(mary).get("/my/").content.decode()
    assert f"Council Tax {joint.reference}" in page
    assert f"Council Tax {own.reference}" not in page
    assert "Sutton" not in page
    assert revenues.Liability.objects.filter(account=joint).count() == 2


def test_a_resident_reads_who_looked_and_why_without_the_officers_name(mary):
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    officers.a_visitor(ann, purpose="revenues.collecting").get(f"/residents/{mary.pk}")
    client = signed_in(mary)
    page = client.get("/my/looks").content.decode()
    markup.check(page)
    assert "Billing and collecting Council Tax" in page
    assert f"Role of Ann Example, officer {ann.pk}" in page


def test_only_ones_own_letters_open(mary):
    client = signed_in(mary)
    [own] = Document.objects.all()
    assert client.get(f"/my/letters/{own.pk}").content[:5] == b"%PDF-"
    john = makers.a_person("John", "Sutton")
    makers.an_account(people=[john])
    CorrespondenceAddress.objects.create(person=john, lines="1 Other Street", starts=ON)
    a_code(john)
    other = Document.objects.latest("pk")
    assert client.get(f"/my/letters/{other.pk}").status_code == 404


def test_what_a_resident_contests_waits_among_the_post_under_their_name(mary):
    client = signed_in(mary)
    answers = officers.posted(about="dispute", words='I have not lived there.\n#import "x"')
    assert client.post("/my/message", answers).url == "/my/"
    [item] = post.waiting()
    assert (item.how, item.received_on) == ("online", ON)
    assert post.people_of(post.filed(item)) == (mary.pk,)
    told = Fact.objects.get(what="kernel.post_filed")
    assert told.by == f"resident/{mary.pk}"
    assert "lived there" not in repr(told.detail)


def test_a_resident_contests_one_thing_of_their_own_timeline(mary):
    client = signed_in(mary)
    billed = Fact.objects.filter(concerns__person=mary, what__startswith="revenues.").latest("id")
    where = f"/my/contests/{billed.pk}"
    assert where in client.get("/my/").content.decode()
    page = client.get(where).content.decode()
    markup.check(page)
    assert client.post(where, officers.posted(words="I moved out in May.")).url == "/my/"
    [item] = post.waiting()
    assert (item.about, post.people_of(post.filed(item))) == ("dispute", (mary.pk,))
    told = Fact.objects.get(what="resident.contested")
    assert told.detail["fact"] == billed.pk
    assert "moved out" not in repr(told.detail)
    other = makers.an_account(people=[makers.a_person("John", "Sutton")])
    billing.bill_accounts(
        [other.pk], years.Year(2025), on=ON, by=makers.everything(), because="test"
    )
    strange = Fact.objects.filter(thing=other.thing).latest("id").pk
    for number in (strange, 2**63):
        for ask in (client.get, client.post):
            assert ask(f"/my/contests/{number}").status_code == 404


def test_the_doors_of_officers_and_residents_open_nothing_of_each_other(mary):
    resident = signed_in(mary)
    for where in ("/purpose", f"/residents/{mary.pk}", "/post/", "/officers", "/services/kernel"):
        response = resident.get(where)
        assert response.status_code == 302, where
        assert response.url.startswith("/accounts/login/"), where
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    shut = [reverse(one.name) for one in urls.urlpatterns if not one.pattern.converters]
    for where in set(shut) - {"/my/sign-in", "/my/code", "/my/sign-out"}:
        assert ann.get(where).status_code == 403, where
    both = ann.session  # even a session that holds both is an officer's
    both["own_account"] = resident.session["own_account"]
    both["own_proof"] = resident.session["own_proof"]
    both.save()
    assert b"Rimmer" not in ann.get("/my/").content


def test_a_new_password_ends_the_visits_that_began_with_the_old_one(mary):
    client = signed_in(mary)
    cache.clear()
    models.Account.objects.update(password=hashers.make_password("another one"))
    assert client.get("/my/").url == "/my/sign-in"
    assert Client().get("/my/").url == "/my/sign-in"


def test_a_joint_letter_stays_shut_where_another_is_written_to_only_safely(mary):
    john = makers.a_person("John", "Sutton", date_of_birth=date(1949, 1, 1))
    joint = makers.an_account(people=[john, mary])
    Residence.objects.create(person=john, dwelling=joint.dwelling, starts=joint.starts)
    billing.bill_accounts(
        [joint.pk], years.Year(2025), on=ON, by=makers.everything(), because="test"
    )
    number = letters.issue_bill(account=joint, year=years.Year(2025), by=makers.everything(), on=ON)
    client, where = signed_in(john), f"/my/letters/{number}"
    assert client.get(where).content[:5] == b"%PDF-"
    assert where in client.get("/my/").content.decode()
    need = Need.objects.create(person=mary, kind=Need.Kind.SAFE_CONTACT, starts=ON)
    assert client.get(where).status_code == 404
    assert where not in client.get("/my/").content.decode()
    need.delete()
    Need.objects.create(person=john, kind=Need.Kind.SAFE_CONTACT, starts=ON)
    assert client.get(where).content[:5] == b"%PDF-"
