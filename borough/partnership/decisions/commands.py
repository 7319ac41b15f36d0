"""Opening a case, freezing what both know, reading it, and sealing what each thinks of it.

What is done to a case is done under the lock of its chain, one after another.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from borough.kernel import commanding
from borough.kernel.documents import archive
from borough.kernel.post import looking
from borough.partnership.decisions import capabilities, manifests, models, positions, queries
from borough.partnership.sealed import capabilities as sealing_capabilities
from borough.partnership.sealed import chain, rounds, sealing
from borough.partnership.sealed import commands as sealed
from borough.partnership.sealed.models import Commitment, Round
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Seat

MOST_OPTIONS, LONGEST_OPTION = 20, 200
NOTHING = {"do nothing", models.DO_NOTHING.casefold()}


class NotADay(commanding.Refusal):
    """The day is over."""


class NoChoice(commanding.Refusal):
    """There is nothing to choose between."""


class NoPaper(commanding.Refusal):
    """The file cannot be kept."""


class Decided(commanding.Refusal):
    """Both have signed the record."""


class NothingNew(commanding.Refusal):
    """The information is as it was frozen."""


class NoSeat(commanding.Refusal):
    """They sit for no partner."""


class AlreadyRead(commanding.Refusal):
    """The partner has said so."""


class OutOfOrder(commanding.Refusal):
    """Something else comes first."""


class NotTheNewest(commanding.Refusal):
    """There is newer information."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be decided.

    Attributes:
        others: the options besides doing nothing.
        ordered: whether each goes further than the one before it; None where nobody said.
    """

    title: str
    why: str
    others: Sequence[str]
    consult: str
    decide_by: date
    matters: models.Case.Matters
    shown: models.Case.Shown
    mode: Round.Mode
    ordered: bool | None = None


@commanding.command(capabilities.PREPARE_DECISION)
def open_case(*, question: Question, by: commanding.Actor, on: date) -> models.Case:
    """Open a case for both partners to decide.

    Raises:
        NotADay: the day by which to decide is over.
        NoChoice: no option besides doing nothing, the same one twice, or too many or too long.
    """
    if question.decide_by < on:
        raise NotADay("The day by which to decide must be today or later.")
    others = _options(question.others)
    case = models.Case.objects.create(
        title=question.title,
        why=question.why,
        others=others,
        consult=question.consult,
        decide_by=question.decide_by,
        matters=question.matters,
        shown=question.shown,
        mode=question.mode,
        ordered=question.ordered,
        by=by.reference,
        on=on,
    )
    chain.tell(
        case.thing,
        "partnership.case_opened",
        by=by,
        on=on,
        case=case.pk,
        decide_by=case.decide_by,
        content=signing.digest(case.content),
    )
    return case


@commanding.command(capabilities.PREPARE_DECISION)
def add_paper(
    *, case: models.Case, title: str, content: bytes, folder: Path, by: commanding.Actor, on: date
) -> models.Paper:
    """Keep a paper for a case; it is part of the information once a pack is frozen with it.

    Raises:
        NoPaper: the file is not what it should be, or is there already.
        Decided: both have signed the record.
    """
    chain.hold(case.thing)
    _refuse_decided(case)
    try:
        media = looking.media(content)
    except looking.NotAScan as refusal:
        raise NoPaper(str(refusal)) from refusal
    digest = hashlib.sha256(content).hexdigest()
    if case.papers.filter(sha256=digest).exists():
        raise NoPaper("This paper is there already.")
    paper = models.Paper.objects.create(
        case=case, title=title, sha256=digest, media=media, by=by.reference, on=on
    )
    archive.write(manifests.where(folder, paper), content)
    return paper


@commanding.command(capabilities.PREPARE_DECISION)
def freeze_pack(
    *,
    case: models.Case,
    measures: Collection[str],
    assumptions: Sequence[str],
    closes: date,
    by: commanding.Actor,
    on: date,
) -> models.Pack:
    """Freeze the information on which both decide, and ask both for a sealed position.

    Frozen again with something new, positions begin anew; what was sealed before stays sealed.

    Raises:
        NotADay: the last day for sealing is over.
        NothingNew: nothing has changed since it was frozen.
        Decided: both have signed the record.
    """
    if closes < on:
        raise NotADay("The last day for sealing must be today or later.")
    chain.hold(case.thing)
    _refuse_decided(case)
    version = case.packs.count() + 1
    manifest = manifests.manifest(case, measures, assumptions, on=on)
    before = case.packs.order_by("version").last()
    if before is not None and before.told | {"version": 0} == manifest | {"version": 0}:
        raise NothingNew("Nothing has changed since it was frozen: both go on with what they have.")
    pack = models.Pack.objects.create(
        case=case,
        version=version,
        manifest=signing.canonical(manifest | {"version": version}),
        digest=signing.digest(manifest | {"version": version}),
        by=by.reference,
        on=on,
    )
    chain.tell(
        case.thing,
        "partnership.pack_frozen",
        by=by,
        on=on,
        case=case.pk,
        version=version,
        content=pack.digest,
    )
    _ask(pack, closes, by=by, on=on)
    return pack


@commanding.command(sealing_capabilities.SEAL)
def acknowledge(
    *, pack: models.Pack, holds_more: bool, by: commanding.Actor, on: date
) -> models.Acknowledgement:
    """Say for a partner that it has the same information, or that it holds more than it can share.

    Raises:
        NoSeat: the officer sits for no partner.
        NotTheNewest: there is a newer version.
        AlreadyRead: the partner has said so.
    """
    seat = _seat(by, on)
    chain.hold(pack.case.thing)
    _refuse_old(pack)
    if pack.acknowledgements.filter(party=seat.party).exists():
        raise AlreadyRead(f"The {seat.party} has read this version already.")
    made = models.Acknowledgement.objects.create(
        pack=pack, party=seat.party, officer_id=seat.officer_id, holds_more=holds_more, on=on
    )
    chain.tell(
        pack.case.thing,
        "partnership.pack_acknowledged",
        by=by,
        on=on,
        version=pack.version,
        party=seat.party,
        holds_more=holds_more,
    )
    return made


@commanding.command(sealing_capabilities.SEAL)
def take_position(
    *, pack: models.Pack, position: positions.Position, by: commanding.Actor, on: date
) -> Commitment:
    """Seal what a partner thinks; when the other has sealed too, both are opened at once.

    Raises:
        NoSeat, NotTheNewest, OutOfOrder: it is not this officer's turn.
        positions.BadPosition: it cannot be sealed.
        sealed.Refusal kinds: as for ``sealed.commands.seal``.
    """
    seat = _seat(by, on)
    round_ = _round_to_seal(pack)
    told = positions.content(position, queries.place(pack, round_, seat.party))
    _checked(told, pack, round_, seat)
    return sealed.seal(round_=round_, content=told, by=by, on=on)


@commanding.command(sealing_capabilities.SEAL)
def enter_seal(*, pack: models.Pack, digest: str, by: commanding.Actor, on: date) -> Commitment:
    """Enter the seal of a position that the partner keeps itself.

    Raises:
        NotTheNewest, OutOfOrder: it is not time for it.
        sealed.Refusal kinds: as for ``sealed.commands.commit``.
    """
    return sealed.commit(round_=_round_to_seal(pack), digest=digest, by=by, on=on)


@commanding.command(sealing_capabilities.SEAL)
def hand_in(*, pack: models.Pack, kept: sealing.Sealed, by: commanding.Actor, on: date) -> bool:
    """Hand in the position that a partner kept; when both have, both are opened at once.

    Raises:
        NoSeat, NotTheNewest: it is not this officer's to hand in, or no longer.
        positions.BadPosition: it is sealed well, but is no position of this round.
        sealed.Refusal kinds: as for ``sealed.commands.hand_in``.
    """
    seat = _seat(by, on)
    chain.hold(pack.case.thing)
    _refuse_old(pack)
    round_ = _newest_round(pack)
    state = rounds.standing(round_)
    if seat.party in state.sealed and kept.digest == state.sealed[seat.party].digest:
        _checked(kept.content, pack, round_, seat)
    return sealed.hand_in(round_=round_, sealed=kept, by=by, on=on)


@commanding.command(capabilities.PREPARE_DECISION)
def ask_again(*, pack: models.Pack, closes: date, by: commanding.Actor, on: date) -> Round:
    """Ask both to seal once more: after the last day has gone by, or after they have talked.

    Raises:
        NotADay: the last day for sealing is over.
        NotTheNewest, Decided: it is over with this information, or with the case.
        OutOfOrder: a round is still going on, or two have been opened.
    """
    if closes < on:
        raise NotADay("The last day for sealing must be today or later.")
    chain.hold(pack.case.thing)
    _refuse_old(pack)
    state = _refuse_decided(pack.case)
    going_on = state.round and not state.round.is_open and on <= state.round.round.closes
    if going_on:
        raise OutOfOrder("A round is going on until its last day has gone by.")
    if state.opened >= queries.MOST_OPENED:
        raise OutOfOrder("Two rounds have been opened: now write the joint record.")
    return _ask(pack, closes, by=by, on=on)


def _options(typed: Sequence[str]) -> list[str]:
    """Return the options besides doing nothing, which need not be typed."""
    others = [one.strip() for one in typed if one.strip()]
    apart = {one.casefold().rstrip(".") for one in others} - NOTHING
    if not others or len(apart) < len(others):
        raise NoChoice("Give at least one option besides doing nothing, and each only once.")
    if len(others) > MOST_OPTIONS or max(map(len, others)) > LONGEST_OPTION:
        raise NoChoice(
            f"Give at most {MOST_OPTIONS} options, each in at most {LONGEST_OPTION} characters. "
            "Say the rest under why, or in a paper."
        )
    return others


def _ask(pack: models.Pack, closes: date, *, by: commanding.Actor, on: date) -> Round:
    return rounds.ask(
        chain_of=pack.case.thing,
        thing=pack.thing,
        sides=queries.SIDES,
        mode=Round.Mode(pack.case.mode),
        closes=closes,
        by=by,
        on=on,
    )


def _round_to_seal(pack: models.Pack) -> Round:
    chain.hold(pack.case.thing)
    _refuse_old(pack)
    if pack.acknowledgements.count() < len(queries.SIDES):
        raise OutOfOrder("Both partners read the information first, and say that they have it.")
    return _newest_round(pack)


def _newest_round(pack: models.Pack) -> Round:
    found = rounds.newest(pack.thing)
    if found is None:
        raise OutOfOrder("Freeze the information first.")
    return found.round


def _checked(told: object, pack: models.Pack, round_: Round, seat: Seat) -> positions.Position:
    return positions.read(
        told,
        place=queries.place(pack, round_, seat.party),
        asked=queries.asked(pack),
    )


def _refuse_old(pack: models.Pack) -> None:
    if pack.case.packs.filter(version__gt=pack.version).exists():
        raise NotTheNewest("There is newer information. Read it first.")


def _refuse_decided(case: models.Case) -> queries.State:
    state = queries.state(case)
    if state.is_decided:
        raise Decided("Both have signed the joint record of this case. Open another case.")
    return state


def _seat(by: commanding.Actor, on: date) -> Seat:
    seat = seats.seat_of(by, on)
    if seat is None:
        raise NoSeat("You sit for no partner today, so you cannot speak for one.")
    return seat
