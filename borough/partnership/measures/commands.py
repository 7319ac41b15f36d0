"""Counting measures, disputing a count, proposing what a measure should come to."""

from datetime import date

from django.db import connection

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.partnership.measures import capabilities, definitions, models
from borough.partnership.seats import queries as seats
from borough.rules import years
from borough.rules.partnership import rating

MOST_HUNDREDTHS = 10**15  # of a limit: more is mistyped
_COUNTING = 0x43_4E_54  # "CNT": the number of the lock, so that it meets no other


class NoSuchMeasure(commanding.Refusal):
    """No service declares it."""


class NotYet(commanding.Refusal):
    """The day is not over yet, or the year has not begun by then."""


class NoSeat(commanding.Refusal):
    """They sit for no partner."""


class AlreadyDisputed(commanding.Refusal):
    """The partner disputes that count already."""


class AlreadySettled(commanding.Refusal):
    """The dispute is over."""


class NotYours(commanding.Refusal):
    """Only the partner who disputes can say that it is settled."""


class NoTarget(commanding.Refusal):
    """The limits are none."""


@commanding.command(capabilities.COUNT_MEASURES)
def count(
    *, measure: str, year: years.Year, as_at: date, by: commanding.Actor, on: date
) -> models.Snapshot:
    """Count a measure for a year by the data as at a day; the same count again adds nothing.

    Raises:
        NoSuchMeasure: no service declares it.
        NotYet: the day is to come, or lies before the year.
    """
    if measure not in definitions.measures():
        raise NoSuchMeasure("No service declares this measure. Choose one of the list.")
    if as_at > on or as_at < year.starts:
        raise NotYet(f"Count a day of {year.name} that is over, or today.")
    _one_at_a_time()
    newest = models.Snapshot.objects.filter(
        measure=measure, year=year.name, as_at=as_at, restated_by=None
    ).first()
    read = definitions.measures()[measure].read(year, as_at)
    numerator, denominator = read if read is not None else (None, None)
    if newest is not None and (newest.numerator, newest.denominator) == (numerator, denominator):
        return newest
    snapshot = models.Snapshot.objects.create(
        measure=measure,
        definition=definitions.digest(measure),
        year=year.name,
        as_at=as_at,
        numerator=numerator,
        denominator=denominator,
        restates=newest,
        by=by.reference,
        on=on,
    )
    what = "partnership.measure_restated" if newest else "partnership.measure_counted"
    facts.record(
        what, thing=snapshot.thing, by=by, on=on, measure=measure, year=year.name, as_at=as_at
    )
    return snapshot


@commanding.command(capabilities.DISPUTE_MEASURE)
def dispute(
    *, snapshot: models.Snapshot, why: models.Dispute.Why, by: commanding.Actor, on: date
) -> models.Dispute:
    """Say, for the partner for whom the officer sits, that a count is wrong.

    Raises:
        NoSeat: the officer sits for no partner.
        AlreadyDisputed: that partner disputes it already.
    """
    seat = seats.seat_of(by, on)
    if seat is None:
        raise NoSeat("You sit for no partner today, so you cannot dispute for one.")
    _one_at_a_time()
    if snapshot.disputes.filter(party=seat.party, ends=None).exists():
        raise AlreadyDisputed(f"The {seat.party} disputes this count already.")
    made = models.Dispute.objects.create(
        snapshot=snapshot, party=seat.party, why=why, by=by.reference, starts=on
    )
    facts.record(
        "partnership.measure_disputed",
        thing=snapshot.thing,
        by=by,
        on=on,
        measure=snapshot.measure,
        year=snapshot.year,
        party=seat.party,
    )
    return made


@commanding.command(capabilities.DISPUTE_MEASURE)
def settle(*, dispute: models.Dispute, by: commanding.Actor, on: date) -> None:
    """Say that a dispute is settled, for the partner who began it.

    Raises:
        NotYours: the officer does not sit for that partner.
        AlreadySettled: it is over.
    """
    dispute = models.Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    seat = seats.seat_of(by, on)
    if seat is None or seat.party != dispute.party:
        raise NotYours(f"Only who sits for the {dispute.party} can settle its dispute.")
    if dispute.ends is not None:
        raise AlreadySettled("This dispute is settled already.")
    dispute.ends = on
    dispute.save(update_fields=["ends"])
    facts.record(
        "partnership.dispute_settled",
        thing=dispute.snapshot.thing,
        by=by,
        on=on,
        measure=dispute.snapshot.measure,
        year=dispute.snapshot.year,
    )


@commanding.command(capabilities.PROPOSE_TARGET)
def propose_target(
    *,
    measure: str,
    target: rating.Target,
    starts: date,
    by: commanding.Actor,
    on: date,
) -> models.Target:
    """Propose from which value each rating begins; it counts once both partners have signed it.

    Raises:
        NoSuchMeasure: no service declares it.
        NoTarget: the limits are out of order or mistyped, or no direction is better.
    """
    if measure not in definitions.measures():
        raise NoSuchMeasure("No service declares this measure. Choose one of the list.")
    try:
        target.check(definitions.measures()[measure].better)
    except rating.BadTarget as fault:
        raise NoTarget(str(fault)) from None
    limits = (target.good, target.approaching, target.requires_improvement)
    if max(abs(one) for one in limits) > MOST_HUNDREDTHS:
        raise NoTarget("A limit is at most ten million million. Check its noughts.")
    proposed = models.Target.objects.create(
        measure=measure,
        starts=starts,
        good=target.good,
        approaching=target.approaching,
        requires_improvement=target.requires_improvement,
        by=by.reference,
        on=on,
    )
    facts.record(
        "partnership.target_proposed",
        thing=proposed.thing,
        by=by,
        on=on,
        measure=measure,
        starts=starts,
    )
    return proposed


def _one_at_a_time() -> None:
    """Wait until nobody else counts or disputes: what is appended to cannot be locked by row."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_COUNTING])
