"""What became of a year's answers: said, did, what moved, and how good the forecasts were.

Nothing here is typed: whether it was done is heard from who does it, what a measure came to is
counted, and a forecast is scored by itself.
"""

from dataclasses import dataclass

from borough.partnership.decisions import outcomes
from borough.partnership.measures import definitions
from borough.partnership.measures import models as counts
from borough.partnership.measures import queries as measures
from borough.partnership.next_year import models, queries

DONE = models.Told.Stage.DONE


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a side expected, and what came.

    Attributes:
        before: the count by the same day of the year before; None where there is none.
        after: the first count on the day or later; None where it was not counted yet.
        outcome: what came and how far the forecast missed.
    """

    side: str
    before: counts.Snapshot | None
    after: counts.Snapshot | None
    outcome: outcomes.Outcome

    @property
    def held(self) -> bool | None:
        """Tell whether what came lay within what was expected; None before it came."""
        came, told = self.outcome.came, self.outcome.forecast
        return None if came is None else told.low <= came <= told.high

    def moved(self) -> tuple[int | None, int | None]:
        """Return what the measure came to before and after, in hundredths of its unit."""
        measure = definitions.measures().get(self.outcome.forecast.measure)
        if measure is None:
            return None, None
        before, after = (measures.value_of(measure, one) for one in (self.before, self.after))
        return before, after


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: what was said, how far it has come, and what each side's forecast came to.

    Attributes:
        stage: what was heard last; None while nobody has taken it over.
        initiative: its number in the line that carries it out.
    """

    answer: models.Answer
    grouped: queries.Grouped
    stage: models.Told.Stage | None
    initiative: int | None
    forecasts: tuple[Forecast, ...]

    @property
    def is_done(self) -> bool:
        """Whoever carries it out has said that it is done."""
        return self.stage == DONE


@dataclass(frozen=True, slots=True)
class Score:
    """How a year's answers fared: done of how many, and forecasts that held of those that came."""

    done: int
    answers: int
    held: int
    came: int


def of(state: queries.State) -> list[Told]:
    """Return what became of what was chosen in a review, in the order chosen."""
    groups = {one.group.pk: one for one in state.groups}
    found = [one for one in state.answers if one.group_id in groups]
    heard: dict[int, list[models.Told]] = {}
    for row in models.Told.objects.filter(answer__in=found).order_by("fact"):
        heard.setdefault(row.answer_id, []).append(row)
    return [_told(one, groups[one.group_id], heard.get(one.pk, [])) for one in found]


def score(told: list[Told]) -> Score:
    """Count how a year's answers fared. A forecast whose day is to come counts neither way."""
    held = [each.held for one in told for each in one.forecasts]
    return Score(
        done=sum(one.is_done for one in told),
        answers=len(told),
        held=held.count(True),
        came=len(held) - held.count(None),
    )


def _told(answer: models.Answer, grouped: queries.Grouped, heard: list[models.Told]) -> Told:
    initiatives = [one.initiative for one in heard if one.initiative is not None]
    return Told(
        answer=answer,
        grouped=grouped,
        stage=models.Told.Stage(heard[-1].stage) if heard else None,
        initiative=initiatives[-1] if initiatives else None,
        forecasts=tuple(_forecast(one) for one in grouped.members),
    )


def _forecast(one: queries.Proposed) -> Forecast:
    [outcome] = outcomes.outcomes([one.proposal.forecast])
    after = outcomes.counted(one.proposal.forecast)
    return Forecast(one.side, measures.before(after) if after else None, after, outcome)
