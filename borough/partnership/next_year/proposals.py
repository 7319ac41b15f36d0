"""Proposals of a side: what to do better or differently, for whom, and what it should move.

No Django here. What is sealed names the review, the round and the side, so that nothing sealed for
one place can be opened in another.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from borough.partnership.decisions import positions
from borough.rules import years

MOST_PROPOSALS = 5
LONGEST_TITLE, LONGEST = 120, 1_200
KINDS = {
    "better": "Do better what we do",
    "differently": "Do it differently",
}
SIDES = {
    "council": "The council",
    "partner": "The partner",
    "staff": "The staff panel",
    "residents": "The residents’ panel",
}
PANELS = ("staff", "residents")
WORDS = ("what", "for_whom", "stop")


class BadProposals(ValueError):
    """They cannot be sealed, or were sealed for another place; a sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to do better or differently.

    Attributes:
        kind: key of ``KINDS``.
        title: in a line.
        what, for_whom, stop: its words; ``stop`` is what will be given up for it.
        forecast: what its measure comes to: 8 in 10 times within the bounds.
        cost_pence: what it costs in all.
        for_council, for_partner: numbers of the two officers who would own it.
    """

    kind: str
    title: str
    what: str
    for_whom: str
    stop: str
    forecast: positions.Forecast
    cost_pence: int
    for_council: int
    for_partner: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where proposals belong."""

    review: str
    round: int
    side: str


def content(proposals: Sequence[Proposal], place: Place) -> dict[str, Any]:
    """Return what is sealed."""
    told = [asdict(one) for one in proposals]
    for one in told:
        one["forecast"]["due"] = one["forecast"]["due"].isoformat()
    return {"place": asdict(place), "proposals": told}


def read(told: Any, place: Place) -> tuple[Proposal, ...]:
    """Return the proposals that an opened content tells.

    Raises:
        BadProposals: it belongs elsewhere, or holds something else.
    """
    if not isinstance(told, Mapping) or told.get("place") != asdict(place):
        raise BadProposals(["This was sealed for another year, round or side."])
    try:
        return tuple(_read(one) for one in told["proposals"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadProposals(["These are no proposals: something in them is missing."]) from None


def faults(
    proposals: Sequence[Proposal],
    *,
    year: years.Year,
    measures: Collection[str],
    officers: Collection[int],
    on: date,
) -> Iterator[str]:
    """Yield what is wrong with proposals, a sentence each, by the number of the proposal."""
    if len(proposals) > MOST_PROPOSALS:
        yield f"Propose at most {MOST_PROPOSALS}: choose those that matter most."
    if len({one.title.casefold() for one in proposals}) < len(proposals):
        yield "Two proposals have the same title."
    for number, one in enumerate(proposals, start=1):
        forecast = _faults_of_forecast(one.forecast, year, measures, on)
        for fault in (*_faults(one, officers), *forecast):
            yield f"Proposal {number}: {fault}"


def _faults(one: Proposal, officers: Collection[int]) -> Iterator[str]:
    if one.kind not in KINDS:
        yield "say whether it is better or different."
    if not one.title.strip() or not all(getattr(one, name).strip() for name in WORDS):
        yield "say what it is, for whom, and what we will stop."
    if len(one.title) > LONGEST_TITLE or any(len(getattr(one, name)) > LONGEST for name in WORDS):
        yield f"say each thing in at most {LONGEST:,} characters."
    if one.cost_pence < 0:
        yield "a cost is nought or more."
    if one.for_council == one.for_partner or not {one.for_council, one.for_partner} <= set(
        officers
    ):
        yield "choose two officers of the list as its owners, one for each partner."


def _faults_of_forecast(
    forecast: positions.Forecast, year: years.Year, measures: Collection[str], on: date
) -> Iterator[str]:
    if forecast.measure not in measures:
        yield "choose a measure of the list."
    if not forecast.low <= forecast.median <= forecast.high:
        yield "what you expect must lie between its lowest and highest value."
    if not on < forecast.due < year.ends:
        yield f"its measure must be looked at after today and within {year.name} at the latest."


def _read(told: Mapping[str, Any]) -> Proposal:
    forecast = told["forecast"]
    return Proposal(
        kind=str(told["kind"]),
        title=str(told["title"]),
        **{name: str(told[name]) for name in WORDS},
        forecast=positions.Forecast(
            str(forecast["measure"]),
            int(forecast["low"]),
            int(forecast["median"]),
            int(forecast["high"]),
            date.fromisoformat(forecast["due"]),
        ),
        cost_pence=int(told["cost_pence"]),
        for_council=int(told["for_council"]),
        for_partner=int(told["for_partner"]),
    )
