"""A count as a run: what was found is kept with it for ever, and the hash of what asked for it.

The hash is of the text of the modules that ask and reckon, so that whoever reads an old count can
tell whether it was made in the same way as a new one.
"""

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Ending, Part, Run
from borough.resident.effect import claim, cohort, fact_kinds, fairness, groups, outcomes
from borough.rules import statistics

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """Something that is counted.

    Attributes:
        kind: of the run.
        find: what was asked for, and the day -> what is kept, as JSON.
        asks: the modules whose text makes the hash.
    """

    kind: str
    title: str
    find: Callable[[Mapping[str, Any], date], Found]
    asks: tuple[ModuleType, ...]

    @property
    def hash(self) -> str:
        """The sha256 of the text of what asks, in 64 figures."""
        text = "".join(inspect.getsource(module) for module in (*self.asks, statistics))
        return hashlib.sha256(text.encode()).hexdigest()


CLAIM = Count("resident.claim", "Behind with Council Tax, behind with rent", claim.find, (claim,))
FAIRNESS = Count("resident.fairness", "Whom help reaches", fairness.find, (fairness, groups))
OUTCOMES = Count("resident.outcomes", "What help comes to", outcomes.find, (outcomes, cohort))
ALL = {one.kind: one for one in (CLAIM, FAIRNESS, OUTCOMES)}


@dataclass(frozen=True, slots=True)
class Kept:
    """What a count found, when, and the hash of what asked."""

    run: int
    on: date
    found: Found
    hash: str
    is_same: bool
    """Whether it is asked in the same way today."""


def carry_out(run: Run, *, by: commanding.Actor, beside: Mapping[str, Any] | None = None) -> None:
    """Count, and keep what was found.

    Args:
        run: what was asked for.
        by: who counts.
        beside: what is not kept with the run and serves this count alone: the planted truth of an
            invented town, the council's file of postcodes.

    Raises:
        runs.AlreadyRunning: another process has it in hand.
    """
    count = ALL[run.kind]

    def do(_: int) -> runs.Result:
        found = count.find({**run.asked, **(beside or {})}, run.on)
        facts.record(
            fact_kinds.MEASURED,
            thing=f"run/{run.pk}",
            by=by,
            on=run.on,
            title=count.title[:1].lower() + count.title[1:],
            period=run.asked["period"],
        )
        return 1, {"found": found, "query": count.hash}

    runs.carry_out(run, do)
    runs.end(run)


def newest(count: Count) -> Kept | None:
    """Return the newest count of a kind that is done."""
    done = Ending.objects.filter(run__kind=count.kind, outcome=Ending.Outcome.DONE)
    last = done.order_by("-run_id").select_related("run").first()
    return of(last.run) if last else None


def of(run: Run) -> Kept | None:
    """Return what a run found; None while it is not done."""
    part = Part.objects.filter(run=run).first()
    if part is None:
        return None
    hashed = part.result["query"]
    return Kept(run.pk, run.on, part.result["found"], hashed, hashed == ALL[run.kind].hash)
