"""Giving roles: from a day, never to oneself, and never so that nobody is left who may."""

from datetime import date

import pytest
from django.db import transaction

from borough.kernel import commanding
from borough.kernel.facts.models import Fact
from borough.kernel.officers import capabilities, commands, models, queries
from borough.kernel.people import capabilities as people
from tests import makers, officers

ON = date(2025, 6, 2)
TOMORROW, LATER = date(2025, 6, 3), date(2025, 7, 1)


@pytest.fixture
def hina(db):
    return officers.an_officer("Hina Example", capabilities.MANAGE_ROLES)


@pytest.fixture
def ann(db):
    return officers.an_officer("Ann Example")


@pytest.fixture
def finder(db):
    return commands.lay_role("finder", "Finder", [people.FIND_PEOPLE], on=officers.LONG_AGO)


def acting(officer=None, on=ON):
    return {"by": queries.at_work(officer, on=on) if officer else makers.everything(), "on": on}


def refused(kind, run):
    with pytest.raises(kind) as refusal, transaction.atomic():
        run()
    assert str(refusal.value).endswith(".")


def may(officer, on):
    return people.FIND_PEOPLE.slug in queries.at_work(officer, on=on).capabilities


def test_a_role_is_held_from_its_first_day_to_the_day_before_its_end(hina, ann, finder):
    given = commands.appoint(officer=ann, role=finder, starts=TOMORROW, **acting(hina))
    assert [may(ann, day) for day in (ON, TOMORROW, LATER)] == [False, True, True]
    commands.end_appointment(appointment=given, ends=LATER, **acting(hina, TOMORROW))
    assert [may(ann, day) for day in (TOMORROW, date(2025, 6, 30), LATER)] == [True, True, False]
    assert list(Fact.objects.order_by("id").values_list("what", "by")) == [
        ("kernel.officer_appointed", hina.reference),
        ("kernel.appointment_ended", hina.reference),
    ]


def test_a_role_given_by_mistake_is_taken_back_at_once(hina, ann, finder):
    given = commands.appoint(officer=ann, role=finder, starts=ON, **acting(hina))
    assert may(ann, ON)
    commands.end_appointment(appointment=given, ends=ON, **acting(hina))
    assert not may(ann, ON)
    assert Fact.objects.filter(what="kernel.appointment_ended").exists()
    refused(
        commands.AlreadyEnded,
        lambda: commands.end_appointment(appointment=given, ends=ON, **acting(hina)),
    )


def test_a_role_is_held_once_at_a_time_and_again_after(hina, ann, finder):
    given = commands.appoint(officer=ann, role=finder, starts=LATER, **acting(hina))
    for starts in (ON, LATER, date(2026, 1, 1)):
        refused(
            commands.AlreadyAppointed,
            lambda starts=starts: commands.appoint(
                officer=ann, role=finder, starts=starts, **acting(hina)
            ),
        )
    commands.end_appointment(appointment=given, ends=date(2025, 8, 1), **acting(hina))
    commands.appoint(officer=ann, role=finder, starts=date(2025, 8, 1), **acting(hina))


def test_the_past_stays_as_it_was(hina, ann, finder):
    yesterday = date(2025, 6, 1)
    refused(
        commands.NotADay,
        lambda: commands.appoint(officer=ann, role=finder, starts=yesterday, **acting(hina)),
    )
    [held] = ann.appointments.all()
    refused(
        commands.NotADay,
        lambda: commands.end_appointment(appointment=held, ends=yesterday, **acting(hina)),
    )
    given = commands.appoint(officer=ann, role=finder, starts=LATER, **acting(hina))
    refused(
        commands.NotADay,
        lambda: commands.end_appointment(appointment=given, ends=TOMORROW, **acting(hina)),
    )


def test_nobody_gives_a_role_to_themselves(hina, finder):
    refused(
        commands.YourOwnRole,
        lambda: commands.appoint(officer=hina, role=finder, starts=ON, **acting(hina)),
    )


def test_somebody_always_may_give_roles(hina, ann):
    [own] = hina.appointments.all()
    role = own.role

    def end():
        commands.end_appointment(appointment=own, ends=LATER, **acting(hina))

    refused(commands.NobodyLeft, end)
    given = commands.appoint(officer=ann, role=role, starts=date(2025, 8, 1), **acting(hina))
    refused(commands.NobodyLeft, end)  # not yet by then
    commands.end_appointment(appointment=given, ends=date(2025, 8, 1), **acting(hina))
    commands.appoint(officer=ann, role=role, starts=TOMORROW, **acting(hina))
    ann.set_unusable_password()
    ann.save()
    refused(commands.NobodyLeft, end)  # she cannot sign in
    ann.set_password(officers.PASSWORD)
    ann.save()
    end()
    own.refresh_from_db()
    assert own.ends == LATER


def test_an_officer_is_recorded_once_and_cannot_sign_in_before_choosing_a_password(hina):
    new = commands.record_officer(email=" New@Example.org ", name=" New  One ", **acting(hina))
    assert (new.email, new.name) == ("new@example.org", "New One")
    assert not queries.card(new, on=ON).has_password
    refused(
        commands.AlreadyAnOfficer,
        lambda: commands.record_officer(email="NEW@example.org", name="Other", **acting(hina)),
    )
    for email, name in (("new", "Name"), ("other@example.org", "  ")):
        refused(
            commands.NotAnOfficer,
            lambda email=email, name=name: commands.record_officer(
                email=email, name=name, **acting(hina)
            ),
        )
    [fact] = Fact.objects.all()
    assert fact.detail == {"officer": new.reference}  # no name and no address


def test_an_officer_who_is_switched_off_is_given_no_way_in(hina, ann):
    ann.is_active = False
    ann.save()
    refused(
        commands.NotAnOfficer,
        lambda: commands.make_sign_in_link(officer=ann, **acting(hina)),
    )
    assert not Fact.objects.exists()


def test_who_may_not_give_roles_changes_nothing(hina, ann, finder):
    [own] = hina.appointments.all()
    for run in (
        lambda: commands.record_officer(email="x@example.org", name="X", **acting(ann)),
        lambda: commands.make_sign_in_link(officer=hina, **acting(ann)),
        lambda: commands.appoint(officer=hina, role=finder, starts=ON, **acting(ann)),
        lambda: commands.end_appointment(appointment=own, ends=ON, **acting(ann)),
    ):
        refused(commanding.NotAllowed, run)
    assert models.Officer.objects.count() == 2
    assert not Fact.objects.exists()


def test_who_acted_is_named_in_plain_words_though_it_was_no_officer(db):
    assert queries.names({"system/calling-back", "system/invented-town/officer-who-commits"}) == {
        "system/calling-back": "Calling back (by itself)",
        "system/invented-town/officer-who-commits": "Officer who commits (invented town)",
    }
