"""A position: what one partner thinks of a case, and what it is bound to. No Django here.

What is sealed names the case, the digest of the pack, the round and the side, so that nothing
sealed for one place can be opened in another.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
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
LARGEST = 10**15  # hundredths of a unit: more than there is of anything that is counted here
LONGEST_DAYS = 10 * 366
REACHES = {"at_least": "At least", "at_most": "At most"}
TOO_LARGE = "Forecast a value that the measure can come to: this one is too large."
NOT_TO_COME = "Forecast a day that is still to come, and at most ten years away."


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
class Asked:
    """What a position answers.

    Attributes:
        options: how many there are.
        measures: slugs of those that can be forecast.
        on: the day on which both were asked.
    """

    options: int
    measures: Collection[str]
    on: date

    def may_fall_due(self, due: date) -> bool:
        """Tell whether a day was still to come as both were asked, and not too far away."""
        return self.on <= due <= self.on + timedelta(days=LONGEST_DAYS)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a measure will come to, in hundredths of its unit: 8 in 10 times within the bounds."""

    measure: str
    low: int
    median: int
    high: int
    due: date


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely it is that a measure reaches a value by a day: a forecast of yes or no.

    Attributes:
        reach: key of ``REACHES``: on which side of the value it must come to be.
        value: in hundredths of the measure's unit.
        percent: how likely it is, 0 to 100 per cent.
    """

    measure: str
    reach: str
    value: int
    percent: int
    due: date

    def came_about(self, came: int) -> bool:
        """Tell whether what the measure came to is a yes; the value itself is one."""
        return came >= self.value if self.reach == "at_least" else came <= self.value


@dataclass(frozen=True, slots=True)
class Position:
    """What one partner thinks, before it knows what the other does.

    Attributes:
        option: number of the option that it would take; 0 is to do nothing.
        sure: how sure it is, 50 to 100 per cent.
        reasons: keys of ``REASONS``.
        why, change_mind, risks, vulnerable, staff: its words; on whom it bears hardest.
        chance: a forecast of yes or no, where it gave one.
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
    chance: Chance | None = None


def content(position: Position, place: Place) -> dict[str, Any]:
    """Return what is sealed."""
    told = asdict(position) | {
        "forecasts": [_dated(one) for one in position.forecasts],
        "chance": position.chance and _dated(position.chance),
        "reasons": sorted(position.reasons),
    }
    return {"place": asdict(place), "position": told}


def read(told: Any, *, place: Place, asked: Asked) -> Position:
    """Return the position that a sealed content tells.

    Args:
        told: the content.
        place: where it should belong.
        asked: what was asked.

    Raises:
        BadPosition: it belongs elsewhere, or cannot be a position.
    """
    if not isinstance(told, Mapping) or told.get("place") != asdict(place):
        raise BadPosition(
            ["This was sealed for another case, pack, round or partner. Choose the right file."]
        )
    try:
        position = parsed(told)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadPosition(["This is no position: something in it is missing."]) from None
    if found := list(faults(position, asked)):
        raise BadPosition(found)
    return position


def parsed(told: Mapping[str, Any]) -> Position:
    """Return the position of a content that was found right as it was sealed.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is no position.
    """
    position = told["position"]
    chance = position.get("chance")  # sealed before chances were asked for, it has none
    return Position(
        option=_whole(position["option"]),
        sure=_whole(position["sure"]),
        forecasts=tuple(
            Forecast(
                str(one["measure"]),
                _whole(one["low"]),
                _whole(one["median"]),
                _whole(one["high"]),
                date.fromisoformat(one["due"]),
            )
            for one in position["forecasts"]
        ),
        reasons=tuple(str(one) for one in position["reasons"]),
        **{name: str(position[name]) for name in WORDS},
        chance=None if chance is None else _chance(chance),
    )


def faults(position: Position, asked: Asked) -> Iterator[str]:
    """Yield what is wrong with a position, a sentence each."""
    if not 0 <= position.option < asked.options:
        yield "Choose one of the options."
    if not LEAST_SURE <= position.sure <= MOST_SURE:
        yield "How sure you are must be from 50 to 100 per cent."
    yield from _faults_of_words(position)
    yield from _faults_of_forecasts(position, asked)
    if position.chance:
        yield from _faults_of_chance(position.chance, asked)


def _faults_of_words(position: Position) -> Iterator[str]:
    if not position.reasons or not set(position.reasons) <= set(REASONS):
        yield "Choose at least one reason of the list."
    if not position.why.strip():
        yield "Say why, in your own words."
    if any(len(getattr(position, name)) > LONGEST for name in WORDS):
        yield f"Say each thing in at most {LONGEST:,} characters."


def _faults_of_forecasts(position: Position, asked: Asked) -> Iterator[str]:
    if asked.measures and not 1 <= len(position.forecasts) <= MOST_FORECASTS:
        yield "Forecast one to three measures."
    if not {one.measure for one in position.forecasts} <= set(asked.measures):
        yield "Forecast a measure of the list."
    if any(not one.low <= one.median <= one.high for one in position.forecasts):
        yield "The middle of a forecast must lie between its lowest and highest value."
    if any(max(abs(one.low), abs(one.high)) > LARGEST for one in position.forecasts):
        yield TOO_LARGE
    if not all(asked.may_fall_due(one.due) for one in position.forecasts):
        yield NOT_TO_COME


def _faults_of_chance(chance: Chance, asked: Asked) -> Iterator[str]:
    if chance.measure not in asked.measures or chance.reach not in REACHES:
        yield "Say of a measure of the list whether it comes to at least or at most a value."
    if not 0 <= chance.percent <= forecasting.CERTAIN:
        yield "How likely it is must be from 0 to 100 per cent."
    if abs(chance.value) > LARGEST:
        yield TOO_LARGE
    if not asked.may_fall_due(chance.due):
        yield NOT_TO_COME


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


def brier(chance: Chance, outcome: int) -> int:
    """Return the Brier score of a chance, in ten-thousandths; less is better."""
    return forecasting.brier([chance.percent], came_about=chance.came_about(outcome))


def _dated(one: Forecast | Chance) -> dict[str, Any]:
    return asdict(one) | {"due": one.due.isoformat()}


def _chance(told: Mapping[str, Any]) -> Chance:
    return Chance(
        measure=str(told["measure"]),
        reach=str(told["reach"]),
        value=_whole(told["value"]),
        percent=_whole(told["percent"]),
        due=date.fromisoformat(told["due"]),
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    return value
