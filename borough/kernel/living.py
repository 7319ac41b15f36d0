"""A made-up town that lives on, day by day: what it hands to the lines, and what they answer.

The town knows what happens to people; what officers do about it is each line's own business, done
by the same commands that pages call. A line's card names its steps of a day. Each step and its
record are one transaction, so a year that is killed goes on where it stopped.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from borough.kernel import furnishing
from borough.rules import years


@dataclass(frozen=True, slots=True)
class Moved:
    """What a household tells of its move.

    Attributes:
        dwelling_id: the home that was left.
        leavers: person ids, each with the first day on which they no longer lived there.
        goes_to: the home in the borough that they moved into, or None.
        forwarding: lines and postcode of where letters shall go, or None where they did not say.
        comers: person ids of who came after them, each with their first day; empty while nobody.
        cleared_on: the first day without furniture, or None where it stayed or others came at once.
    """

    dwelling_id: int
    leavers: tuple[tuple[int, date], ...]
    goes_to: int | None
    forwarding: tuple[str, str] | None
    comers: tuple[tuple[int, date], ...]
    cleared_on: date | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the town.

    Attributes:
        seed: what the town was drawn from.
        on: the day.
        year: the financial year that is lived through.
        moved: moves that become known on this day.
        died: ids of persons whose death becomes known, and its day.
        memory: kept from day to day within one process, and lost with it: what is costly to read.
    """

    seed: int
    on: date
    year: years.Year
    moved: Sequence[Moved] = ()
    died: Sequence[tuple[int, date]] = ()
    memory: dict[str, Any] = field(default_factory=dict)

    def dice(self, stage: str) -> np.random.Generator:
        """Return the random numbers of one stage of this day: the same whoever asks again."""
        return furnishing.dice(self.seed, f"{self.on} {stage}")


Counts = Mapping[str, int]
"""What a step did, in numbers: told at the end, added up over the days."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a line does on a day, in one transaction.

    Attributes:
        title: what is done, for whoever watches.
        do: does it; may be asked again for the same day after a crash, when nothing was kept.
    """

    title: str
    do: Callable[[Day], Counts]
