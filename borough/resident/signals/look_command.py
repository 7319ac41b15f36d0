"""``borough worries``: look for early worries in the whole borough now, as each night does."""

import time

from rich.console import Console

from borough.kernel import clock
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.resident.signals import commands, nightly, tasks


def main() -> int:
    """Look; a day that was looked at is said so. Return 0."""
    console = Console(stderr=True)
    began = time.perf_counter()
    try:
        run = commands.look_for_worries(by=tasks.BY, on=clock.today())
    except runs.AlreadyAsked:
        run = Run.objects.filter(kind=nightly.KIND).latest("pk")
    with console.status("Looking for early worries"):
        nightly.carry_out(run, by=tasks.BY)
    console.print(f"Looked at everybody; {time.perf_counter() - began:.1f} s.")
    return 0
