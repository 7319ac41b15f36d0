"""An officer who is a resident: their own record stays shut, and home and colleagues stand out."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from borough.kernel.facts.models import Fact
from borough.kernel.officers import models, queries, residents
from borough.kernel.officers.queries import at_work
from borough.kernel.people.models import Residence
from borough.kernel.visits import OWN_RECORD
from borough.resident.looking import queries as looking
from tests import makers, markup, officers
from tests.resident.looking.test_looks_again import look, something_happens, why

ON = makers.BILLING_DAY


@pytest.fixture
def ann(db):
    return officers.an_officer("Ann Rimmer", *officers.every_capability())


@pytest.fixture
def tom(db):
    return officers.an_officer("Tom Example", *officers.every_capability())


def is_resident(officer, person) -> None:
    first, second = makers.an_officer(901), makers.an_officer(902)
    number = person.pk if person else None
    said = residents.say(officer=officer, person_id=number, by=first, on=ON)
    residents.agree(said=said, by=second, on=ON)


def test_it_takes_two_others_to_say_who_an_officer_is(ann, tom):
    mary = makers.a_person()
    as_ann, as_tom = (at_work(one, on=ON) for one in (ann, tom))
    with pytest.raises(residents.Yourself):
        residents.say(officer=ann, person_id=mary.pk, by=as_ann, on=ON)
    said = residents.say(officer=ann, person_id=mary.pk, by=as_tom, on=ON)
    with pytest.raises(residents.SecondOfficerNeeded):
        residents.agree(said=said, by=as_tom, on=ON)
    with pytest.raises(residents.Yourself):
        residents.agree(said=said, by=as_ann, on=ON)
    with pytest.raises(residents.SaidAlready):
        residents.say(officer=ann, person_id=None, by=as_tom, on=ON)
    assert queries.person_of(ann.reference) is None
    residents.agree(said=said, by=makers.an_officer(903), on=ON)
    assert queries.person_of(ann.reference) == mary.pk
    with pytest.raises(residents.Decided):
        residents.decline(said=said, by=makers.an_officer(903), on=ON)
    with pytest.raises(residents.KnownAlready):
        residents.say(officer=ann, person_id=mary.pk, by=as_tom, on=ON)
    is_resident(ann, None)  # and it takes two to open the record again
    assert queries.person_of(ann.reference) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        ann.same_person.create(
            person=mary, said_by="officer/1", said_on=ON, agreed_by="officer/1", agreed_on=ON
        )


def test_nobody_opens_their_own_record_or_one_they_share(ann, client):
    mary, john = makers.a_person("Mary", "Ball"), makers.a_person("John", "Ball")
    account = makers.an_account(people=[john, mary])
    visitor = officers.a_visitor(ann)
    shut = [
        f"/residents/{mary.pk}",
        f"/residents/{mary.pk}/needs",
        f"/residents/{mary.pk}/emergency",
        f"/revenues/accounts/{account.reference}",
    ]
    assert visitor.get(shut[0]).status_code == 200
    is_resident(ann, mary)
    before = Fact.objects.filter(what="kernel.looked").count()
    for where in shut:
        for ask in (visitor.get, visitor.post):
            response = ask(where)
            assert response.status_code == 403, where
            assert OWN_RECORD in response.content.decode()
            assert b"Ball" not in response.content
    assert Fact.objects.filter(what="kernel.looked").count() == before
    assert visitor.get(f"/residents/{john.pk}").status_code == 200


def test_a_look_at_ones_home_colleagues_or_own_name_stands_out(ann, tom):
    me, mate, dwelling = makers.a_person("A", "Sutton"), makers.a_person(), makers.a_dwelling()
    lodger, namesake = makers.a_person("L", "Ball"), makers.a_person("N", "Sutton")
    left = makers.a_person("G", "Gone")
    for one in (me, lodger, left):
        Residence.objects.create(person=one, dwelling=dwelling, starts=officers.LONG_AGO)
    Residence.objects.filter(person=left).update(ends=ON.replace(year=2021))
    for one in (me, mate, lodger, namesake, left):
        something_happens(one)
    earlier = look(ann, me)
    is_resident(ann, me)
    is_resident(tom, mate)
    assert why(earlier) == {looking.OWN, looking.SAME_NAME}
    assert why(look(ann, lodger)) == {looking.HOME}
    assert why(look(ann, left)) == set()
    assert why(look(ann, namesake)) == {looking.SAME_NAME}
    assert why(look(ann, mate)) == {looking.COLLEAGUE, looking.SAME_NAME}  # Rimmer, too
    assert why(look(tom, lodger)) == set()


def test_what_stands_out_is_never_shown_to_whom_it_is_about(ann, tom):
    number = look(ann, makers.a_person("A", "Sutton"))
    as_ann = officers.a_visitor(ann, purpose="kernel.quality")
    as_tom = officers.a_visitor(tom, purpose="kernel.quality")
    assert f"/residents/looks/{number}" in as_tom.get("/residents/looks").content.decode()
    assert f"/residents/looks/{number}" not in as_ann.get("/residents/looks").content.decode()
    for ask in (as_ann.get, as_ann.post):
        assert ask(f"/residents/looks/{number}").status_code == 404
    other = officers.a_visitor(tom, purpose="revenues.collecting")
    for where in ("/residents/looks", f"/residents/looks/{number}", "/residents/emergencies"):
        assert other.get(where).url.startswith("/purpose?next="), where


def test_the_pages_on_which_two_say_and_agree(ann, tom):
    mary = makers.a_person("Mary", "Ball")
    as_ann, as_tom = officers.a_visitor(ann), officers.a_visitor(tom)
    page = as_tom.get("/residents/officers").content.decode()
    markup.check(page)
    assert "Other officers say it of you" in page
    where = reverse("officer-resident", args=[ann.pk])
    markup.check(as_tom.get(where).content.decode())
    unknown = as_tom.post(where, officers.posted(person="999999"))
    assert "no resident of that number" in unknown.content.decode()
    assert as_tom.post(where, officers.posted(person=str(mary.pk))).status_code == 302
    said = models.SamePerson.objects.get()
    agree = reverse("officer-resident-agree", args=[said.pk])
    assert agree not in as_ann.get("/").content.decode()
    hina = officers.an_officer("Hina Example", *officers.every_capability())
    assert "Which resident an officer is" in officers.a_visitor(hina).get("/").content.decode()
    shown = officers.a_visitor(hina).get(agree).content.decode()
    markup.check(shown)
    assert "Mary Ball" in shown
    own = as_tom.post(agree, officers.posted(agreed="yes"))
    assert "Another officer has to agree" in own.content.decode()
    officers.a_visitor(hina).post(agree, officers.posted(agreed="yes"))
    assert queries.person_of(ann.reference) == mary.pk
    assert "Mary" not in as_tom.get("/residents/officers").content.decode()
    told = Fact.objects.get(what="kernel.same_person_agreed")
    assert told.detail == {"officer": ann.reference, "resident": mary.pk}
