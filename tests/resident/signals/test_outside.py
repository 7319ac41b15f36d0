"""What other organisations tell counts where it is joined, for help, and no longer than that."""

from datetime import date, timedelta

import numpy as np
import pytest

from borough.resident.identity.models import Link
from borough.resident.signals import models, noticing, scoring
from borough.resident.signals.own import outside
from borough.resident.sources.models import Record
from tests import makers
from tests.resident.sources import feed_makers

ON = feed_makers.ON
BY = makers.everything()


@pytest.fixture
def mary(db):
    makers.an_open_ledger()
    feed_makers.take_in(
        feed_makers.a_file(
            "northway-rents",
            feed_makers.rent("T1", "1", "400.00", oldest_due="01/05/2025"),
            feed_makers.rent("T2", "2", "399.99", oldest_due="01/05/2025"),
        )
    )
    return makers.a_person("Mary", "Rimmer")


def join(person, key):
    return Link.objects.create(
        record=Record.objects.get(key=key),
        person=person,
        starts=ON,
        method=Link.Method.DECIDED,
        decided_by="officer/1",
    )


def things(look, person):
    return look(np.array([person.pk], np.int64), ON).thing


def test_only_what_is_joined_is_seen_and_four_weeks_are_four_weeks_to_the_penny(mary):
    assert things(outside.behind, mary) == []
    join(mary, "2")
    assert things(outside.behind, mary) == ["rent"]
    assert things(outside.far_behind_with_rent, mary) == []  # a penny short of four weeks
    join(mary, "1")
    assert things(outside.behind, mary) == ["rent", "rent"]  # one service, twice
    assert len(things(outside.far_behind_with_rent, mary)) == 1
    noticing.notice(np.array([mary.pk], np.int64), by=BY, on=ON)
    kept = dict(models.Sighting.objects.values_list("code", "value"))
    assert kept == {"S2": 1, "S3": 1}


def test_what_a_record_told_counts_no_more_when_it_is_somebody_elses(mary):
    link = join(mary, "1")
    models.Sighting.objects.create(
        person=mary,
        code="S4",
        key="resident.award/1",
        observed_on=ON,
        expires_on=ON + timedelta(90),
        value=1,
        record=link.record_id,
        version=date(2020, 4, 1),
    )
    people = np.array([mary.pk], np.int64)
    assert scoring.scored(people, ON).points.tolist() == [2]
    link.delete()
    assert scoring.scored(people, ON).points.tolist() == [0]
