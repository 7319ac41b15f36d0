"""Opening a review, asking the four sides, and sealing what each proposes.

What is done to a review is done under the lock of its chain, one after another.
"""

from collections.abc import Collection, Sequence
from datetime import date

from borough.kernel import commanding
from borough.kernel.officers.models import Officer
from borough.partnership.measures import definitions
from borough.partnership.next_year import capabilities, models, proposals, queries
from borough.partnership.sealed import capabilities as sealing
from borough.partnership.sealed import chain, mandates, rounds
from borough.partnership.sealed import commands as sealed
from borough.partnership.sealed.models import Commitment, Round
from borough.rules import years

SEPTEMBER = 9


class NotTime(commanding.Refusal):
    """It is before September, or next year has begun."""


class AlreadyOpen(commanding.Refusal):
    """The year is asked about already."""


class NotADay(commanding.Refusal):
    """The day is over, or next year has begun by then."""


class NoScribe(commanding.Refusal):
    """A panel is asked whose mandate nobody holds, or a partner is left out."""


class StillAsked(commanding.Refusal):
    """The sides are asked, and their last day is to come."""


class AlreadyOpened(commanding.Refusal):
    """What all proposed was opened."""


class NotAsked(commanding.Refusal):
    """Nobody was asked to seal yet."""


def is_time(on: date) -> bool:
    """Tell whether the question about the year after can be asked on a day: it is not asked yet."""
    year = years.Year.holding(on)
    asked = models.Review.objects.filter(year=year.following.name)
    return on >= date(year.starts.year, SEPTEMBER, 1) and not asked.exists()


@commanding.command(capabilities.PREPARE_NEXT_YEAR)
def open_review(*, by: commanding.Actor, on: date) -> models.Review:
    """Ask what will be better or different in the year that begins next April.

    Raises:
        NotTime: it is before September.
        AlreadyOpen: it is asked already.
    """
    year = years.Year.holding(on)
    if on < date(year.starts.year, SEPTEMBER, 1):
        raise NotTime(
            f"The question about {year.following.name} is asked from 1 September, when last "
            "year’s answers have had a year."
        )
    if models.Review.objects.filter(year=year.following.name).exists():
        raise AlreadyOpen(f"The question about {year.following.name} is asked already.")
    review = models.Review.objects.create(year=year.following.name, by=by.reference, on=on)
    chain.tell(
        review.thing,
        "partnership.review_opened",
        by=by,
        on=on,
        review=review.pk,
        year=review.year,
    )
    return review


@commanding.command(capabilities.PREPARE_NEXT_YEAR)
def ask(
    *,
    review: models.Review,
    panels: Collection[str],
    closes: date,
    by: commanding.Actor,
    on: date,
) -> Round:
    """Ask both partners and these panels to seal their proposals until a last day.

    All who are asked must seal before anything is opened. Once the last day has gone by they are
    asked again, and a panel may be left out then: each seals anew.

    Raises:
        NotADay: the last day is over, or the year has begun by then.
        NoScribe: nobody holds the mandate of a panel.
        StillAsked: the last day of the round before is to come.
        AlreadyOpened: what all proposed was opened.
    """
    chain.hold(review.thing)
    if not on <= closes < years.Year.named(review.year).starts:
        raise NotADay(f"The last day must be today or later, and before {review.year} begins.")
    state = queries.state(review, on)
    if state.is_open:
        raise AlreadyOpened("What all sides proposed is open already.")
    if state.round is not None and not state.round.is_over(on):
        raise StillAsked("The sides are asked already, and their last day has not gone by.")
    unspoken = [proposals.SIDES[one] for one in panels if one not in state.scribes]
    if unspoken:
        raise NoScribe(f"Nobody seals for {' or '.join(unspoken).lower()}. Name somebody first.")
    sides = [one for one in proposals.SIDES if one in queries.PARTNERS or one in panels]
    return rounds.ask(
        chain_of=review.thing,
        thing=review.thing,
        sides=sides,
        mode=Round.Mode.SERVER,
        closes=closes,
        by=by,
        on=on,
    )


@commanding.command(sealing.SEAL)
def propose(
    *,
    review: models.Review,
    proposed: Sequence[proposals.Proposal],
    by: commanding.Actor,
    on: date,
) -> Commitment:
    """Seal what a side proposes, up to five; none is an answer, too. The last side opens all.

    Raises:
        NotAsked: nobody was asked to seal.
        proposals.BadProposals: they cannot be sealed.
        sealed.Refusal kinds: as for ``sealed.commands.seal``.
    """
    chain.hold(review.thing)
    standing = rounds.newest(review.thing)
    if standing is None:
        raise NotAsked("The sides have not been asked yet. Ask who prepares it.")
    found = mandates.speaker(review.thing, by, on)
    side = found.side if found else ""
    wrong = faults(review, proposed, on)
    if wrong:
        raise proposals.BadProposals(wrong)
    place = proposals.Place(review.thing, standing.round.number, side)
    told = proposals.content(proposed, place)
    return sealed.seal(round_=standing.round, content=told, by=by, on=on)


def faults(review: models.Review, proposed: Sequence[proposals.Proposal], on: date) -> list[str]:
    """Return why proposals cannot be sealed, a sentence each."""
    active = set(Officer.objects.filter(is_active=True).values_list("pk", flat=True))
    return list(
        proposals.faults(
            proposed,
            year=years.Year.named(review.year),
            measures=definitions.measures(),
            officers=active,
            on=on,
        )
    )
