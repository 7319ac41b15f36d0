"""A look and the page that it opens are one transaction: without the one there is not the other."""

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from borough.kernel import visits
from borough.kernel.facts import commands as facts
from borough.kernel.facts.models import Fact
from borough.kernel.people import capabilities
from borough.kernel.people.models import Person
from borough.resident import urls
from tests import conftest, makers, officers

REFUSING = """
create function no_log() returns trigger language plpgsql as
$$ begin raise exception 'the disk of the log is full'; end $$;
create trigger no_log before insert on facts_fact for each statement execute function no_log();
"""


def looks() -> int:
    return Fact.objects.filter(what="kernel.looked").count()


def a_visitor() -> Client:
    client = officers.a_visitor(
        officers.an_officer("Ann Example", *officers.every_capability()), purpose="kernel.enquiry"
    )
    client.raise_request_exception = False
    return client


def test_a_log_that_fails_in_the_database_refuses_the_view(own_database):
    mary = makers.a_person("Mary", "Rimmer")
    visitor = a_visitor()
    assert b"Mary Rimmer" in visitor.get(f"/residents/{mary.pk}").content
    with conftest.as_owner() as owner:
        owner.execute(REFUSING)
    response = visitor.get(f"/residents/{mary.pk}")
    assert response.status_code == 500
    assert b"Rimmer" not in response.content
    assert looks() == 1


OF_ONE_PERSON = [one.name for one in urls.urlpatterns if list(one.pattern.converters) == ["number"]]


def test_every_page_of_a_person_is_refused_when_its_look_cannot_be_kept(db, monkeypatch):
    mary, visitor = makers.a_person("Mary", "Rimmer"), a_visitor()

    def refuse(*_: object, **__: object) -> None:
        raise DatabaseError("the log cannot be written")

    monkeypatch.setattr(facts, "_close", refuse)
    assert len(OF_ONE_PERSON) > 5
    for name in OF_ONE_PERSON:
        for ask in (visitor.get, visitor.post):
            response = ask(reverse(name, args=[mary.pk]))
            # Sent back to the page that it began on, an answer shows nothing.
            assert response.status_code in ({500} if ask == visitor.get else {500, 302}), name
            assert b"Rimmer" not in response.content
    assert looks() == 0


def test_a_page_that_fails_leaves_no_look_behind(db, rf):
    mary = makers.a_person("Mary", "Rimmer")
    client = a_visitor()

    @visits.personal(
        capabilities.SEE_PERSON,
        subject=lambda: visits.Subject((mary.pk,), f"kernel.person/{mary.pk}", "resident"),
    )
    def breaks(visit: visits.Visit) -> HttpResponse:
        Person.objects.filter(pk=mary.pk).update(given_names="Changed")
        raise RuntimeError("in the middle of it")

    visit = rf.get("/")
    visit.session, visit.user = client.session, officers.Officer.objects.get()
    visit.actor, visit.today = makers.everything(), makers.BILLING_DAY
    with pytest.raises(RuntimeError):
        breaks(visit)
    mary.refresh_from_db()
    assert (looks(), mary.given_names) == (0, "Mary")
