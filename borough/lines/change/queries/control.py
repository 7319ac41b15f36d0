"""Changes asked for: each step with its clock, who has it, and whether it is late."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from borough.lines.change import limits, models
from borough.lines.change.models import Impact

LastDay = Callable[[date], date]
CLOCKS = (limits.NAME_ASSESSORS, limits.ASSESS, limits.DECIDE)


@dataclass(frozen=True, slots=True)
class _Clocks:
    """By when each step is to be done that began on a day; the limits are asked for once."""

    name: LastDay
    assess: LastDay
    decide: LastDay


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a step of a change: by when it is to be done, who has it, when it was done.

    ``by`` is None while its clock has not begun; ``assessor`` is a reference, "" for nobody named.
    """

    title: str
    begun: date | None
    by: date | None
    done_on: date | None
    impact: Impact | None = None
    assessor: str = ""
    name: str = ""

    def is_late(self, on: date) -> bool:
        """Tell whether it was done late, or should have been done by now."""
        return self.by is not None and (self.done_on or on) > self.by


@dataclass(frozen=True, slots=True)
class Card:
    """A change with its steps in order: naming, four impacts, the decision."""

    request: models.Request
    naming: Clock
    impacts: tuple[Clock, ...]
    decision: Clock
    assessments: dict[str, models.Assessment]
    ruling: models.Ruling | None

    @property
    def steps(self) -> tuple[Clock, ...]:
        """Return all steps in order."""
        return (self.naming, *self.impacts, self.decision)

    @property
    def is_to_be_decided(self) -> bool:
        """All is assessed, and nothing decided."""
        return self.ruling is None and len(self.assessments) == len(Impact)

    @property
    def hands(self) -> set[str]:
        """Return who asked for it or assessed it, and so does not decide on it."""
        return {self.request.by, *(one.by for one in self.assessments.values())}

    def is_late(self, on: date) -> bool:
        """Tell whether a step that is not done should be by now."""
        return any(one.done_on is None and one.is_late(on) for one in self.steps)


def cards(on: date, only: models.Request | None = None) -> list[Card]:
    """Return changes, the newest first."""
    rows = models.Request.objects.select_related("ruling", "initiative").prefetch_related(
        "asked__assessor", "assessments"
    )
    kept = rows if only is None else rows.filter(pk=only.pk)
    clocks = _Clocks(*(limits.last_days(kind) for kind in CLOCKS))
    return [_card(one, clocks) for one in kept.order_by("-pk")]


def _card(request: models.Request, clocks: _Clocks) -> Card:
    named: dict[str, models.Asked] = {}
    first_named: dict[str, date] = {}
    for one in sorted(request.asked.all(), key=lambda asked: asked.pk):
        named[one.impact] = one
        first_named.setdefault(one.impact, one.on)
    assessed = {one.impact: one for one in request.assessments.all()}
    ruling = getattr(request, "ruling", None)
    all_named = len(named) == len(Impact)
    naming = Clock(
        "Name who assesses it",
        request.on,
        clocks.name(request.on),
        max(first_named.values()) if all_named else None,
    )
    return Card(
        request=request,
        naming=naming,
        impacts=tuple(_impact(one, named.get(one), assessed.get(one), clocks) for one in Impact),
        decision=_decision(list(assessed.values()), ruling, clocks),
        assessments=assessed,
        ruling=ruling,
    )


def _impact(
    impact: Impact, named: models.Asked | None, done: models.Assessment | None, clocks: _Clocks
) -> Clock:
    return Clock(
        impact.label,
        named.on if named else None,
        clocks.assess(named.on) if named else None,
        done.on if done else None,
        impact=impact,
        assessor=named.assessor.reference if named else "",
        name=named.assessor.name if named else "",
    )


def _decision(
    assessed: list[models.Assessment], ruling: models.Ruling | None, clocks: _Clocks
) -> Clock:
    begun = max(one.on for one in assessed) if len(assessed) == len(Impact) else None
    return Clock(
        "Decide",
        begun,
        clocks.decide(begun) if begun else None,
        ruling.on if ruling else None,
    )
