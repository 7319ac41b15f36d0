"""Sealing what a partner thinks, handing it in, and opening all sides at once.

All of it happens under the lock of the chain: of two who seal at the same moment the second waits,
sees the first, and opens both.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from borough.kernel import commanding
from borough.partnership.sealed import (
    capabilities,
    chain,
    keeping,
    mandates,
    models,
    rounds,
    sealing,
)


class NoSeat(commanding.Refusal):
    """They speak for no side of the round."""


class Closed(commanding.Refusal):
    """The last day has gone by."""


class AlreadySealed(commanding.Refusal):
    """The side has sealed what it thinks."""


class NotASeal(commanding.Refusal):
    """What was typed is no seal, or the other side's."""


class KeptElsewhere(commanding.Refusal):
    """The round is kept in the other way."""


class NotYet(commanding.Refusal):
    """Not every side has sealed what it thinks."""


class AnotherText(commanding.Refusal):
    """What is handed in is not what was sealed."""


class AlreadyHandedIn(commanding.Refusal):
    """The side has handed it in."""


@commanding.command(capabilities.SEAL)
def seal(
    *, round_: models.Round, content: Mapping[str, Any], by: commanding.Actor, on: date
) -> models.Commitment:
    """Seal a content and keep it here, encrypted; the last side's seal opens all.

    Raises:
        KeptElsewhere: each side keeps its own in this round.
        NoSeat, Closed, AlreadySealed: as for ``commit``.
        keeping.KeyChanged: another side's cannot be opened any more.
    """
    if round_.mode != models.Round.Mode.SERVER:
        raise KeptElsewhere("In this round each partner keeps its own. Enter its seal instead.")
    sealed = sealing.seal(content)
    made = _commit(round_, sealed.digest, by=by, on=on)
    models.Kept.objects.create(commitment=made, ciphertext=keeping.lock(sealed), on=on)
    _open_if_all_are_here(round_, by=by, on=on)
    return made


@commanding.command(capabilities.SEAL)
def commit(
    *, round_: models.Round, digest: str, by: commanding.Actor, on: date
) -> models.Commitment:
    """Enter the seal of what a side keeps itself.

    Raises:
        KeptElsewhere: what is sealed in this round is kept here.
        NotASeal: it is no SHA-256 in hexadecimal, or another side entered it.
        NoSeat: the officer speaks for no side of the round.
        Closed: the last day has gone by.
        AlreadySealed: the side, or this officer, has sealed already.
    """
    if round_.mode != models.Round.Mode.SPLIT:
        raise KeptElsewhere("In this round what is sealed is kept here. Write it on its page.")
    if not sealing.DIGEST.fullmatch(digest):
        raise NotASeal("A seal is 64 characters, each 0 to 9 or a to f. Copy it whole.")
    return _commit(round_, digest, by=by, on=on)


@commanding.command(capabilities.SEAL)
def hand_in(
    *, round_: models.Round, sealed: sealing.Sealed, by: commanding.Actor, on: date
) -> bool:
    """Hand in what a side kept; kept encrypted until the last has come. Tell whether that was it.

    Raises:
        KeptElsewhere: it is here already.
        NoSeat: the officer speaks for no side of the round.
        NotYet: a side has not sealed yet.
        AnotherText: it is not what this side sealed.
        AlreadyHandedIn: it was handed in.
    """
    chain.hold(round_.chain)
    side = _speaker(round_, by, on).side
    state = rounds.standing(round_)
    if round_.mode != models.Round.Mode.SPLIT:
        raise KeptElsewhere("In this round there is nothing to hand in: it is kept here.")
    if not state.all_sealed:
        raise NotYet("Keep it until every partner has sealed. Then hand it in.")
    if side in state.handed_in:
        raise AlreadyHandedIn(f"The {side} has handed it in already.")
    if sealed.digest != state.sealed[side].digest:
        raise AnotherText("This is not what was sealed. Choose the file that was kept then.")
    models.Kept.objects.create(
        commitment=state.sealed[side], ciphertext=keeping.lock(sealed), on=on
    )
    chain.tell(round_.chain, "partnership.handed_in", by=by, on=on, round=round_.pk, side=side)
    return _open_if_all_are_here(round_, by=by, on=on)


def _commit(
    round_: models.Round, digest: str, *, by: commanding.Actor, on: date
) -> models.Commitment:
    chain.hold(round_.chain)
    speaker = _speaker(round_, by, on)
    sealed = rounds.standing(round_).sealed
    if speaker.side in sealed:
        raise AlreadySealed(f"The {speaker.side} has sealed what it thinks already.")
    if not round_.on <= on <= round_.closes:
        raise Closed("The last day for sealing has gone by. Ask for another round.")
    if digest in {one.digest for one in sealed.values()}:
        raise NotASeal("This is the seal of another partner. Enter your own.")
    made = models.Commitment.objects.create(
        round=round_, side=speaker.side, digest=digest, officer_id=speaker.officer, on=on
    )
    chain.tell(
        round_.chain,
        "partnership.sealed",
        by=by,
        on=on,
        round=round_.pk,
        side=speaker.side,
        commitment=digest,
    )
    return made


def _open_if_all_are_here(round_: models.Round, *, by: commanding.Actor, on: date) -> bool:
    state = rounds.standing(round_)
    if len(state.handed_in) < len(round_.sides):
        return False
    for one in state.sealed.values():
        sealed = keeping.unlock(one.kept.ciphertext)
        models.Opening.objects.create(commitment=one, text=sealed.text, nonce=sealed.nonce, on=on)
    chain.tell(round_.chain, "partnership.opened", by=by, on=on, round=round_.pk)
    return True


def _speaker(round_: models.Round, by: commanding.Actor, on: date) -> mandates.Speaker:
    found = mandates.speaker(round_.thing, by, on)
    if found is None or found.side not in round_.sides:
        raise NoSeat("You speak for no side of this today, so you cannot seal for one.")
    return found
