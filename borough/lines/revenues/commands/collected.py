"""Counting the figures of collecting, as officers ask for it."""

from datetime import date
from uuid import uuid4

from borough.kernel import commanding
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import capabilities, collected


@commanding.command(capabilities.SEE_RETURNS)
def ask_figures(*, by: commanding.Actor, on: date) -> Run:
    """Ask for the ledger to be counted as it stands at the end of ``on``; changes nothing."""
    key = f"{collected.KIND}/{on}/{uuid4().hex}"
    return runs.ask(collected.KIND, key, asked={}, parts=collected.PARTS, by=by, on=on)
