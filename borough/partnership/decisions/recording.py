"""Talking once both positions are open, and the joint record that both sign."""

from dataclasses import asdict, dataclass
from datetime import date

from borough.kernel import commanding
from borough.partnership.decisions import capabilities, models, queries
from borough.partnership.sealed import capabilities as sealing_capabilities
from borough.partnership.sealed import chain
from borough.partnership.sealed.models import Round
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as seat_commands
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Signature


class NotOpenYet(commanding.Refusal):
    """The positions are still sealed."""


class NoSeat(commanding.Refusal):
    """They sit for no partner."""


class NotADay(commanding.Refusal):
    """The day is over."""


class NoSuchOption(commanding.Refusal):
    """It is no option of the case."""


class Decided(commanding.Refusal):
    """Both have signed."""


class Superseded(commanding.Refusal):
    """There is a newer record, or newer information."""


class NoInterest(commanding.Refusal):
    """A dispensation without the interest that it is from."""


class AlreadyWithheld(commanding.Refusal):
    """Nothing of the case is published already."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a joint record says: the decision made, its reasons, what was rejected and why.

    Attributes:
        taken_by: of whom the law takes it to be a decision.
        interests: conflicts of interest that members declared; "" where none was.
        dispensation: that was granted from them; "" where none was.
    """

    option: int
    decision: str
    reasons: str
    rejected: str
    dissent: str
    conditions: str
    review_on: date
    taken_by: models.Record.TakenBy = models.Record.TakenBy.PARTNERS
    interests: str = ""
    dispensation: str = ""


@commanding.command(sealing_capabilities.SEAL)
def leave_note(*, case: models.Case, words: str, by: commanding.Actor, on: date) -> models.Note:
    """Say something to the other partner about what both positions say.

    Raises:
        NotOpenYet: the positions are sealed: what is said now would sway the other.
        NoSeat: the officer sits for no partner.
    """
    seat = seats.seat_of(by, on)
    if seat is None:
        raise NoSeat("You sit for no partner today, so you cannot speak for one.")
    chain.hold(case.thing)
    _refuse_sealed(queries.state(case))
    note = models.Note.objects.create(
        case=case, party=seat.party, officer_id=seat.officer_id, words=words, on=on
    )
    chain.tell(
        case.thing,
        "partnership.note_left",
        by=by,
        on=on,
        party=seat.party,
        content=signing.digest(note.content),
    )
    return note


@commanding.command(capabilities.PREPARE_DECISION)
def propose_record(
    *, case: models.Case, words: Words, by: commanding.Actor, on: date
) -> models.Record:
    """Write the joint record; it binds once both have signed it. The newest is the one to sign.

    Raises:
        NotOpenYet: the positions are sealed.
        Decided: both have signed one.
        NoSuchOption: it is no option of the case.
        NotADay: the day of the review is not to come.
        NoInterest: a dispensation is told, and no interest.
    """
    if words.review_on <= on:
        raise NotADay("The day on which both look at it again must be to come.")
    if not 0 <= words.option < len(case.options):
        raise NoSuchOption("Choose one of the options of the case.")
    if words.dispensation and not words.interests:
        raise NoInterest("Say which interest the dispensation was granted from.")
    chain.hold(case.thing)
    state = queries.state(case)
    _refuse_decided(state)
    pack, opened = _refuse_sealed(state)
    record = models.Record.objects.create(
        case=case,
        pack=pack,
        round=opened.number,
        **asdict(words),
        by=by.reference,
        on=on,
    )
    chain.tell(
        case.thing,
        "partnership.record_proposed",
        by=by,
        on=on,
        case=case.pk,
        content=signing.digest(record.content),
    )
    return record


@commanding.command(seat_capabilities.SIGN)
def sign_record(*, record: models.Record, by: commanding.Actor, on: date) -> Signature:
    """Sign the joint record for the partner for whom the officer sits.

    Raises:
        Superseded: there is a newer record, or newer information since.
        Decided: both have signed it.
        seat_commands.NoSeat, AlreadySigned: as for every signature.
    """
    case = record.case
    chain.hold(case.thing)
    state = queries.state(case)
    _refuse_decided(state)
    if state.to_sign != record:
        raise Superseded("There is something newer in this case. Look at it first.")
    digest = signing.digest(record.content)
    made = seat_commands.sign(thing=record.thing, digest=digest, by=by, on=on)
    chain.tell(
        case.thing,
        "partnership.record_signed",
        by=by,
        on=on,
        record=str(record.pk),
        party=made.party,
        signed=digest,
    )
    return made


@commanding.command(capabilities.PREPARE_DECISION)
def withhold(*, case: models.Case, why: str, by: commanding.Actor, on: date) -> models.Withholding:
    """Publish nothing of a case, whatever its class, before or after it is decided; for good.

    Raises:
        AlreadyWithheld: nothing of it is published.
    """
    chain.hold(case.thing)
    if case.shown == case.Shown.CLOSED or queries.is_withheld(case):
        raise AlreadyWithheld("Nothing of this case is published.")
    made = models.Withholding.objects.create(case=case, why=why, by=by.reference, on=on)
    chain.tell(
        case.thing,
        "partnership.case_withheld",
        by=by,
        on=on,
        case=case.pk,
        content=signing.digest(made.content),
    )
    return made


def _refuse_sealed(state: queries.State) -> tuple[models.Pack, Round]:
    """Return the newest information and the newest round on it, in which both are open."""
    if state.pack is None or state.round is None or not state.round.is_open:
        raise NotOpenYet("The positions are sealed. Talk once both are open.")
    return state.pack, state.round.round


def _refuse_decided(state: queries.State) -> None:
    if state.is_decided:
        raise Decided("Both have signed the joint record of this case.")
