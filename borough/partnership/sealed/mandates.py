"""Who seals for a side that is no partner: a panel's scribe, named by another officer.

A partner's word is given by who sits for it (``seats``). A panel of staff or of residents sits
nowhere: an officer enters what it says, under a mandate with dates, and for that side alone.
"""

from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.officers.models import Officer
from borough.partnership.sealed import capabilities, chain, models
from borough.partnership.seats import queries as seats


class YourOwnMandate(commanding.Refusal):
    """Nobody names themselves."""


class SpeaksForAPartner(commanding.Refusal):
    """They have sat for a partner."""


class AlreadyNamed(commanding.Refusal):
    """The side has a scribe, or they have been one."""


class AlreadyEnded(commanding.Refusal):
    """The mandate is over."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """An officer, by number, and the side for which they speak."""

    officer: int
    side: str


@commanding.command(capabilities.GIVE_MANDATES)
def give(
    *, thing: str, side: str, officer: Officer, by: commanding.Actor, on: date
) -> models.Mandate:
    """Name who seals for a side from today, about a thing and as its chain tells.

    Raises:
        YourOwnMandate: the officer would name themselves.
        SpeaksForAPartner: the officer sits, or has sat, for a partner.
        AlreadyNamed: the side has a scribe, or the officer has been one about this thing.
    """
    if officer.reference == by.reference:
        raise YourOwnMandate("You cannot name yourself. Ask another officer who may.")
    chain.hold(thing)
    if officer.seats.exists():
        raise SpeaksForAPartner(f"{officer.name} has spoken for a partner. Name somebody else.")
    named = models.Mandate.objects.filter(thing=thing)
    if named.filter(side=side, ends=None).exists():
        raise AlreadyNamed("Somebody seals for that side already. End that first.")
    if named.filter(officer=officer).exists():
        raise AlreadyNamed(f"{officer.name} has been named for a side before. Name somebody else.")
    made = models.Mandate.objects.create(thing=thing, side=side, officer=officer, starts=on)
    chain.tell(
        thing,
        "partnership.mandate_given",
        by=by,
        on=on,
        officer=officer.reference,
        side=side,
        starts=on,
    )
    return made


@commanding.command(capabilities.GIVE_MANDATES)
def end(*, mandate: models.Mandate, by: commanding.Actor, on: date) -> None:
    """End a mandate today: what was sealed under it stays sealed.

    Raises:
        AlreadyEnded: it is over.
    """
    chain.hold(mandate.thing)
    mandate = models.Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    if mandate.ends is not None:
        raise AlreadyEnded("This mandate has ended already.")
    mandate.ends = on
    mandate.save(update_fields=["ends"])
    chain.tell(
        mandate.thing,
        "partnership.mandate_ended",
        by=by,
        on=on,
        officer=mandate.officer.reference,
        side=mandate.side,
        ends=on,
    )


def speaker(thing: str, actor: commanding.Actor, on: date) -> Speaker | None:
    """Return for whom somebody speaks about a thing on a day: the seat, else the mandate.

    Nobody, where a panel's scribe took a seat afterwards: they would speak for two.
    """
    kind, _, number = actor.reference.partition("/")
    if f"{kind}/" != seats.OFFICER or not number.isdigit():
        return None
    seat = seats.seat_of(actor, on)
    named = models.Mandate.objects.filter(thing=thing, officer=int(number))
    if seat is not None:
        return None if named.exists() else Speaker(seat.officer_id, seat.party)
    held = named.filter(dated.holds_on(on)).first()
    return Speaker(held.officer_id, held.side) if held else None


def holding(thing: str, on: date) -> dict[str, models.Mandate]:
    """Return the mandates about a thing that hold on a day, by side."""
    rows = models.Mandate.objects.filter(dated.holds_on(on), thing=thing)
    return {one.side: one for one in rows.select_related("officer")}
