"""A review as far as a test wants it, and who speaks for each of the four sides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from borough.kernel import joining
from borough.kernel.officers.models import Officer
from borough.kernel.officers.queries import OfficerAtWork, at_work
from borough.partnership.decisions import positions
from borough.partnership.measures import definitions
from borough.partnership.next_year import choosing, commands, models, proposals, queries
from borough.partnership.sealed import mandates
from borough.partnership.sealed.models import Mandate
from borough.partnership.seats import commands as seats
from borough.partnership.seats.models import Party
from tests import makers, officers

TODAY = date(2025, 9, 8)
CLOSES = date(2025, 10, 31)
DUE = date(2026, 7, 31)
CALLS, COST = "tests.calls", "tests.cost"


@dataclass(frozen=True)
class Four:
    """An officer for each side, by side, and two who own what is chosen."""

    officers: dict[str, Officer]

    def by(self, side: str, on: date = TODAY) -> OfficerAtWork:
        return at_work(self.officers[side], on=on)

    @property
    def owners(self) -> tuple[int, int]:
        return self.officers["council"].pk, self.officers["partner"].pk


def counts(monkeypatch: pytest.MonkeyPatch, read: Callable[..., tuple[int, int] | None]) -> None:
    """Declare two measures that count what ``read`` tells for a slug, a year and a day."""
    declared = {
        slug: joining.Measure(
            slug,
            title,
            unit="percent",
            better="higher",
            read=lambda year, on, slug=slug: read(slug, year, on),
            blind_to="Whoever gave up.",
        )
        for slug, title in ((CALLS, "Calls answered"), (COST, "Bills that are right"))
    }
    known = {**definitions.measures(), **declared}
    monkeypatch.setattr(definitions, "measures", lambda: known)
    monkeypatch.setattr(definitions, "digest", lambda slug: "0" * 64)


def four(review: models.Review | None = None, on: date = TODAY) -> Four:
    """Return who speaks for each side; the panels' mandates are for one review."""
    allowed = [one for one in officers.every_capability() if one.slug.startswith("partnership.")]
    names = {"council": "Cora C", "partner": "Paul P", "staff": "Stella S", "residents": "Rita R"}
    made = Four({side: officers.an_officer(name, *allowed) for side, name in names.items()})
    for party in Party:
        seats.give_seat(
            officer=made.officers[party.value],
            party=party,
            starts=on,
            by=makers.everything(),
            on=on,
        )
    if review is not None:
        name_scribes(made, review, on)
    return made


def name_scribes(people: Four, review: models.Review, on: date = TODAY) -> None:
    for side in proposals.PANELS:
        mandates.give(
            thing=review.thing,
            side=side,
            officer=people.officers[side],
            by=makers.everything(),
            on=on,
        )


def a_review(on: date = TODAY) -> models.Review:
    return commands.open_review(by=makers.everything(), on=on)


def asked(review: models.Review, on: date = TODAY, closes: date = CLOSES) -> None:
    commands.ask(
        review=review, panels=proposals.PANELS, closes=closes, by=makers.everything(), on=on
    )


def a_proposal(
    people: Four, title: str = "Answer until eight", **told: object
) -> proposals.Proposal:
    low, median, high = told.pop("bounds", (8500, 9000, 9500))
    forecast = positions.Forecast(
        str(told.pop("measure", CALLS)),
        low,
        median,
        high,
        told.pop("due", DUE),
    )
    council, partner = people.owners
    said = {
        "kind": "better",
        "what": f"We will do it: {title}.",
        "for_whom": "Who works by day.",
        "stop": "The Saturday counter.",
        "cost_pence": 1_200_000,
    }
    return proposals.Proposal(
        title=title, forecast=forecast, for_council=council, for_partner=partner, **said | told
    )


def seal(
    people: Four, review: models.Review, side: str, *proposed: object, on: date = TODAY
) -> None:
    commands.propose(review=review, proposed=proposed, by=people.by(side, on), on=on)


def opened(people: Four, review: models.Review) -> queries.State:
    """Ask all four; each seals: two of them of calls, one of bills, and residents two of both."""
    asked(review)
    seal(people, review, "council", a_proposal(people))
    seal(people, review, "partner", a_proposal(people, "Call back", bounds=(9700, 9800, 9900)))
    seal(people, review, "staff", a_proposal(people, "Check bills twice", measure=COST))
    both = (a_proposal(people, "Evenings"), a_proposal(people, "Plain bills", measure=COST))
    seal(people, review, "residents", *both)
    return queries.state(review, TODAY)


def sealed_by_all(
    people: Four, review: models.Review, *proposed: proposals.Proposal, on: date = TODAY
) -> None:
    """Ask all four; the council seals these, the others nothing, and all is opened."""
    asked(review, on, date(on.year, 10, 31))
    seal(people, review, "council", *proposed, on=on)
    for side in ("partner", *proposals.PANELS):
        seal(people, review, side, on=on)


def put_to_both(review: models.Review) -> models.Choice:
    """Put the first proposal to both partners; the others are in no group yet."""
    by, first = makers.everything(), queries.state(review, TODAY).loose[0]
    made = choosing.put_together(
        review=review, title=first.proposal.title, keys=[first.key], by=by, on=TODAY
    )
    return choosing.propose_choice(review=review, groups=[made.pk], by=by, on=TODAY)


def mandate_of(review: models.Review) -> Mandate:
    """Return the mandate of the staff's scribe."""
    return mandates.holding(review.thing, TODAY)["staff"]


def chosen(people: Four, review: models.Review, on: date = TODAY) -> list[models.Answer]:
    """Put all together by measure, choose both groups, and let both partners sign."""
    by = makers.everything()
    groups = choosing.put_together_by_measure(review=review, by=by, on=on)
    choice = choosing.propose_choice(review=review, groups=[one.pk for one in groups], by=by, on=on)
    for side in queries.PARTNERS:
        choosing.sign(choice=choice, by=people.by(side, on), on=on)
    return queries.state(review, on).answers
