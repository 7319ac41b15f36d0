"""What came of deciding apart: forecasts against outcomes, who moved, and how long it took.

Worked out on reading, of what each partner sealed first (``alike.judged``). No target, no person.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from borough.partnership.decisions import models, outcomes, queries
from borough.partnership.decisions.alike import Judged
from borough.partnership.decisions.positions import Forecast, Position
from borough.partnership.seats.models import Party
from borough.rules import money
from borough.rules.partnership import deciding, forecasting


@dataclass(frozen=True, slots=True)
class OfMeasure:
    """Mean interval scores of the forecasts of one measure that both made for the same day.

    Attributes:
        of: how many of them were counted since.
        council, partner, both: in hundredths of the measure's unit; ``both`` is the score of the
            average of the two. Less is better.
    """

    measure: str
    of: int
    council: int
    partner: int
    both: int


@dataclass(frozen=True, slots=True)
class Brier:
    """A mean Brier score in ten-thousandths, and of how many forecasts; None of none."""

    mean: int | None
    of: int


def interval_scores(cases: Sequence[Judged]) -> list[OfMeasure]:
    """Return how well both forecast each measure, apart and on average; of pairs alone."""
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for council, partner in _forecasts_of_both(cases):
        [first, other] = outcomes.outcomes([council, partner])
        if first.came is None or first.score is None or other.score is None:
            continue
        bounds = [(one.low, one.high) for one in (council, partner)]
        both = forecasting.averaged_interval_score(bounds, first.came)
        found[council.measure].append((first.score, other.score, both))
    return [
        OfMeasure(measure, len(rows), *(_mean(column) for column in zip(*rows, strict=True)))
        for measure, rows in sorted(found.items())
    ]


def gap(cases: Sequence[Judged]) -> deciding.Spread | None:
    """Return how far apart the middles of both lie, as per cent of the mean width (a spread)."""
    gaps = [
        forecasting.gap_of_width(_interval(council), _interval(partner))
        for council, partner in _forecasts_of_both(cases)
    ]
    return deciding.spread([one for one in gaps if one is not None])


def brier(cases: Sequence[Judged]) -> dict[str, Brier]:
    """Return the mean Brier score of each party, and under "both" of the average of the two.

    A party's own is of all its forecasts of yes or no that were counted since; that of both is of
    those that ask exactly the same: measure, value, side and day.
    """
    scores: dict[str, list[int]] = {who: [] for who in (*Party.values, "both")}
    for case in cases:
        told = [outcomes.chance_outcome(one.chance) if one.chance else None for one in _first(case)]
        for party, one in zip(Party, told, strict=True):
            if one and one.score is not None:
                scores[party.value].append(one.score)
        council, partner = told
        if council and partner and council.came is not None and _same(council, partner):
            percents = [council.chance.percent, partner.chance.percent]
            came_about = council.chance.came_about(council.came)
            scores["both"].append(forecasting.brier(percents, came_about=came_about))
    return {who: Brier(_mean(each) if each else None, len(each)) for who, each in scores.items()}


def learning(cases: Sequence[Judged]) -> deciding.Learning:
    """Return in how many decided cases in which both first differed each of them moved."""
    records = {
        one.case.pk: one.record
        for one in queries.states(each.case for each in cases)
        if one.is_decided and one.record
    }
    return deciding.learning(
        [
            deciding.Decided(council.option, partner.option, records[one.case.pk].option)
            for one in cases
            if one.case.pk in records
            for council, partner in [_first(one)]
        ]
    )


def days_to_decide() -> deciding.Spread | None:
    """Return how many days it took from the first freezing to the second signature."""
    states = queries.states(models.Case.objects.all())
    first = dict(models.Pack.objects.filter(version=1).values_list("case", "on"))
    return deciding.spread(
        [
            (since - first[one.case.pk]).days
            for one in states
            if one.signed and (since := one.signed.since)
        ]
    )


def _first(case: Judged) -> tuple[Position, Position]:
    """Return what the council and what the partner sealed first."""
    council, partner = (case.first[party.value] for party in Party)
    return council, partner


def _forecasts_of_both(cases: Sequence[Judged]) -> Iterator[tuple[Forecast, Forecast]]:
    """Yield the forecasts that both made of the same measure for the same day."""
    for case in cases:
        council, partner = (
            {(one.measure, one.due): one for one in reversed(position.forecasts)}
            for position in _first(case)
        )
        for asked in sorted(council.keys() & partner.keys()):
            yield council[asked], partner[asked]


def _same(one: outcomes.ChanceOutcome, other: outcomes.ChanceOutcome) -> bool:
    """Tell whether two forecasts of yes or no ask exactly the same."""
    asks = [
        (told.chance.measure, told.chance.reach, told.chance.value, told.chance.due)
        for told in (one, other)
    ]
    return asks[0] == asks[1]


def _interval(one: Forecast) -> forecasting.Interval:
    return forecasting.Interval(one.low, one.median, one.high)


def _mean(scores: Sequence[int]) -> int:
    return money.pence(sum(scores), len(scores))
