"""How far initiatives are, since when, what of them is late, and how they flow."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel import dated
from borough.lines.change import models
from borough.lines.change.models import Stage

FLOW = (Stage.SHAPING, Stage.AGREED, Stage.UNDER_WAY, Stage.DONE)
"""The stages that follow one another; what is stopped leaves them."""
OVER = {Stage.DONE, Stage.STOPPED}


@dataclass(frozen=True, slots=True)
class Card:
    """An initiative as the board shows it.

    Attributes:
        since: the day on which it came to its stage.
        late: how many of its milestones are past the day that is worked to.
        worst: the highest score (likelihood times impact) of a risk that stands; 0 for none.
        mid_pence: what its benefits are hoped to bring a year; None where nobody has said.
        brought_pence: what was recorded as brought, taken back or not, added up.
    """

    initiative: models.Initiative
    stage: Stage
    since: date
    late: int
    worst: int
    mid_pence: int | None
    brought_pence: int
    owners: tuple[str, str]

    def age_days(self, on: date) -> int:
        """Return for how many days it has been at its stage."""
        return (on - self.since).days


@dataclass(frozen=True, slots=True)
class MilestoneCard:
    """A milestone: when it was first due, what is worked to, and whether it was met in time."""

    milestone: models.Milestone
    first_due: date
    due: date
    met: models.Met | None

    def is_late(self, on: date) -> bool:
        """Tell whether it is past the day that is worked to, and not met."""
        return self.met is None and self.due < on


@dataclass(frozen=True, slots=True)
class RiskCard:
    """A risk, how it is seen now, and how it was seen before, the newest first."""

    risk: models.Risk
    view: models.RiskView
    before: tuple[models.RiskView, ...]
    end: models.RiskEnd | None


def stage_of(initiative: models.Initiative) -> Stage:
    """Return the stage at which an initiative is."""
    return Stage(initiative.moves.order_by("-pk")[0].stage)


def is_over(initiative: models.Initiative) -> bool:
    """Tell whether an initiative is done or stopped."""
    return initiative.moves.filter(stage__in=OVER).exists()


def is_agreed(initiative: models.Initiative) -> bool:
    """Tell whether its newest business case was decided for more than doing nothing."""
    newest = initiative.cases.order_by("-pk").first()
    decision = models.CaseDecision.objects.filter(case=newest).select_related("option").first()
    return decision is not None and not decision.option.does_nothing


def count_at(stage: Stage) -> int:
    """Return how many initiatives are at a stage now."""
    return sum(Stage(one.stage) == stage for one in _newest_moves().values())


def cards(on: date) -> list[Card]:
    """Return every initiative as it is on a day, the oldest at its stage first."""
    late, worst = _late(on), _worst()
    hoped, brought = _hoped(), _brought()
    owned = {
        one.initiative_id: (one.for_council.name, one.for_partner.name)
        for one in models.OwnerPair.objects.filter(dated.holds_on(on)).select_related(
            "for_council", "for_partner"
        )
    }
    found = [
        Card(
            initiative=move.initiative,
            stage=Stage(move.stage),
            since=move.on,
            late=0 if move.stage in OVER else late[key],
            worst=0 if move.stage in OVER else worst.get(key, 0),
            mid_pence=hoped.get(key),
            brought_pence=brought[key],
            owners=owned.get(key, ("", "")),
        )
        for key, move in _newest_moves().items()
    ]
    return sorted(found, key=lambda one: (one.since, one.initiative.pk))


def milestones(initiative: models.Initiative | None = None) -> list[MilestoneCard]:
    """Return the milestones of an initiative, or of all, by the day that is worked to."""
    rows = models.Milestone.objects.select_related("met", "initiative").prefetch_related("dues")
    kept = rows if initiative is None else rows.filter(initiative=initiative)
    found = []
    for one in kept:
        dues = sorted(one.dues.all(), key=lambda due: due.pk)
        found.append(MilestoneCard(one, dues[0].due, dues[-1].due, getattr(one, "met", None)))
    return sorted(found, key=lambda card: (card.due, card.milestone.pk))


def risks(initiative: models.Initiative | None = None) -> list[RiskCard]:
    """Return the risks of an initiative, or of all: those that stand first, the worst first."""
    rows = models.Risk.objects.select_related("end", "initiative").prefetch_related("views__owner")
    kept = rows if initiative is None else rows.filter(initiative=initiative)
    found = []
    for one in kept:
        views = sorted(one.views.all(), key=lambda view: -view.pk)
        found.append(RiskCard(one, views[0], tuple(views[1:]), getattr(one, "end", None)))
    return sorted(found, key=lambda card: (card.end is not None, -card.view.score, card.risk.pk))


def flow(days: Sequence[date]) -> dict[Stage, list[int]]:
    """Return, for each stage that follows another, how many had come to it by the end of each day.

    What was stopped counts up to where it came: the distance between two lines is what is, or was,
    between the two stages.
    """
    moves = list(models.Move.objects.filter(stage__in=FLOW).values_list("stage", "on"))
    by_stage: dict[str, list[date]] = defaultdict(list)
    for stage, on in moves:
        by_stage[stage].append(on)
    return {stage: [sum(on <= day for on in by_stage[stage]) for day in days] for stage in FLOW}


def weeks(on: date, count: int) -> list[date]:
    """Return the last days of ``count`` weeks, the last of them ending today."""
    return [on - timedelta(weeks=back) for back in reversed(range(count))]


def _newest_moves() -> dict[int, models.Move]:
    rows = models.Move.objects.select_related("initiative").order_by("pk")
    return {row.initiative_id: row for row in rows}


def _late(on: date) -> Counter[int]:
    return Counter(card.milestone.initiative_id for card in milestones() if card.is_late(on))


def _worst() -> dict[int, int]:
    found: dict[int, int] = {}
    for card in risks():
        if card.end is None:
            key = card.risk.initiative_id
            found[key] = max(found.get(key, 0), card.view.score)
    return found


def _hoped() -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for key, pence in models.Hypothesis.objects.values_list("initiative_id", "mid_pence"):
        found[key] += pence
    return dict(found)


def _brought() -> Counter[int]:
    found: Counter[int] = Counter()
    rows = models.Realised.objects.values_list("hypothesis__initiative_id", "amount_pence")
    for key, pence in rows:
        found[key] += pence
    return found
