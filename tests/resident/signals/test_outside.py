"""What other organisations tell counts where it is joined, for help, and no longer than that."""

from datetime import date, timedelta

import numpy as np
import pytest

from borough.kernel import offers
from borough.kernel.holds import commands as holds
from borough.kernel.post import commands as post
from borough.kernel.post.models import Item
from borough.resident.identity.models import Link
from borough.resident.signals import models, noticing, scoring
from borough.resident.signals.own import outside, told
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


def things(look, person, on=ON):
    return look(np.array([person.pk], np.int64), on).thing


def points(person, code, on):
    """Return what one worry comes to, looked for on a day."""
    people = np.array([person.pk], np.int64)
    noticing.notice(people, codes=[code], by=BY, on=on)
    [counted] = [one for one in scoring.scored(people, on).counted if one.code == code]
    return counted.points.tolist()


def an_award(key, kind, weekly, **more):
    told = {"key": key, "family_name": "Rimmer", "award_reference": f"{kind}{key}"}
    return {**told, "award_kind": kind, "weekly_pence": weekly, **more}


def a_contact(number, day, code):
    told = {"key": "C", "family_name": "Rimmer", "contact_reference": f"K{number}"}
    return {**told, "contact_on": day, "contact_code": code}


def take_in(source, *rows, on=ON):
    feed_makers.take_in(feed_makers.a_file(source, *rows), source, on=on)


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


def test_a_landlord_who_may_go_to_court_is_seen_while_rent_is_owed(db):
    makers.an_open_ledger()
    mary, later, last = makers.a_person(), ON + timedelta(7), ON + timedelta(14)
    rows = [
        feed_makers.rent("T1", "1", "5.00", stage="NSP"),
        feed_makers.rent("T2", "2", "5.00", stage="ARR"),
        feed_makers.rent("T3", "3", "5.00", stage="AGR", notice_served="01/05/2025"),
    ]
    feed_makers.take_in(feed_makers.a_file("northway-rents", *rows))
    for key in "123":
        join(mary, key)
    assert len(things(outside.possession_threatened, mary)) == 2
    rows[0]["stage"] = "CUR"
    feed_makers.take_in(feed_makers.a_file("northway-rents", *rows), on=later)
    assert len(things(outside.possession_threatened, mary, later)) == 1
    rows[2]["pence"] = "0.00"
    feed_makers.take_in(feed_makers.a_file("northway-rents", *rows), on=last)
    assert things(outside.possession_threatened, mary, last) == []


def test_an_award_that_falls_by_a_fifth_is_seen_for_ninety_days(db):
    mary, fall = makers.a_person(), date(2025, 10, 1)
    take_in("other-benefits", an_award("1", "HB", "100.00"), an_award("2", "UC", "100.00"))
    join(mary, "1"), join(mary, "2")
    assert things(outside.awards_fell, mary, fall) == []
    after = an_award("1", "HB", "80.00"), an_award("2", "UC", "80.01")
    take_in("other-benefits", *after, on=fall)
    record = Record.objects.get(key="1").pk
    seen = [f"resident.award/{record}/HB/10000"]
    assert things(outside.awards_fell, mary, fall) == seen
    assert things(outside.awards_fell, mary, fall + timedelta(89)) == seen
    assert things(outside.awards_fell, mary, fall + timedelta(90)) == []
    assert points(mary, "S4", fall) == [2]


def test_whoever_gets_help_by_income_and_no_reduction_is_seen_where_one_is_offered(db, monkeypatch):
    mary, ben, far = (makers.a_person(name) for name in ("Mary", "Ben", "Far"))
    ended = {"awarded_from": "2025-01-01", "awarded_until": "2025-06-10"}
    take_in(
        "other-benefits",
        an_award("1", "UC", "100.00", **ended),
        an_award("2", "UC", "100.00"),
        an_award("3", "CTR", "10.00"),
        an_award("4", "DHP", "10.00"),
    )
    join(mary, "1"), join(ben, "2"), join(ben, "3"), join(far, "4")
    offer = offers.Offer("revenues.reduction", "Reduction", "By income", by_income=True)
    monkeypatch.setattr(offers, "offers", lambda people, on: dict.fromkeys(people, (offer,)))
    everybody = np.array([mary.pk, ben.pk, far.pk], np.int64)
    assert outside.not_claiming(everybody, ON).person.tolist() == [mary.pk]
    assert outside.not_claiming(everybody, date(2025, 6, 10)).person.tolist() == []


