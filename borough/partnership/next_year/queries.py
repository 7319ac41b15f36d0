"""How far a review has come, what was proposed in it, and how proposals were put together."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from borough.partnership.next_year import models, proposals
from borough.partnership.sealed import mandates, rounds
from borough.partnership.sealed.models import Mandate
from borough.partnership.seats import queries as seats
from borough.partnership.seats.models import Party
from borough.rules import years

PARTNERS = tuple(one.value for one in Party)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal that was opened: by which side, which seal, and its place there."""

    side: str
    commitment: int
    place: int
    proposal: proposals.Proposal

    @property
    def key(self) -> str:
        """What names it on a form."""
        return f"{self.commitment}-{self.place}"


@dataclass(frozen=True, slots=True)
class Grouped:
    """A group and what is in it; more than one side in it is a sign of agreement."""

    group: models.Group
    members: tuple[Proposed, ...]

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that proposed it, in their usual order."""
        found = {one.side for one in self.members}
        return tuple(side for side in proposals.SIDES if side in found)

    @property
    def lead(self) -> Proposed:
        """The proposal whose owners are asked to carry it: the first side's first."""
        order = list(proposals.SIDES)
        return min(self.members, key=lambda one: (order.index(one.side), one.place))

    @property
    def measures(self) -> tuple[str, ...]:
        """The slugs of what it should move."""
        return tuple(sorted({one.proposal.forecast.measure for one in self.members}))


@dataclass(frozen=True)
class State:
    """How far a review has come.

    Attributes:
        scribes: who holds the mandate of each panel today.
        round: the newest round; None while nobody was asked.
        choice: the newest choice, and who has signed it.
        answers: what both chose; empty until both have signed.
        has_begun: the year that is asked about has begun.
    """

    review: models.Review
    scribes: dict[str, Mandate]
    round: rounds.Standing | None
    choice: models.Choice | None
    signed: seats.Signed | None
    answers: list[models.Answer]
    has_begun: bool

    @property
    def is_missed(self) -> bool:
        """The year has begun before all had sealed: nobody can be asked about it any more."""
        return self.has_begun and not self.is_open

    @property
    def is_open(self) -> bool:
        """All may read what each side proposes."""
        return self.round is not None and self.round.is_open

    @property
    def is_chosen(self) -> bool:
        """Both partners have signed what is chosen."""
        return bool(self.answers)

    @property
    def missing(self) -> tuple[str, ...]:
        """The sides that the newest round did not ask."""
        if self.round is None:
            return ()
        return tuple(one for one in proposals.SIDES if one not in self.round.round.sides)

    @cached_property
    def proposed(self) -> list[Proposed]:
        """What was proposed, by side and place; empty until all is opened."""
        return proposed(self.round) if self.round else []

    @cached_property
    def groups(self) -> list[Grouped]:
        """How proposals are put together today: those of most sides first."""
        return grouped(self.review, self.proposed)

    @property
    def loose(self) -> list[Proposed]:
        """The proposals that are in no group."""
        taken = {one.key for group in self.groups for one in group.members}
        return [one for one in self.proposed if one.key not in taken]


def state(review: models.Review, on: date) -> State:
    """Return how far a review has come."""
    choice = review.choices.order_by("pk").last()
    return State(
        review=review,
        scribes=mandates.holding(review.thing, on),
        round=rounds.newest(review.thing),
        choice=choice,
        signed=seats.signed(choice.thing, choice.digest) if choice else None,
        answers=list(review.answers.select_related("group").order_by("number")),
        has_begun=on >= years.Year.named(review.year).starts,
    )


def newest() -> models.Review | None:
    """Return the newest review."""
    return models.Review.objects.order_by("year").last()


def before(review: models.Review) -> models.Review | None:
    """Return the review before one: its answers come first."""
    return models.Review.objects.filter(year__lt=review.year).order_by("year").last()


def proposed(standing: rounds.Standing) -> list[Proposed]:
    """Return what a round opened, by side and place."""
    return [
        Proposed(side, standing.sealed[side].pk, place, one)
        for side in proposals.SIDES
        if side in standing.opened
        for place, one in enumerate(_read(standing, side), start=1)
    ]


def grouped(review: models.Review, found: list[Proposed]) -> list[Grouped]:
    """Return how proposals are put together, those of most sides first."""
    by_place = {(one.commitment, one.place): one for one in found}
    groups = review.groups.filter(ends=None).prefetch_related("members").order_by("pk")
    made = [
        Grouped(
            group,
            tuple(
                by_place[one.commitment_id, one.place]
                for one in group.members.all()
                if (one.commitment_id, one.place) in by_place
            ),
        )
        for group in groups
    ]
    return sorted((one for one in made if one.members), key=lambda one: -len(one.sides))


def _read(standing: rounds.Standing, side: str) -> tuple[proposals.Proposal, ...]:
    place = proposals.Place(standing.round.thing, standing.round.number, side)
    return proposals.read(standing.opened[side].content, place)
