"""``borough link``: compare all records, join the certain, and say how many wait for a person."""

import sys
import time

from rich.console import Console

from borough.kernel import clock, commanding
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Part, Run
from borough.resident.identity import capabilities, commands, linking


def main() -> int:
    """Link; return 0, or 2 with a sentence when it is refused."""
    console = Console(stderr=True)
    actor = commanding.system("console", capabilities.RUN_LINKING)
    began = time.perf_counter()
    try:
        run = _run(actor)
        with console.status("Comparing the records of all services"):
            linking.carry_out(run, by=actor)
    except commanding.Refusal as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    told = Part.objects.get(run=run).result
    seconds = time.perf_counter() - began
    console.print(
        f"{told['joined']:,} records joined, {told['waiting']:,} pairs for a person to decide; "
        f"{seconds:.1f} s."
    )
    return 0


def _run(actor: commanding.Actor) -> Run:
    try:
        return commands.ask_linking(by=actor, on=clock.today())
    except runs.AlreadyAsked:
        return Run.objects.filter(kind=commands.LINKING).latest("pk")
