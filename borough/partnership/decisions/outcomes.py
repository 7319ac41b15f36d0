"""What became of what was forecast: scored by itself, once the measure was counted on the day."""

from collections.abc import Sequence
from dataclasses import dataclass

from borough.partnership.decisions import positions
from borough.partnership.measures import definitions, models, queries
from borough.rules import years


@dataclass(frozen=True, slots=True)
class Outcome:
    """A forecast, and what came; None where the measure was not counted on its day or later.

    Attributes:
        came: in hundredths of the measure's unit.
        score: how far the forecast missed (``positions.score``); less is better.
    """

    forecast: positions.Forecast
    came: int | None
    score: int | None


def outcomes(forecasts: Sequence[positions.Forecast]) -> list[Outcome]:
    """Return what became of forecasts, in their order."""
    return [_outcome(one) for one in forecasts]


@dataclass(frozen=True, slots=True)
class ChanceOutcome:
    """A forecast of yes or no, and what the measure came to; None where it was not counted yet.

    Attributes:
        came: in hundredths of the measure's unit.
        score: the Brier score, in ten-thousandths; less is better.
    """

    chance: positions.Chance
    came: int | None
    score: int | None


def chance_outcome(chance: positions.Chance) -> ChanceOutcome:
    """Return what became of a forecast of yes or no."""
    came = _came(chance)
    return ChanceOutcome(chance, came, None if came is None else positions.brier(chance, came))


def _outcome(forecast: positions.Forecast) -> Outcome:
    came = _came(forecast)
    return Outcome(forecast, came, None if came is None else positions.score(forecast, came))


def _came(forecast: positions.Forecast | positions.Chance) -> int | None:
    measure, count = definitions.measures().get(forecast.measure), counted(forecast)
    return queries.value_of(measure, count) if measure else None


def counted(forecast: positions.Forecast | positions.Chance) -> models.Snapshot | None:
    """Return the first count of the forecast's year as at its day or later, as it stands today."""
    counts = models.Snapshot.objects.filter(
        measure=forecast.measure,
        year=years.Year.holding(forecast.due).name,
        as_at__gte=forecast.due,
        restated_by=None,
    )
    return counts.order_by("as_at").first()
