"""Putting proposals together, choosing no more than seven, and what both signed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.partnership.measures import definitions
from borough.partnership.next_year import capabilities, models, queries
from borough.partnership.sealed import chain
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as seat_commands
from borough.partnership.seats import signing
from borough.partnership.seats.models import Signature


class StillSealed(commanding.Refusal):
    """The proposals are sealed."""


class Chosen(commanding.Refusal):
    """Both have signed what they chose."""


class NothingToJoin(commanding.Refusal):
    """A proposal is in a group already, or is none of this review."""


class TakenApart(commanding.Refusal):
    """The group is none any more."""


class TooMany(commanding.Refusal):
    """More than seven, or none."""


class Superseded(commanding.Refusal):
    """There is a newer choice, or a group of it was taken apart."""


@commanding.command(capabilities.PREPARE_NEXT_YEAR)
def put_together(
    *, review: models.Review, title: str, keys: Sequence[str], by: commanding.Actor, on: date
) -> models.Group:
    """Put proposals together that come to the same; one alone may stand as a group, too.

    Args:
        review: the review.
        title: what they come to, in a line.
        keys: which proposals (``queries.Proposed.key``).
        by: who does it.
        on: the day.

    Raises:
        StillSealed, Chosen: it is not time for it.
        NothingToJoin: none was named, or one is in a group already.
    """
    chain.hold(review.thing)
    state = _refuse_closed(review, on)
    loose = {one.key: one for one in state.loose}
    if not keys or not set(keys) <= set(loose):
        raise NothingToJoin("Choose proposals that are in no group yet.")
    return _join(review, title, [loose[key] for key in keys], by=by, on=on)


@commanding.command(capabilities.PREPARE_NEXT_YEAR)
def put_together_by_measure(
    *, review: models.Review, by: commanding.Actor, on: date
) -> list[models.Group]:
    """Put all that are in no group together by the measure that they should move.

    Raises:
        StillSealed, Chosen: it is not time for it.
        NothingToJoin: each is in a group already.
    """
    chain.hold(review.thing)
    state = _refuse_closed(review, on)
    found: dict[str, list[queries.Proposed]] = defaultdict(list)
    for one in state.loose:
        found[one.proposal.forecast.measure].append(one)
    if not found:
        raise NothingToJoin("Every proposal is in a group already.")
    return [_join(review, _title(one), one, by=by, on=on) for one in found.values()]


@commanding.command(capabilities.PREPARE_NEXT_YEAR)
def take_apart(*, group: models.Group, by: commanding.Actor, on: date) -> None:
    """Take a group apart: its proposals can be put together otherwise.

    Raises:
        Chosen: both have signed what they chose.
        TakenApart: it was taken apart before.
    """
    chain.hold(group.review.thing)
    _refuse_closed(group.review, on)
    group = models.Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if group.ends is not None:
        raise TakenApart("This group was taken apart already.")
    group.members.update(ends=on)
    group.ends = on
    group.save(update_fields=["ends"])
    chain.tell(group.review.thing, "partnership.proposals_parted", by=by, on=on, group=group.pk)


@commanding.command(capabilities.PREPARE_NEXT_YEAR)
def propose_choice(
    *, review: models.Review, groups: Sequence[int], by: commanding.Actor, on: date
) -> models.Choice:
    """Put up to seven groups to both partners; the newest choice is the one to sign.

    Raises:
        StillSealed, Chosen: it is not time for it.
        TooMany: more than seven, or none.
        TakenApart: one of them is no group of this review.
    """
    chain.hold(review.thing)
    state = _refuse_closed(review, on)
    wanted = set(groups)
    if not 1 <= len(wanted) <= models.MOST_CHOSEN:
        raise TooMany(f"Choose at least one and no more than {models.MOST_CHOSEN}.")
    chosen = [one for one in state.groups if one.group.pk in wanted]
    if len(chosen) < len(wanted):
        raise TakenApart("One of these is no group any more. Look at them again.")
    content = signing.canonical({"year": review.year, "answers": [_content(one) for one in chosen]})
    choice = models.Choice.objects.create(
        review=review,
        groups=[one.group.pk for one in chosen],
        content=content,
        digest=signing.digest({"year": review.year, "answers": [_content(one) for one in chosen]}),
        by=by.reference,
        on=on,
    )
    chain.tell(
        review.thing,
        "partnership.choice_proposed",
        by=by,
        on=on,
        choice=choice.pk,
        count=len(chosen),
        content=choice.digest,
    )
    return choice


@commanding.command(seat_capabilities.SIGN)
def sign(*, choice: models.Choice, by: commanding.Actor, on: date) -> Signature:
    """Sign what is chosen for the partner for whom the officer sits; the second makes it so.

    Raises:
        Chosen: both have signed.
        Superseded: there is a newer choice, or one of its groups was taken apart.
        seat_commands.NoSeat, AlreadySigned: as for every signature.
    """
    review = choice.review
    chain.hold(review.thing)
    state = _refuse_closed(review, on)
    groups = {one.group.pk: one for one in state.groups}
    if state.choice != choice or not set(choice.groups) <= set(groups):
        raise Superseded("There is something newer in this review. Look at it first.")
    made = seat_commands.sign(thing=choice.thing, digest=choice.digest, by=by, on=on)
    chain.tell(
        review.thing,
        "partnership.choice_signed",
        by=by,
        on=on,
        choice=choice.pk,
        party=made.party,
        signed=choice.digest,
    )
    after = queries.state(review, on)
    if after.signed is not None and after.signed.both:
        _make_answers(choice, [groups[one] for one in choice.groups], by=by, on=on)
    return made


def _make_answers(
    choice: models.Choice, chosen: Sequence[queries.Grouped], *, by: commanding.Actor, on: date
) -> None:
    for number, one in enumerate(chosen, start=1):
        answer = models.Answer.objects.create(
            review=choice.review, choice=choice, group=one.group, number=number, on=on
        )
        lead = one.lead.proposal
        facts.record(
            "partnership.answer_chosen",
            thing=answer.thing,
            by=by,
            on=on,
            answer=answer.pk,
            number=number,
            year=choice.review.year,
            measures=list(one.measures),
            for_council=f"officer/{lead.for_council}",
            for_partner=f"officer/{lead.for_partner}",
        )


def _join(
    review: models.Review,
    title: str,
    members: Sequence[queries.Proposed],
    *,
    by: commanding.Actor,
    on: date,
) -> models.Group:
    group = models.Group.objects.create(review=review, title=title, by=by.reference, on=on)
    for one in members:
        group.members.create(commitment_id=one.commitment, place=one.place)
    chain.tell(
        review.thing,
        "partnership.proposals_joined",
        by=by,
        on=on,
        group=group.pk,
        count=len(members),
    )
    return group


def _title(members: Sequence[queries.Proposed]) -> str:
    """Return what a group is called at first: its one proposal, or the measure they all name."""
    first = members[0].proposal
    measure = definitions.measures().get(first.forecast.measure)
    return first.title if len(members) == 1 or measure is None else measure.title[:120]


def _content(one: queries.Grouped) -> dict[str, Any]:
    """Return what is signed of a group."""
    return {
        "group": one.group.pk,
        "title": one.group.title,
        "proposals": [
            {"side": each.side, **asdict(each.proposal)}
            for each in sorted(one.members, key=lambda each: (each.side, each.place))
        ],
    }


def _refuse_closed(review: models.Review, on: date) -> queries.State:
    state = queries.state(review, on)
    if state.is_chosen:
        raise Chosen("Both have signed what they chose for this year.")
    if not state.is_open:
        raise StillSealed("The proposals are sealed. All are opened once every side has sealed.")
    return state
