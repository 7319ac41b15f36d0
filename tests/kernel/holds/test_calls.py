"""Somebody asked to be rung before any letter: the call is recorded, and then it may go on."""

from datetime import date, timedelta

import pytest

from borough.kernel import commanding
from borough.kernel.holds import commands, figures
from borough.kernel.holds import queries as asking
from borough.kernel.people import commands as people
from tests import makers, markup, officers

ON = date(2025, 4, 10)
BY = makers.everything()


@pytest.fixture
def mary(db):
    person = makers.a_person()
    people.record_need(person=person, kind="telephone_first", by=BY, on=date(2025, 4, 1))
    return person


def reasons(person, on: date) -> list[str]:
    [found] = asking.may_we_act([asking.Debt("x.account/1", (person.pk,))], "reminder", on)
    return [one.kind for one in found]


def call(person, *, reached: bool = True, on: date = ON) -> date | None:
    return commands.record_call(person=person, reached=reached, by=BY, on=on)


def test_once_they_were_rung_it_may_go_on_for_the_days_of_the_council_alone(mary):
    assert reasons(mary, ON) == ["telephone_first"]
    until = call(mary)
    assert until == ON + timedelta(figures.in_force(ON)["call_counts_days"])
    assert reasons(mary, ON) == reasons(mary, until) == []
    assert reasons(mary, until + timedelta(1)) == ["telephone_first"]
    assert reasons(mary, ON - timedelta(1)) == ["telephone_first"]


def test_a_call_that_nobody_answered_opens_no_way(mary):
    assert call(mary, reached=False) is None
    assert reasons(mary, ON) == ["telephone_first"]


def test_a_call_opens_no_way_past_the_safe_way_that_was_agreed(mary):
    people.record_need(person=mary, kind="safe_contact", by=BY, on=ON)
    call(mary)
    assert reasons(mary, ON) == ["safe_contact"]


def test_nobody_is_recorded_as_rung_who_never_asked_for_it(db):
    with pytest.raises(commands.NoCallNeeded):
        call(makers.a_person())


def test_an_officer_without_the_capability_records_no_call(mary):
    with pytest.raises(commanding.NotAllowed):
        commands.record_call(person=mary, reached=True, by=makers.nobody(), on=ON)


def test_the_days_that_a_call_counts_for_are_shown_as_unconfirmed(mary, settings):
    settings.STANDING_DATE = ON
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    there = f"/residents/{mary.pk}/call"
    assert there in ann.get(f"/residents/{mary.pk}").content.decode()
    page = ann.get(there).content.decode()
    markup.check(page)
    assert "14 days (a figure that the council has not confirmed)" in page
    assert ann.post(there, officers.posted(reached="yes")).status_code == 302
    assert reasons(mary, ON) == []
