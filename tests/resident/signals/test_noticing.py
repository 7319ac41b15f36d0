"""Worries are kept once, counted with their reasons, and gone when they are over."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from borough.kernel import joining
from borough.kernel.facts import delivering
from borough.kernel.holds import commands as holds
from borough.kernel.holds.models import Hold
from borough.kernel.people.models import Residence
from borough.resident.signals import models, noticing, queries, readers, scoring
from borough.rules.support import inputs, signals
from borough.rules.support.inputs import Input
from tests import makers
from tests.resident.moratoria import notices

ON = date(2025, 6, 2)
BY = makers.everything()
SUPPORT = joining.purposes()["resident.support"]
COLLECTING = joining.purposes()["revenues.collecting"]


class World:
    """What a made-up card tells, by worry, so that each story says what is so on a day."""

    def __init__(self):
        self.told = {}

    def signal(self, code, reads, thing="thing"):
        def look(people, on):
            asked = set(people.tolist())
            rows = self.told.get((code, thing), [])
            return joining.Seen.of(
                (who, day or on, name) for who, day, name in rows if who in asked
            )

        return joining.Signal(f"resident.{code}_{thing}", "Made up", code, reads, look)

    def tell(self, code, *people, day=None, thing="thing"):
        self.told[code, thing] = [(one.pk, day, f"made.up/{thing}") for one in people]


@pytest.fixture
def world(monkeypatch, db):
    made = World()
    several = (
        made.signal("S2", Input.OWN_BALANCES, "rent"),
        made.signal("S2", Input.OWN_BALANCES, "tax"),
        made.signal("S3", Input.RENT_ACCOUNT),
        made.signal("S7", Input.ARRANGEMENTS, "one"),
        made.signal("S7", Input.ARRANGEMENTS, "two"),
        made.signal("S11", Input.AGENT_RETURNS),
        made.signal("S4", Input.AWARDS),
    )
    named = [(one.code, one.reads) for one in several]
    read = {name: tuple(one for one in several if (one.code, one.reads) == name) for name in named}
    monkeypatch.setattr(readers, "readers", lambda law: read)
    return made


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


def look(*people, on=ON):
    return noticing.notice(np.array([one.pk for one in people], np.int64), by=BY, on=on)


def points(person, on=ON):
    return int(scoring.scored(np.array([person.pk], np.int64), on).points[0])


def test_what_happened_counts_once_however_often_it_is_seen(world, mary):
    world.tell("S7", mary, day=date(2025, 3, 1), thing="one")
    look(mary)
    look(mary)
    look(mary, on=ON + timedelta(1))
    assert models.Sighting.objects.filter(code="S7").count() == 1
    assert points(mary) == 0  # one broken arrangement is none of it
    world.tell("S7", mary, day=date(2025, 4, 1), thing="two")
    look(mary)
    assert points(mary) == 2


def test_what_is_known_for_longer_than_its_worry_lasts_is_no_news(world, mary):
    world.tell("S7", mary, day=ON - timedelta(400), thing="one")
    look(mary, on=ON - timedelta(399))
    world.tell("S7", mary, day=ON, thing="one")  # the same thing, dated anew by its service
    assert look(mary)["S7"] == 0
    assert models.Sighting.objects.filter(code="S7").count() == 1


def test_the_database_refuses_a_sighting_twice_and_any_change_of_one(world, mary):
    world.tell("S3", mary)
    look(mary)
    [row] = models.Sighting.objects.all()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Sighting.objects.update(value=9)


def test_behind_with_two_services_is_counted_by_service_and_over_when_it_is_over(world, mary):
    world.tell("S2", mary, thing="rent")
    look(mary)
    assert points(mary) == 0
    world.tell("S2", mary, thing="tax")
    look(mary, on=ON + timedelta(1))
    assert points(mary, ON + timedelta(1)) == 3
    world.tell("S2", thing="rent")
    world.tell("S2", thing="tax")
    look(mary, on=ON + timedelta(2))
    assert points(mary, ON + timedelta(2)) == 0
    assert points(mary, ON + timedelta(1)) == 3  # as it was known on that day


def test_what_lasts_is_kept_anew_each_week_and_never_a_row_a_night(world, mary):
    world.tell("S3", mary)
    for day in range(15):
        look(mary, on=ON + timedelta(day))
    kept = models.Sighting.objects.order_by("observed_on").values_list("observed_on", flat=True)
    assert list(kept) == [ON, ON + timedelta(7), ON + timedelta(14)]
    assert points(mary, ON + timedelta(14 + 34)) == 3
    assert points(mary, ON + timedelta(14 + 35)) == 0  # nobody looked for five weeks


def test_nobody_is_seen_who_was_not_asked_about_and_nothing_before_its_day(world, mary):
    ben = makers.a_person("Ben", "Ball")
    world.tell("S4", mary, day=ON + timedelta(1))
    world.tell("S3", mary, ben)
    look(ben)
    assert set(models.Sighting.objects.values_list("person_id", "code")) == {(ben.pk, "S3")}


def test_what_an_agent_found_holds_every_debt_for_the_days_of_a_specialist(world, mary):
    world.tell("S11", mary, day=ON - timedelta(3))
    look(mary)
    [hold] = Hold.objects.filter(person=mary)
    assert (hold.kind, hold.starts, hold.ends) == ("vulnerable", ON, ON + timedelta(25))
    assert "summons" in hold.forbids
    look(mary, on=ON + timedelta(1))
    assert Hold.objects.count() == 1


def test_an_old_find_of_an_agent_counts_and_holds_nothing_any_more(world, mary):
    world.tell("S11", mary, day=ON - timedelta(100))
    look(mary)
    assert points(mary) == 4
    assert not Hold.objects.exists()


def test_every_point_has_its_reason_for_help_and_none_for_collecting(world, mary):
    world.tell("S3", mary)
    look(mary)
    found = queries.for_person(mary.pk, purpose=SUPPORT, on=ON)
    [reason] = found.reasons
    assert (found.points, reason.points, reason.code) == (3, 3, "S3")
    assert "weeks’ rent" in reason.says
    assert reason.expires == ON + timedelta(35)
    assert queries.for_person(mary.pk, purpose=COLLECTING, on=ON) is None
    with pytest.raises(queries.NotForThisPurpose):
        queries.of_people([mary.pk], purpose=COLLECTING, on=ON)


def test_a_card_that_reads_what_its_worry_does_not_name_does_not_load(monkeypatch):
    for code, reads in (("S3", Input.AWARDS), ("S99", Input.AWARDS)):
        wrong = World().signal(code, reads)
        card = joining.ServiceLine(slug="resident", title="Wrong", signals=(wrong,))
        monkeypatch.setattr(joining, "cards", lambda card=card: (card,))
        with pytest.raises(inputs.UnlawfulInput, match=code):
            readers.readers(signals.law(ON))


def test_the_real_cards_load_and_what_nobody_reads_is_said(db):
    read = readers.readers(signals.law(ON))
    assert ("S1", Input.INSTALMENTS) in read
    assert not {one.value for _, one in read} & set(inputs.NEVER)
    said = "\n".join(readers.unread(ON))
    assert "Far behind with the rent: looked for in part" in said
    assert "benefit paid to landlord" in said


def test_whoever_lived_with_somebody_who_died_is_seen(mary):
    home, tom = makers.a_dwelling(), makers.a_person("Tom", "Rimmer", date_of_death=ON)
    far = makers.a_person("Far", "Away")
    for one in (mary, tom):
        Residence.objects.create(person=one, dwelling=home, starts=date(2020, 1, 1))
    Residence.objects.create(person=far, dwelling=makers.a_dwelling(), starts=date(2020, 1, 1))
    look(mary, far, tom)
    assert set(models.Sighting.objects.values_list("person_id", "code")) == {(mary.pk, "S10")}


def test_news_that_a_signal_names_is_looked_at_at_once(mary):
    holds.place_statutory_hold(
        kind="insolvency", upon=holds.Upon(person=mary), starts=ON, by=BY, on=ON
    )
    assert not models.Sighting.objects.exists()
    delivering.deliver()
    delivering.deliver()
    [row] = models.Sighting.objects.all()
    assert (row.person_id, row.code, row.run_id) == (mary.pk, "S12", None)
    found = queries.for_person(mary.pk, purpose=SUPPORT, on=ON)
    assert (found.points, found.reasons[0].then) == (0, "protocol")


def test_a_breathing_space_is_of_whom_it_is_for_and_of_nobody_who_owes_with_them(mary):
    ben = makers.a_person("Ben", "Ball")
    makers.an_account(people=[mary, ben])
    notices.a_notice(mary, ON)
    look(mary, ben)
    assert list(models.Sighting.objects.values_list("person_id", "code")) == [(mary.pk, "S12")]
