"""``borough town story``: ten invented years of a contract, told to the town that is here."""

from rich.console import Console

from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.town import models, watching
from borough.town.story import telling


def main() -> int:
    """Tell the story, or what the worker has not told of it yet.

    Returns:
        0 when all of it is told, 2 where there is no town, or the worker tells it now.
    """
    console = Console(stderr=True)
    if not models.Town.objects.exists():
        console.print("borough: there is no town here. Furnish one first: borough town")
        return 2
    try:
        run = telling.ask()
    except runs.AlreadyAsked:
        run = Run.objects.get(kind=telling.KIND)
    steps = watching.Steps(console)
    try:
        with steps("Ten years of a contract, all invented", telling.PARTS):
            telling.carry_out(run)
    except runs.AlreadyRunning as refusal:
        console.print(f"borough: {refusal}", soft_wrap=True, highlight=False)
        return 2
    rows = sum(run.parts.values_list("rows", flat=True))
    memory = watching.peak_megabytes()
    console.print(f"Told in {steps.seconds:.1f} s: {rows:,} rows, at most {memory:,} MB.")
    console.print("Everything in it is invented. See /partnership/years.")
    return 0
