"""The yearly question of the made-up town: last year's answers, and this year's half sealed.

All of it is done by the commands that the pages call, on working days on which it could have been
done. Every word is invented; what moved is counted by the measures of the town itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from borough.kernel import commanding
from borough.kernel.bank import working_days
from borough.kernel.officers import queries as officers
from borough.kernel.officers.models import Officer
from borough.partnership.decisions import positions
from borough.partnership.measures import definitions
from borough.partnership.next_year import (
    capabilities,
    choosing,
    commands,
    models,
    proposals,
    queries,
)
from borough.partnership.sealed import capabilities as sealing
from borough.partnership.sealed import mandates
from borough.partnership.seats.models import Party, Seat
from borough.rules import years

Told = Mapping[str, Any]
BY = commanding.system("town", capabilities.PREPARE_NEXT_YEAR, sealing.GIVE_MANDATES)
# Days after the first of September on which it was done.
NAMED, ASKED, CLOSED, GROUPED, PUT, SIGNED = 14, 21, 60, 74, 81, (88, 95)
SEALED = {"council": 40, "partner": 47, "staff": 35, "residents": 54}
OPEN_DAYS = 18  # for which the sides may still seal, from the day on which the town stands


@dataclass(frozen=True, slots=True)
class People:
    """Who speaks for each of the four sides, by side."""

    by_side: Mapping[str, Officer]

    def at_work(self, side: str, on: date) -> officers.OfficerAtWork:
        """Return them with what they may do on a day."""
        return officers.at_work(self.by_side[side], on=on)


def lay(on: date) -> None:
    """Ask about this year and the next, as each September; nothing where a side has no voice."""
    people = _people(on)
    if people is None:
        return
    year = years.Year.holding(on)
    _last(_day(year.preceding, 0), people)
    if (opened := _day(year, 0)) <= on:
        _this(opened, on, people)


def _last(opened: date, people: People) -> None:
    """Ask all four, open what they sealed, put it together, choose, and let both sign."""
    year, told = years.Year.holding(opened), _written()["last"]
    review = commands.open_review(by=BY, on=opened)
    _name(review, people, _day(year, NAMED))
    _ask(review, closes=_day(year, CLOSED), on=_day(year, ASKED))
    for side in proposals.SIDES:
        _seal(review, side, told["proposals"][side], people, _day(year, SEALED[side]))
    groups = _put_together(review, told, _day(year, GROUPED))
    on = _day(year, PUT)
    chosen = [groups[one] for one in told["chosen"] if one in groups]
    choice = choosing.propose_choice(review=review, groups=chosen, by=BY, on=on)
    for side, days in zip(queries.PARTNERS, SIGNED, strict=True):
        on = _day(year, days)
        choosing.sign(choice=choice, by=people.at_work(side, on), on=on)


def _this(opened: date, on: date, people: People) -> None:
    """Ask all four, of whom two have sealed; what they sealed stays shut until all have."""
    review = commands.open_review(by=BY, on=opened)
    asked = max(opened, working_days.on_or_before(on - timedelta(days=7)))
    _name(review, people, asked)
    last = years.Year.named(review.year).starts - timedelta(days=1)
    _ask(review, closes=min(on + timedelta(days=OPEN_DAYS), last), on=asked)
    for side, told in _written()["this"]["proposals"].items():
        _seal(review, side, told, people, on)


def _name(review: models.Review, people: People, on: date) -> None:
    for side in proposals.PANELS:
        officer = people.by_side[side]
        mandates.give(thing=review.thing, side=side, officer=officer, by=BY, on=on)


def _ask(review: models.Review, *, closes: date, on: date) -> None:
    commands.ask(review=review, panels=proposals.PANELS, closes=closes, by=BY, on=on)


def _seal(review: models.Review, side: str, told: Sequence[Told], people: People, on: date) -> None:
    """Seal what a side proposes; a measure whose service is left out is not spoken of."""
    proposed = [
        _proposal(one, review, people) for one in told if one["measure"] in definitions.measures()
    ]
    by = people.at_work(side, on)
    commands.propose(review=review, proposed=proposed, by=by, on=on)


def _proposal(told: Told, review: models.Review, people: People) -> proposals.Proposal:
    low, median, high = (value * 100 for value in told["expects"])
    due = _in(years.Year.named(review.year), told["due"])
    return proposals.Proposal(
        kind=told["kind"],
        title=told["title"],
        **{name: told[name] for name in proposals.WORDS},
        forecast=positions.Forecast(told["measure"], low, median, high, due),
        cost_pence=told["cost"] * 100,
        for_council=people.by_side["council"].pk,
        for_partner=people.by_side["partner"].pk,
    )


def _put_together(review: models.Review, told: Told, on: date) -> dict[str, int]:
    """Put proposals together as is told; return the number of each group by its name."""
    named = {
        (side, one["title"]): one["group"]
        for side, several in told["proposals"].items()
        for one in several
    }
    keys: dict[str, list[str]] = {}
    for one in queries.state(review, on).loose:
        keys.setdefault(named[one.side, one.proposal.title], []).append(one.key)
    return {
        name: choosing.put_together(review=review, title=title, keys=keys[name], by=BY, on=on).pk
        for name, title in told["groups"].items()
        if name in keys
    }


def _people(on: date) -> People | None:
    """Return who sits for each partner, and two others who may seal; None where one lacks."""
    seated = {one.party: one.officer for one in Seat.objects.select_related("officer")}
    may = [one for one in officers.who_may(sealing.SEAL, on=on) if not one.seats.exists()]
    if set(seated) != set(Party.values) or len(may) < len(proposals.PANELS):
        return None
    return People({**seated, **dict(zip(reversed(proposals.PANELS), may, strict=False))})


def _day(year: years.Year, days: int) -> date:
    """Return the working day so many days after the first of a year's September, or the next."""
    first = date(year.first, commands.SEPTEMBER, 1)
    return working_days.on_or_after(first + timedelta(days=days))


def _in(year: years.Year, told: str) -> date:
    """Return a month and a day of a financial year."""
    found = date.fromisoformat(f"{year.first}-{told}")
    return found if found in year else found.replace(year=year.first + 1)


@cache
def _written() -> Told:
    found: Told = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    return found
