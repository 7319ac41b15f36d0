"""Taking and leaving a seat, and signing for the partner for whom one sits."""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.facts import commands as facts
from borough.kernel.officers.models import Officer
from borough.partnership.seats import capabilities, models, queries


class YourOwnSeat(commanding.Refusal):
    """Nobody seats themselves."""


class NotADay(commanding.Refusal):
    """The day is over: who sat where in the past stays as it was."""


class AlreadySeated(commanding.Refusal):
    """They sit at the table already."""


class SatForTheOther(commanding.Refusal):
    """They have sat for the other partner."""


class AlreadyLeft(commanding.Refusal):
    """The seat has been left."""


class NoSeat(commanding.Refusal):
    """They sit for no partner, so they can sign for none."""


class AlreadySigned(commanding.Refusal):
    """It is signed for that partner already."""


@commanding.command(capabilities.GIVE_SEATS)
def give_seat(
    *, officer: Officer, party: models.Party, starts: date, by: commanding.Actor, on: date
) -> models.Seat:
    """Let an officer sit for a partner from a day.

    Raises:
        YourOwnSeat: the officer would seat themselves.
        NotADay: the day is over.
        SatForTheOther: who has spoken for one partner never speaks for the other.
        AlreadySeated: the officer sits on that day or later.
    """
    if officer.reference == by.reference:
        raise YourOwnSeat("You cannot seat yourself. Ask another officer who may.")
    if starts < on:
        raise NotADay("The first day must be today or later.")
    Officer.objects.select_for_update().get(pk=officer.pk)
    if officer.seats.exclude(party=party).exists():
        raise SatForTheOther(
            f"{officer.name} has sat for the other partner, and cannot speak for both."
        )
    if officer.seats.filter(dated.touches(starts, None)).exists():
        raise AlreadySeated(f"{officer.name} sits for the {party.label} already.")
    seat = models.Seat.objects.create(officer=officer, party=party, starts=starts)
    facts.record(
        "partnership.seat_given",
        thing=officer.reference,
        by=by,
        on=on,
        officer=officer.reference,
        party=party.value,
        starts=starts,
    )
    return seat


@commanding.command(capabilities.GIVE_SEATS)
def end_seat(*, seat: models.Seat, ends: date, by: commanding.Actor, on: date) -> None:
    """End a seat: from ``ends`` the officer signs for nobody. What they signed stays signed.

    Raises:
        NotADay: ``ends`` is over, or not after the day on which the seat starts.
        AlreadyLeft: it has ended.
    """
    seat = models.Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if seat.ends is not None:
        raise AlreadyLeft("This seat has been left already.")
    if ends < on or ends <= seat.starts:
        raise NotADay("The day must be today or later, and after the day on which it starts.")
    seat.ends = ends
    seat.save(update_fields=["ends"])
    facts.record(
        "partnership.seat_left",
        thing=seat.officer.reference,
        by=by,
        on=on,
        officer=seat.officer.reference,
        party=seat.party,
        ends=ends,
    )


@commanding.command(capabilities.SIGN)
def sign(*, thing: str, digest: str, by: commanding.Actor, on: date) -> models.Signature:
    """Sign one exact content of a thing for the partner for whom the officer sits.

    Args:
        thing: as facts name it: ``partnership.rule_set/3``.
        digest: SHA-256 of what is signed, in hexadecimal (`signing.digest`).
        by: the officer who signs; their seat says for whom.
        on: the day.

    Raises:
        NoSeat: the officer sits for no partner on the day.
        AlreadySigned: it is signed for that partner, or by this officer.
    """
    seat = queries.seat_of(by, on)
    if seat is None:
        raise NoSeat("You sit for no partner today, so you cannot sign. Ask who gives seats.")
    signed = models.Signature.objects.filter(thing=thing, digest=digest)
    if signed.filter(party=seat.party).exists():
        raise AlreadySigned(f"It is signed for the {seat.party} already.")
    signature = models.Signature.objects.create(
        thing=thing, digest=digest, party=seat.party, officer_id=seat.officer_id, on=on
    )
    facts.record("partnership.signed", thing=thing, by=by, on=on, signed=thing, party=seat.party)
    return signature
