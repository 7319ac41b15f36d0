"""Early worries: sightings in, points with their reasons out, and an order in which to look.

Points are added up, every one with its reason and the day on which it ends; nothing is learnt from
data and nothing is hidden. They lead to an offer of help, and to nothing else (`valve`). What is
counted and what it weighs are dated figures (`parameters/support/signals.yaml`).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pydantic
from numpy.typing import NDArray

from borough.rules import engine, parameters
from borough.rules.support import inputs

Ints = NDArray[np.int64]
DAY = "datetime64[D]"
SHEET = "support/signals.yaml"
PREFIX = "signal_S"


class Signal(pydantic.BaseModel):
    """One early worry as it is weighed from a day on; the file explains each field."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    says: str = pydantic.Field(min_length=1)
    inputs: tuple[str, ...]
    days: int = pydantic.Field(gt=0)
    counts: Literal["sightings", "newest"]
    steps: dict[int, int] = pydantic.Field(min_length=1)
    one_of_at_least: int = 0
    then: Literal["", "hold", "protocol"] = ""
    asks: dict[str, int] = {}

    @pydantic.field_validator("steps")
    @classmethod
    def _more_is_never_less(cls, steps: dict[int, int]) -> dict[int, int]:
        ordered = dict(sorted(steps.items()))
        points = [*ordered.values()]
        if min(ordered) < 1 or points[0] < 0 or points != sorted({*points}):
            raise ValueError("steps begin at 1 or more, and more of it weighs more")
        return ordered

    def told(self, amount: int) -> str:
        """Return the reason with its figures filled in."""
        return self.says.format(amount=amount, days=self.days, **self.asks)


@dataclass(frozen=True)
class Law:
    """The signals in force on a day.

    Attributes:
        signals: by code, "S1" onward.
        titles, since: the name of each, and the day from which it is weighed so.
        message_from, queue_from: the points from which the bands begin.
        slice_percent: the share of the queue's places that is drawn by lot.
    """

    signals: Mapping[str, Signal]
    titles: Mapping[str, str]
    since: Mapping[str, datetime.date]
    message_from: int
    queue_from: int
    slice_percent: int


@dataclass(frozen=True)
class Sightings:
    """What was seen, as columns (n,), in any order. One row is one happening.

    Attributes:
        code: the signal's.
        person: whose it is.
        observed: the day on which it was so, datetime64[D].
        value: how much, as the signal counts it; 0 where a lasting worry is over.
    """

    code: NDArray[np.str_]
    person: Ints
    observed: NDArray[np.datetime64]
    value: Ints


@dataclass(frozen=True)
class Reason:
    """Why somebody has points.

    Attributes:
        observed: the newest day on which it was so.
        expires: the first day on which these points are gone if nothing new is seen.
        since: which weighing gave the points, by the day from which it holds.
        then: what follows besides: "hold", "protocol" or "".
    """

    code: str
    title: str
    says: str
    points: int
    observed: datetime.date
    expires: datetime.date
    inputs: tuple[inputs.Input, ...]
    since: datetime.date
    then: str


@dataclass(frozen=True)
class Counted:
    """What one signal comes to, as columns (k,), a row for each person who has it."""

    code: str
    person: Ints
    amount: Ints
    points: Ints
    observed: NDArray[np.datetime64]
    expires: NDArray[np.datetime64]


@dataclass(frozen=True)
class Scored:
    """Points of everybody asked about, (n,), in the order asked.

    Attributes:
        band: "none", "message" or "queue".
        since: the newest observation that counts, NaT for nobody's.
    """

    people: Ints
    points: Ints
    band: NDArray[np.str_]
    since: NDArray[np.datetime64]
    counted: tuple[Counted, ...]
    law: Law

    def reasons(self, person: int) -> list[Reason]:
        """Return why this person has points, in the order of the signals."""
        return [
            _reason(one, row, self.law)
            for one in self.counted
            for row in np.flatnonzero(one.person == person).tolist()
        ]


def law(on: datetime.date, overlay: Mapping[str, parameters.Parameter] | None = None) -> Law:
    """Return the signals in force on the day.

    Raises:
        inputs.UnlawfulInput: when a signal reads what none may read.
        engine.UnlawfulScheme: when a signal does not hold together.
        parameters.NoSuchFigure: when a figure is not known on the day.
    """
    sheet = parameters.overlaid(parameters.load_file(SHEET), overlay or {})
    figures = parameters.InForce(sheet, on)
    names = sorted((n for n in sheet if n.startswith(PREFIX)), key=lambda n: int(n[len(PREFIX) :]))
    bands = figures["signal_bands"]
    codes = {name: name.removeprefix("signal_") for name in names}
    return Law(
        signals={code: _signal(code, figures[name]) for name, code in codes.items()},
        titles={code: sheet[name].title for name, code in codes.items()},
        since={
            code: max(day for day in sheet[name].values if day <= on)
            for name, code in codes.items()
        },
        message_from=bands["message"],
        queue_from=bands["queue"],
        slice_percent=figures["signal_slice_percent"],
    )