def test_credit_that_is_reduced_to_the_cap_is_seen_to_the_penny_and_while_it_is_given(db):
    mary, ben = makers.a_person("Mary"), makers.a_person("Ben")
    month = {"allowance_pence": "400.14", "awarded_until": "2025-07-01"}  # 15 per cent: 60.02
    take_in(
        "other-benefits",
        an_award("1", "UC", "90.00", deductions_pence="60.02", **month),
        an_award("2", "UC", "90.00", deductions_pence="60.01", **month),
        an_award("3", "UC", "90.00", **month),  # what is taken is not told
        an_award("4", "HB", "90.00", deductions_pence="400.00", **month),
    )
    join(mary, "1")
    for key in "234":
        join(ben, key)
    assert points(mary, "S8", ON) == [2]
    assert points(ben, "S8", ON) == []
    assert things(outside.deducted_to_the_cap, mary, date(2025, 7, 1)) == []
    assert points(mary, "S8", date(2025, 7, 1)) == []


def test_three_contacts_in_thirty_days_count_where_somebody_said_that_they_cannot_pay(db):
    mary, source = makers.a_person(), "customer-contacts"
    days = ["2025-05-10", "2025-05-20", "2025-06-01"]
    coded = [a_contact(n, day, "PAY") for n, day in enumerate(days)]
    take_in(source, *coded)
    join(mary, "C")
    assert points(mary, "S9", ON) == []  # nobody said that they cannot
    take_in(source, *coded, a_contact(3, "2025-06-02", "CANT"), on=ON + timedelta(1))
    assert models.Sighting.objects.filter(code="S9").count() == 3
    assert points(mary, "S9", ON + timedelta(1)) == [2]
    assert models.Sighting.objects.filter(code="S9").count() == 4, "each contact counts once"
    assert points(mary, "S9", date(2025, 6, 18)) == [2]
    assert points(mary, "S9", date(2025, 6, 19)) == []  # two are left of the last thirty days


def test_contacts_that_were_taken_back_are_seen_no_more_until_they_are_told_again(db):
    mary, source = makers.a_person(), "customer-contacts"
    take_in(source, a_contact(1, "2025-06-01", "CANT"))
    join(mary, "C")
    assert len(things(outside.got_in_touch, mary)) == 1
    later = ON + timedelta(1)
    feed_makers.withdraw_all(source, on=later)
    assert things(outside.got_in_touch, mary, later) == []
    take_in(source, a_contact(1, "2025-06-01", "CANT"), on=later + timedelta(1))
    assert len(things(outside.got_in_touch, mary, later + timedelta(1))) == 1


def test_a_letter_about_paying_is_a_contact_of_whom_it_was_filed_under(db):
    mary, ben = makers.a_person("Mary"), makers.a_person("Ben")
    for number, about in enumerate(("paying", "refund")):
        item = Item.objects.create(
            received_on=ON - timedelta(2), how="letter", about=about, sha256=f"{number:064d}",
            media="application/pdf", length_bytes=1, by="officer/1", on=ON,
        )  # fmt: skip
        thing = f"kernel.person/{mary.pk}"
        for _ in range(2):  # filed again, it is the same letter
            post.file_under(item=item, thing=thing, people=[mary.pk], by=BY, on=ON)
    assert set(things(told.wrote, mary)) == {f"kernel.post/{Item.objects.get(about='paying').pk}"}
    assert things(told.wrote, ben) == []
    assert things(told.wrote, mary, ON + timedelta(28)) == []
    assert points(mary, "S9", ON) == []
    assert models.Sighting.objects.get(code="S9").value == 0


def test_an_insolvency_is_seen_while_it_stands(db):
    mary, ben = makers.a_person("Mary"), makers.a_person("Ben")
    holds.place_statutory_hold(
        kind="insolvency", upon=holds.Upon(person=mary), starts=ON, by=BY, on=ON
    )
    assert len(things(told.insolvent, mary)) == 1
    assert things(told.insolvent, ben) == []
    assert things(told.insolvent, mary, ON - timedelta(1)) == []
