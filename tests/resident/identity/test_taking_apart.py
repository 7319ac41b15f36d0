"""What was joined wrongly is taken apart from the resident's own page, by whoever sees it there."""

import pytest
from django.urls import reverse

from borough.kernel import clock
from borough.kernel.facts.models import Fact
from borough.resident import purposes
from borough.resident.identity import commands, models, queries
from borough.resident.sources import queries as sources
from borough.resident.sources.models import Consent
from tests import makers, markup, officers
from tests.resident.identity import test_joining as joining

pytestmark = pytest.mark.django_db


def sue() -> officers.Officer:
    return officers.an_officer("Sue Example", *officers.every_capability())


def test_a_record_that_is_not_theirs_is_taken_apart_from_the_residents_page():
    mary, record = makers.a_person(), joining.a_record(given_names="MARIA", nino="JK123456C")
    joining.joined(record, mary)
    officer = sue()
    helping = officers.a_visitor(officer, purpose=purposes.SUPPORT.slug)
    address = reverse("identity:joined", args=[mary.pk])
    assert address in helping.get(f"/residents/{mary.pk}").content.decode()
    page = helping.get(address).content.decode()
    markup.check(page)
    assert "MARIA Rimmer" in page
    assert "123456" not in page
    there = reverse("identity:split", args=[mary.pk, record.pk])
    assert there in page
    markup.check(helping.get(there).content.decode())
    asked = officers.posted()
    for _ in range(2):
        assert helping.post(there, asked).url == address
    assert queries.records_of([mary.pk], clock.today()) == {}
    assert Fact.objects.filter(what="resident.split").count() == 1
    late = helping.post(there, officers.posted()).content.decode()
    assert "That they are different people was said before" in late
    assert "not joined to them any more" in helping.get(there, follow=True).content.decode()
    for nobody in (f"{address}/{record.pk + 1}", f"{address}/{2**70}", "/residents/links/of/0"):
        assert helping.get(nobody).status_code == 404
    collecting = officers.a_visitor(officer, purpose="kernel.enquiry")
    assert collecting.get(address).status_code == collecting.get(there).status_code == 302


def test_a_pair_that_a_colleague_decided_leads_on_and_is_no_missing_page():
    waiting = joining.a_proposal(joining.a_record(), makers.a_person())
    helping = officers.a_visitor(sue(), purpose=purposes.SUPPORT.slug)
    address = reverse("identity:proposal", args=[waiting.pk])
    commands.split(
        record=waiting.record, person=waiting.person, by=makers.everything(), on=clock.today()
    )
    for answer in (
        helping.get(address, follow=True),
        helping.post(address, officers.posted(answer="same"), follow=True),
    ):
        assert answer.redirect_chain[-1][0] == reverse("identity:links")
        assert "That pair waits no more" in answer.content.decode()
    assert not models.Link.objects.exists()


def test_whose_consent_is_over_is_shown_beside_nobody():
    record, mary = joining.a_record(source="northway-rents"), makers.a_person()
    joining.joined(record, mary)
    held = {"record": record, "feed": record.states.get().feed, "starts": joining.TODAY}
    Consent.objects.create(given_on=joining.TODAY, until=joining.TOMORROW, **held)
    assert sources.written([record.pk], joining.TODAY)[record.pk].family_name == "Rimmer"
    assert sources.written([record.pk], joining.TOMORROW) == {}