def _signal(code: str, value: Any) -> Signal:
    try:
        signal = Signal.model_validate(value)
        signal.told(1)
    except (pydantic.ValidationError, KeyError, IndexError) as fault:
        raise engine.UnlawfulScheme(f"Signal {code} does not hold together: {fault}") from fault
    inputs.lawful(f"Signal {code}", signal.inputs)
    return signal


def score(sightings: Sightings, people: Ints, *, on: datetime.date, law: Law) -> Scored:
    """Return everybody's points on a day, and what made them.

    Args:
        sightings: whatever was seen; what is too old, or of a later day, does not count.
        people: everybody who is in question, each once; those without a sighting have no points.
        on: the day.
        law: the weighing in force.

    Raises:
        ValueError: for an unknown code, somebody who is not in question, or a person named twice.
    """
    order = np.argsort(people, kind="stable")
    _check(sightings, people[order], law)
    today = np.datetime64(on, "D")
    counted = tuple(_count(code, one, sightings, today) for code, one in law.signals.items())
    points = np.zeros(len(people), np.int64)
    newest = np.full(len(people), np.datetime64("NaT"), DAY)
    for one in counted:
        place = order[np.searchsorted(people, one.person, sorter=order)]
        points[place] += one.points
        newest[place] = np.fmax(newest[place], one.observed)
    below = np.where(points >= law.message_from, "message", "none")
    band = np.where(points >= law.queue_from, "queue", below)
    return Scored(people, points, band, newest, counted, law)


def _check(sightings: Sightings, in_order: Ints, law: Law) -> None:
    unknown = sorted({*np.unique(sightings.code).tolist()} - {*law.signals})
    if unknown:
        raise ValueError(f"There is no signal {', '.join(unknown)}.")
    if (in_order[1:] == in_order[:-1]).any():
        raise ValueError("Somebody is named twice among the people.")
    if not np.isin(sightings.person, in_order).all():
        raise ValueError("A sighting is of somebody who is not among the people.")


def _count(code: str, signal: Signal, seen: Sightings, today: np.datetime64) -> Counted:
    """Return what one signal comes to for each person who has it."""
    age = (today - seen.observed).astype(np.int64)  # NaT gives the least int64: no day, no sighting
    rows = np.flatnonzero((seen.code == code) & (age >= 0) & (age < signal.days))
    # Each person's newest first, of one day the largest value.
    rows = rows[np.lexsort((-seen.value[rows], age[rows], seen.person[rows]))]
    person, first, amount = np.unique(seen.person[rows], return_index=True, return_counts=True)
    if signal.counts == "newest":
        amount = seen.value[rows][first]
    step, points = _weighed(signal, amount)
    # The points stand until the oldest sighting that is needed for them is over.
    needed = first + (np.maximum(step, 1) - 1 if signal.counts == "sightings" else 0)
    until = seen.observed[rows[needed]] + signal.days
    has = points >= 0
    if signal.one_of_at_least:
        strong = seen.value[rows] >= signal.one_of_at_least
        whose, newest = np.unique(seen.person[rows][strong], return_index=True)
        has &= np.isin(person, whose)
        place = np.searchsorted(whose, person[has])
        strong_until = seen.observed[rows][strong][newest] + signal.days
        until[has] = np.minimum(until[has], strong_until[place])
    observed = seen.observed[rows[first]]
    return Counted(code, person[has], amount[has], points[has], observed[has], until[has])


def _weighed(signal: Signal, amount: Ints) -> tuple[Ints, Ints]:
    """Return the step that each amount reached and its points, -1 where it reached none."""
    steps = np.array([0, *signal.steps], np.int64)
    points = np.array([-1, *signal.steps.values()], np.int64)
    reached = np.searchsorted(steps[1:], amount, side="right")
    return steps[reached], points[reached]


def _reason(one: Counted, row: int, law: Law) -> Reason:
    signal = law.signals[one.code]
    return Reason(
        code=one.code,
        title=law.titles[one.code],
        says=signal.told(int(one.amount[row])),
        points=int(one.points[row]),
        observed=one.observed[row].item(),
        expires=one.expires[row].item(),
        inputs=tuple(inputs.Input(name) for name in signal.inputs),
        since=law.since[one.code],
        then=signal.then,
    )
