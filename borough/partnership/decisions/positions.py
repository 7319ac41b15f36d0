"""A position: what one partner thinks of a case, and what it is bound to. No Django here.

What is sealed names the case, the digest of the pack, the round and the side, so that nothing
sealed for one place can be opened in another.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from borough.rules import money
from borough.rules.partnership import forecasting

REASONS = {
    "residents": "Better for residents",
    "cost": "It costs less, or saves",
    "quality": "Better or safer work",
    "law": "The law asks for it",
    "staff": "Better for staff",
    "risk": "Less can go wrong",
    "time": "It is done sooner",
    "evidence": "The evidence is too weak for anything else",
}
MOST_FORECASTS = 3
LEAST_SURE, MOST_SURE = 50, 100
WORDS = ("why", "change_mind", "risks", "vulnerable", "staff")
LONGEST = 4_000


class BadPosition(ValueError):
    """It cannot be sealed, or was sealed for another place; a sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a position belongs: ``pack`` is the digest of the information it is taken on."""

    case: str
    pack: str
    round: int
    side: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a measure will come to, in hundredths of its unit: 8 in 10 times within the bounds."""

    measure: str
    low: int
    median: int
    high: int
    due: date


@dataclass(frozen=True, slots=True)
class Position:
    """What one partner thinks, before it knows what the other does.

    Attributes:
        option: number of the option that it would take; 0 is to do nothing.
        sure: how sure it is, 50 to 100 per cent.
        reasons: keys of ``REASONS``.
        why, change_mind, risks, vulnerable, staff: its words; on whom it bears hardest.
    """

    option: int
    sure: int
    forecasts: tuple[Forecast, ...]
    reasons: tuple[str, ...]
    why: str
    change_mind: str
    risks: str
    vulnerable: str
    staff: str


def content(position: Position, place: Place) -> dict[str, Any]:
    """Return what is sealed."""
    forecasts = [asdict(one) | {"due": one.due.isoformat()} for one in position.forecasts]
    reasons = sorted(position.reasons)
    told = asdict(position) | {"forecasts": forecasts, "reasons": reasons}
    return {"place": asdict(place), "position": told}


def read(told: Any, *, place: Place, options: int, measures: Collection[str]) -> Position:
    """Return the position that a sealed content tells.

    Args:
        told: the content.
        place: where it should belong.
        options: how many there are.
        measures: slugs of those that can be forecast.

    Raises:
        BadPosition: it belongs elsewhere, or cannot be a position.
    """
    if not isinstance(told, Mapping) or told.get("place") != asdict(place):
        raise BadPosition(
            ["This was sealed for another case, pack, round or partner. Choose the right file."]
        )
    try:
        position = _read(told["position"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadPosition(["This is no position: something in it is missing."]) from None
    if found := list(faults(position, options=options, measures=measures)):
        raise BadPosition(found)
    return position


def faults(position: Position, *, options: int, measures: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with a position, a sentence each."""
    if not 0 <= position.option < options:
        yield "Choose one of the options."
    if not LEAST_SURE <= position.sure <= MOST_SURE:
        yield "How sure you are must be from 50 to 100 per cent."
    yield from _faults_of_words(position)
    yield from _faults_of_forecasts(position, measures)


def _faults_of_words(position: Position) -> Iterator[str]:
    if not position.reasons or not set(position.reasons) <= set(REASONS):
        yield "Choose at least one reason of the list."
    if not position.why.strip():
        yield "Say why, in your own words."
    if any(len(getattr(position, name)) > LONGEST for name in WORDS):
        yield f"Say each thing in at most {LONGEST:,} characters."


def _faults_of_forecasts(position: Position, measures: Collection[str]) -> Iterator[str]:
    if measures and not 1 <= len(position.forecasts) <= MOST_FORECASTS:
        yield "Forecast one to three measures."
    if not {one.measure for one in position.forecasts} <= set(measures):
        yield "Forecast a measure of the list."
    if any(not one.low <= one.median <= one.high for one in position.forecasts):
        yield "The middle of a forecast must lie between its lowest and highest value."


def hundredths(text: str, unit: str) -> int:
    """Return a number as typed, in hundredths of a measure's unit; pounds for one in pence.

    Raises:
        ValueError: it is no number, or has more than two decimals.
    """
    value = money.from_pounds(text.strip().removesuffix("%").removeprefix("£").replace(",", ""))
    return value * 100 if unit == "pence" else value


def score(forecast: Forecast, outcome: int) -> int:
    """Return how far a forecast missed, in hundredths of the measure's unit; less is better."""
    return forecasting.interval_score(forecast.low, forecast.high, outcome)


def _read(told: Mapping[str, Any]) -> Position:
    forecasts = tuple(
        Forecast(
            str(one["measure"]),
            _whole(one["low"]),
            _whole(one["median"]),
            _whole(one["high"]),
            date.fromisoformat(one["due"]),
        )
        for one in told["forecasts"]
    )
    return Position(
        option=_whole(told["option"]),
        sure=_whole(told["sure"]),
        forecasts=forecasts,
        reasons=tuple(str(one) for one in told["reasons"]),
        **{name: str(told[name]) for name in WORDS},
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    return value
