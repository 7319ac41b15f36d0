"""What was drawn, and how often both decided the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from borough.kernel import joining
from borough.partnership.sealed import rounds
from borough.partnership.seats.models import Party
from borough.partnership.twenty import models
from borough.rules import statistics
from borough.rules.partnership import agreement


@dataclass(frozen=True, slots=True)
class Compared:
    """A case and what each partner would do, by the number of the option."""

    case: models.Drawn
    council: int
    partner: int


@dataclass(frozen=True, slots=True)
class OfKind:
    """How often both decided the same in cases of one kind.

    Attributes:
        table: row, what the council chose; column, what the partner chose.
        gwet_ac1: agreement beyond chance.
    """

    kind: str
    options: tuple[str, ...]
    table: list[list[int]]
    seen: statistics.Share
    gwet_ac1: float | None


@cache
def routines() -> Mapping[str, joining.Routine]:
    """Return every declared kind of routine case by its slug."""
    return {one.slug: one for card in joining.cards() for one in card.routines}


def options(case: models.Drawn) -> tuple[str, ...]:
    """Return what can be decided in a case; nothing where its service is left out by now."""
    return routines()[case.kind].options if case.kind in routines() else ()


def words(case: models.Drawn, option: int) -> str:
    """Return an option of a case in words; by its place where its service is left out by now."""
    offered = options(case)
    return offered[option] if option < len(offered) else f"Option {option + 1}"


def title(kind: str) -> str:
    """Return what a kind of case is called."""
    return routines()[kind].title if kind in routines() else kind


def compared(draw: models.Draw) -> list[Compared]:
    """Return what each partner would do in each case; nothing before both are open."""
    state = rounds.newest(draw.thing)
    if state is None or not state.is_open:
        return []
    council, partner = (state.opened[party.value].content["choices"] for party in Party)
    return [
        Compared(one, council[str(one.position)], partner[str(one.position)])
        for one in draw.drawn.order_by("position")
    ]


def of_kinds(cases: list[Compared]) -> list[OfKind]:
    """Return how often both decided the same, by kind."""
    kinds = sorted({one.case.kind for one in cases})
    return [_of_kind(kind, [one for one in cases if one.case.kind == kind]) for kind in kinds]


def _of_kind(kind: str, cases: list[Compared]) -> OfKind:
    size = max(
        2, len(options(cases[0].case)), *(1 + max(one.council, one.partner) for one in cases)
    )
    offered = tuple(words(cases[0].case, place) for place in range(size))
    table = [[0] * size for _ in range(size)]
    for one in cases:
        table[one.council][one.partner] += 1
    measured = agreement.measure(table, ordinal=False)
    return OfKind(kind, offered, table, measured.seen, measured.gwet_ac1)
