"""Figures that nobody types: counted, counted again, disputed, and rated by what both signed."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel.facts import commands as facts
from borough.kernel.officers.queries import at_work
from borough.partnership.measures import commands, definitions, models, queries
from borough.partnership.seats import commands as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party
from borough.rules import years
from borough.rules.partnership import rating
from tests import makers, officers
from tests.partnership.seats.test_seats import seated

pytestmark = pytest.mark.django_db
YEAR = years.Year(2025)
AS_AT = date(2025, 6, 30)
TODAY = date(2025, 7, 1)
CHANGES, COLLECTED = "revenues.changes", "revenues.collected_in_year"


def worked_on(on: date) -> None:
    """Record a change of circumstances, which may become known later than it was."""
    facts.record(
        "revenues.discount_applied",
        by=makers.everything(),
        on=on,
        starts=on,
        change_pence=-1,
        account="100001",
    )


def counted(measure: str = CHANGES, as_at: date = AS_AT) -> models.Snapshot:
    return commands.count(measure=measure, year=YEAR, as_at=as_at, by=makers.everything(), on=TODAY)


def reading(measure: str = CHANGES) -> queries.Reading:
    [found] = [one for one in queries.readings(YEAR, TODAY) if one.measure.slug == measure]
    return found


def test_a_measure_is_counted_from_what_was_done():
    worked_on(date(2025, 4, 1))
    worked_on(AS_AT)
    worked_on(date(2025, 3, 31))
    worked_on(TODAY)
    snapshot = counted()
    assert (snapshot.numerator, snapshot.denominator) == (2, 1)
    assert reading().value_hundredths == 200


def test_the_same_count_again_adds_nothing():
    worked_on(AS_AT)
    assert counted() == counted()
    assert models.Snapshot.objects.count() == 1


def test_late_data_restate_and_the_first_count_stays():
    worked_on(AS_AT)
    first = counted()
    worked_on(date(2025, 5, 1))
    second = counted()
    assert [one.numerator for one in queries.chain(second)] == [2, 1]
    assert second.restates == first
    assert reading().restated == 1
    assert [one.pk for one in queries.over_time(CHANGES, YEAR)] == [second.pk]


def test_no_data_is_not_nought():
    snapshot = counted(COLLECTED)
    assert (snapshot.numerator, snapshot.denominator) == (None, None)
    assert (reading(COLLECTED).value_hundredths, reading(COLLECTED).rating) == (None, None)
    with pytest.raises(DatabaseError, match="no_data_is_not_nought"), transaction.atomic():
        models.Snapshot.objects.create(
            measure=COLLECTED,
            definition="x",
            year="2024-25",
            as_at=AS_AT,
            numerator=5,
            by="officer/1",
            on=TODAY,
        )


def test_nobody_changes_a_count():
    snapshot = counted()
    for change in ("update measures_snapshot set numerator = 7", "delete from measures_snapshot"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)
    assert models.Snapshot.objects.get(pk=snapshot.pk).numerator == 0


def test_a_day_to_come_is_not_counted():
    with pytest.raises(commands.NotYet):
        counted(as_at=date(2025, 7, 2))
    with pytest.raises(commands.NotYet):
        counted(as_at=date(2025, 3, 31))
    with pytest.raises(commands.NoSuchMeasure):
        counted("revenues.happiness")


def test_a_dispute_shows_and_only_who_disputes_settles_it():
    cleo, pat = seated("Cleo Council", Party.COUNCIL), seated("Pat Partner", Party.PARTNER)
    by = {one: _may_all(one) for one in (cleo, pat)}
    snapshot = counted()
    made = commands.dispute(snapshot=snapshot, why=models.Dispute.Why.DATA, by=by[pat], on=TODAY)
    assert reading().disputed_by == ("partner",)
    with pytest.raises(commands.AlreadyDisputed):
        commands.dispute(snapshot=snapshot, why=models.Dispute.Why.DATA, by=by[pat], on=TODAY)
    with pytest.raises(commands.NotYours):
        commands.settle(dispute=made, by=by[cleo], on=TODAY)
    worked_on(AS_AT)
    assert counted().restates == snapshot
    assert reading().disputed_by == ("partner",), "counting anew settles nothing"
    commands.settle(dispute=made, by=by[pat], on=TODAY)
    assert reading().disputed_by == ()
    with pytest.raises(commands.NoSeat):
        commands.dispute(
            snapshot=snapshot, why=models.Dispute.Why.DATA, by=makers.everything(), on=TODAY
        )


def test_a_target_counts_once_both_have_signed_it():
    worked_on(AS_AT)
    counted(COLLECTED)
    target = propose(rating.Target(9700, 9600, 9500))
    assert queries.target_of(COLLECTED, TODAY) is None
    digest = signing.digest(target.content)
    for name, party in (("Cleo Council", Party.COUNCIL), ("Pat Partner", Party.PARTNER)):
        officer = seated(name, party)
        by = at_work(officer, on=TODAY)
        seats.sign(thing=target.thing, digest=digest, by=by, on=TODAY)
    assert queries.target_of(COLLECTED, TODAY) == target
    assert queries.target_of(COLLECTED, date(2025, 3, 31)) is None


def test_a_target_out_of_order_is_refused():
    with pytest.raises(commands.NoTarget, match="no higher than the last"):
        propose(rating.Target(9500, 9600, 9700))
    with pytest.raises(commands.NoTarget, match="noughts"):
        propose(rating.Target(10**19, 9600, 9500))


def test_a_definition_is_known_by_its_digest():
    assert definitions.digest(CHANGES) != definitions.digest(COLLECTED)
    assert len(definitions.digest(CHANGES)) == 64


def test_its_pages_say_all_that_matters():
    worked_on(AS_AT)
    officer = officers.an_officer("Cora Example", *officers.every_capability())
    visitor = officers.a_visitor(officer)
    shown = visitor.get("/partnership/measures").content.decode()
    assert "Nothing has been counted this year" in shown
    visitor.post(f"/partnership/measures/{CHANGES}/count", officers.posted())
    page = visitor.get(f"/partnership/measures/{COLLECTED}").content.decode()
    assert "QRC4" in page
    assert "Changes of circumstances worked on" in page
    answers = officers.posted(
        good="97",
        approaching="96,5x",
        requires_improvement="95",
        starts_day="1",
        starts_month="4",
        starts_year="2025",
    )
    again = visitor.post(f"/partnership/measures/{COLLECTED}/target", answers).content.decode()
    assert "is not a number" in again
    visitor.post(
        f"/partnership/measures/{COLLECTED}/target", answers | officers.posted(approaching="96.5")
    )
    assert models.Target.objects.get().approaching == 9650
    assert visitor.get("/partnership/measures/nothing").status_code == 404


def propose(target: rating.Target) -> models.Target:
    return commands.propose_target(
        measure=COLLECTED,
        target=target,
        starts=date(2025, 4, 1),
        by=makers.everything(),
        on=TODAY,
    )


def _may_all(officer):
    """Return the officer with every capability on the card, as a role might grant them."""
    return makers.an_officer(officer.pk)
