"""``borough measure``: count what help comes to, keep it, and write it on the console."""

import csv
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from borough.kernel import clock, commanding
from borough.kernel.runs.models import Run
from borough.resident.effect import (
    capabilities,
    claim,
    claim_paper,
    commands,
    fairness_paper,
    groups,
    measuring,
    outcomes_paper,
    papers,
    quarters,
)

BY = commanding.system("console", capabilities.MEASURE_EFFECT)
DECILES = range(1, 11)
Shows = Callable[[measuring.Kept], papers.Paper]


def claim_of(truth: Sequence[claim.Planted]) -> int:
    """Count of those behind with Council Tax who is behind with rent.

    Args:
        truth: the tenants of the invented town as they truly are; none where it is no such town.

    Returns:
        0, or 2 with a sentence when it cannot be counted.
    """
    return _measure(
        lambda on: commands.measure(count=measuring.CLAIM, by=BY, on=on),
        lambda: {claim.TRUTH: truth} if truth else {},
        claim_paper.paper,
    )


def fairness_of(quarter: str | None, deciles: str | None) -> int:
    """Report on a quarter, by default on the one before this.

    Args:
        quarter: its name, as ``2025-26-Q1``.
        deciles: the council's file of postcodes and deciles; None: it gives none.

    Returns:
        0, or 2 with a sentence when it cannot be counted.
    """

    def ask(on: date) -> Run:
        before = quarters.Quarter.holding(on).preceding
        named = quarters.Quarter.named(quarter) if quarter else before
        return commands.report_fairness(quarter=named, by=BY, on=on)

    return _measure(
        ask,
        lambda: {groups.DECILES: deciles_of(Path(deciles))} if deciles else {},
        fairness_paper.paper,
    )


def outcomes_of_today() -> int:
    """Count what help came to in the year up to today; return 0, or 2 with a sentence."""
    return _measure(
        lambda on: commands.measure(count=measuring.OUTCOMES, by=BY, on=on),
        dict,
        outcomes_paper.paper,
    )


def deciles_of(file: Path) -> dict[str, int]:
    """Return the decile of deprivation by postcode, as the council gives it.

    Raises:
        OSError, KeyError, ValueError: it is not there, or is no such file.
    """
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    found = {row["postcode"].replace(" ", "").upper(): int(row["decile"]) for row in rows}
    if strange := [code for code, decile in found.items() if decile not in DECILES]:
        raise ValueError(f"A decile is 1 to 10; that of {len(strange)} postcodes is not.")
    return found


def _measure(
    ask: Callable[[date], Run], beside: Callable[[], Mapping[str, Any]], shows: Shows
) -> int:
    console, on = Console(), clock.today()
    began = time.perf_counter()
    try:
        given = beside()
        run = ask(on)
        measuring.carry_out(run, by=BY, beside=given)
    except KeyError as missing:
        print(f"borough: the file has no column {missing}", file=sys.stderr)  # noqa: T201
        return 2
    except (commanding.Refusal, OSError, ValueError) as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    kept = measuring.of(run)
    if kept is not None:
        papers.write(shows(kept), console)
    console.print(f"Counted in {time.perf_counter() - began:.1f} s, kept as run {run.pk}.")
    return 0
