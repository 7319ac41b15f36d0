"""Recording a notice after a look at what it does, its page, and what is recorded under it."""

from datetime import date, timedelta

import pytest

from borough.kernel.facts.models import Fact
from borough.kernel.holds.models import Hold
from borough.resident.moratoria import capabilities, models
from borough.resident.purposes import SUPPORT_RESIDENTS
from tests import makers, markup, officers
from tests.resident.moratoria import notices
from tests.revenues import ordering

ON = date(2025, 9, 10)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


def a_visitor(*allowed, purpose="resident.support"):
    given = (SUPPORT_RESIDENTS, capabilities.SEE_MORATORIA, *allowed)
    return officers.a_visitor(officers.an_officer("Sue Example", *given), purpose=purpose)


@pytest.fixture
def visitor(db):
    return a_visitor(capabilities.RECORD_MORATORIUM)


def answers(**changed):
    given = {"kind": "breathing_space", "reference": "BS-77", "adviser": "Invented Advice"}
    return given | markup.day_data("registered_on", ON - timedelta(1)) | changed


def send(client, path, **given):
    return client.post(f"/residents/{path}", officers.posted(**given), follow=True)


def page_of(client, path):
    response = client.get(f"/residents/{path}")
    assert response.status_code == 200
    markup.check(response.content.decode())
    return response.content.decode()


def test_the_look_says_what_is_inside_and_why_and_keeps_nothing(visitor, mary):
    account = ordering.an_account_under_order(people=[mary])
    ordering.bill(account, makers.YEAR)
    page_of(visitor, f"{mary.pk}/moratorium")
    page = send(visitor, f"{mary.pk}/moratorium", step="check", **answers()).content.decode()
    markup.check(page)
    assert f"Council Tax 2024-25, account {account.reference}" in page
    assert "All instalments of the year have fallen due" in page
    assert "no reminder was served" in page
    assert "8 November 2025" in page
    assert not models.Notice.objects.exists()
    assert not Hold.objects.exists()


def test_it_is_recorded_and_its_page_has_the_clock_and_what_comes_next(visitor, mary):
    ordering.an_account_under_order(people=[mary])
    page = send(visitor, f"{mary.pk}/moratorium", step="confirm", **answers()).content.decode()
    markup.check(page)
    notice = models.Notice.objects.get()
    assert (notice.starts, Hold.objects.get().ends) == (ON, ON + timedelta(60))
    assert "Day 1 of 60" in page
    assert "29 September 2025" in page  # the last day for a review
    assert "14 October 2025" in page  # the last day of the midway review
    assert notice.reference in page_of(visitor, "moratoria")
    assert "Mary" not in page_of(visitor, "moratoria")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "mental_health_crisis"}, "rests on the evidence"),
        ({"registered_on_year": "2024"}, "Its days are over"),
        ({"registered_on_day": "11"}, "must be today or earlier"),
    ],
)
def test_a_refusal_stands_beside_its_field(visitor, mary, changed, words):
    response = send(visitor, f"{mary.pk}/moratorium", step="check", **answers(**changed))
    markup.check(response.content.decode(), in_error=True)
    assert words in response.content.decode()
    assert not models.Notice.objects.exists()


def test_what_is_recorded_under_it_is_told_on_its_page(visitor, mary):
    ordering.an_account_under_order(people=[mary])
    notice = notices.a_notice(mary, ON)
    there = f"moratoria/{notice.pk}"
    for path in ("search", "review"):
        page_of(visitor, f"{there}/{path}")
        send(visitor, f"{there}/{path}")
    page = page_of(visitor, there)
    assert "We asked the adviser for a review" in page
    assert "searched for further debts: 0" in page
    debt = notice.debts.get()
    send(visitor, f"moratoria/debts/{debt.pk}/release", why="adviser")
    assert "the adviser cancelled it" in page_of(visitor, there)
    send(visitor, f"{there}/ending", why="court")
    assert models.Ending.objects.get().why == "court"


def test_a_crisis_ends_with_the_treatment_and_the_days_that_the_law_adds(visitor, mary):
    notice = notices.a_notice(mary, ON, kind=models.Notice.Kind.CRISIS)
    there = f"moratoria/{notice.pk}"
    assert "As long as the crisis treatment" in page_of(visitor, there)
    page_of(visitor, f"{there}/treatment")
    send(visitor, f"{there}/treatment", **markup.day_data("day", ON))
    assert "10 October 2025" in page_of(visitor, there)


def test_who_collects_sees_the_debts_of_their_own_service_alone(mary):
    ordering.an_account_under_order(people=[mary])
    notice = notices.a_notice(mary, ON)
    models.NoticeDebt.objects.create(
        notice=notice, thing="resident.debt/1", title="Rent of 1 Other Street", pence=5_000,
        is_inside=False, why="A test", holder="Invented Homes", origin="found", on=ON,
    )  # fmt: skip
    there = f"moratoria/{notice.pk}"
    assert "Rent of 1 Other Street" in page_of(a_visitor(), there)
    collecting = officers.an_officer("Ann Example", capabilities.SEE_MORATORIA)
    page = page_of(officers.a_visitor(collecting), there)
    assert "Rent of 1 Other Street" not in page
    assert "Invented Homes" not in page
    assert "1 more debt of other services is looked at" in page
    assert "What you can record" not in page


def test_who_may_not_record_is_refused_and_no_look_without_a_purpose(mary):
    looker = a_visitor()
    assert looker.get(f"/residents/{mary.pk}/moratorium").status_code == 403
    notice = notices.a_notice(mary, ON)
    nobody = officers.a_visitor(
        officers.an_officer("Tom Example", capabilities.SEE_MORATORIA), purpose=""
    )
    assert nobody.get(f"/residents/moratoria/{notice.pk}").status_code == 302
    assert not Fact.objects.filter(what="kernel.looked", thing=notice.thing).exists()
