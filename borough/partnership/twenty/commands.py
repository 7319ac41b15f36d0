"""Telling the seed, drawing the cases, and deciding them apart."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from borough.kernel import commanding, joining
from borough.partnership.decisions import capabilities
from borough.partnership.sealed import capabilities as sealing
from borough.partnership.sealed import chain, rounds
from borough.partnership.sealed import commands as sealed
from borough.partnership.sealed.models import Commitment, Round
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party
from borough.partnership.twenty import drawing, models, queries


class AlreadyTold(commanding.Refusal):
    """The seed of the quarter was told."""


class NotOver(commanding.Refusal):
    """The quarter is not over."""


class AlreadyDrawn(commanding.Refusal):
    """The cases were drawn."""


class NothingDecided(commanding.Refusal):
    """No case of the quarter was decided."""


class NotADay(commanding.Refusal):
    """The last day for sealing is over."""


class GoingOn(commanding.Refusal):
    """Both may still seal, or have."""


class NotAll(commanding.Refusal):
    """Not each case was decided."""


@commanding.command(capabilities.PREPARE_DECISION)
def tell_seed(*, by: commanding.Actor, on: date) -> models.Draw:
    """Tell the seed by which the cases of the present quarter will be drawn once it is over.

    Raises:
        AlreadyTold: it was told.
    """
    starts, ends = drawing.quarter(on)
    chain.hold(f"partnership.twenty/{starts}")
    if models.Draw.objects.filter(starts=starts).exists():
        raise AlreadyTold("The seed of this quarter is told already.")
    draw = models.Draw.objects.create(
        seed=secrets.token_hex(32), starts=starts, ends=ends, by=by.reference, on=on
    )
    chain.tell(draw.thing, "partnership.twenty_seeded", by=by, on=on, starts=starts, seed=draw.seed)
    return draw


@commanding.command(capabilities.PREPARE_DECISION)
def draw_cases(*, draw: models.Draw, closes: date, by: commanding.Actor, on: date) -> Round:
    """Draw the cases of a quarter that is over, and ask both to decide them apart.

    Raises:
        NotOver: the quarter is not over.
        NotADay: the last day for sealing is over.
        AlreadyDrawn: they were drawn.
        NothingDecided: there is none to draw.
    """
    if on < draw.ends:
        raise NotOver("The quarter is not over: cases of it may still be decided.")
    if closes < on:
        raise NotADay("The last day for sealing must be today or later.")
    chain.hold(draw.thing)
    if draw.drawn.exists():
        raise AlreadyDrawn("The cases of this quarter were drawn already.")
    routines = queries.routines()
    every = [
        (slug, number)
        for slug, one in routines.items()
        for number in one.decided(draw.starts, draw.ends)
    ]
    picked = drawing.pick(draw.seed, every)
    if not picked:
        raise NothingDecided("No routine case was decided in this quarter.")
    made = [
        models.Drawn.objects.create(
            draw=draw, position=position, kind=kind, number=number, told=told
        )
        for position, (kind, number, told) in enumerate(_told(picked, routines), start=1)
    ]
    chain.tell(
        draw.thing,
        "partnership.twenty_drawn",
        by=by,
        on=on,
        count=len(made),
        content=signing.digest(models.content_of(made)),
    )
    return _ask(draw, closes, by=by, on=on)


@commanding.command(capabilities.PREPARE_DECISION)
def ask_again(*, draw: models.Draw, closes: date, by: commanding.Actor, on: date) -> Round:
    """Ask both once more to decide the cases, where one did not seal in time.

    Raises:
        NotADay: the last day for sealing is over.
        GoingOn: nothing was asked, both are open, or the last day has not gone by.
    """
    if closes < on:
        raise NotADay("The last day for sealing must be today or later.")
    chain.hold(draw.thing)
    state = rounds.newest(draw.thing)
    if state is None or not state.is_over(on):
        raise GoingOn("Both are asked again only where one did not seal until the last day.")
    return _ask(draw, closes, by=by, on=on)


@commanding.command(sealing.SEAL)
def answer(
    *, draw: models.Draw, choices: Mapping[int, int], by: commanding.Actor, on: date
) -> Commitment:
    """Seal what a partner would decide in each case; the other's seal opens both.

    Args:
        draw: the cases.
        choices: by the position of a case, the number of the option.
        by: who sits for the partner.
        on: the day.

    Raises:
        NotAll: a case was not decided, or by an option that it does not have.
        sealed.Refusal kinds: as for ``sealed.commands.seal``.
    """
    state = rounds.newest(draw.thing)
    if state is None:
        raise NotAll("The cases were not drawn yet.")
    options = {one.position: len(queries.options(one)) for one in draw.drawn.all()}
    if options.keys() != choices.keys() or any(
        not 0 <= option < options[position] for position, option in choices.items()
    ):
        raise NotAll("Decide each of the cases.")
    content = {
        "place": {"twenty": draw.thing, "round": state.round.number},
        "choices": {str(position): option for position, option in sorted(choices.items())},
    }
    return sealed.seal(round_=state.round, content=content, by=by, on=on)


def _ask(draw: models.Draw, closes: date, *, by: commanding.Actor, on: date) -> Round:
    return rounds.ask(
        chain_of=draw.thing,
        thing=draw.thing,
        sides=[one.value for one in Party],
        mode=Round.Mode.SERVER,
        closes=closes,
        by=by,
        on=on,
    )


def _told(
    picked: Sequence[drawing.Case], routines: Mapping[str, joining.Routine]
) -> list[tuple[str, int, list[str]]]:
    """Return each case with what was known of it, in the order drawn."""
    told = {
        slug: one.told([number for kind, number in picked if kind == slug])
        for slug, one in routines.items()
    }
    return [(kind, number, list(told[kind][number])) for kind, number in picked]
