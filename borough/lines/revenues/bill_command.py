"""``borough bill YEAR``: annual billing from the console, for engineers and for measuring.

Officers bill on the page, where one prepares and another commits. The console is neither: its run
is recorded as made by ``system/console``, and the same key makes it the same run.
"""

import resource
import sys
import time
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from borough.kernel import clock, commanding
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, capabilities, mailing_command
from borough.lines.revenues.commands import annual as commands
from borough.rules import years


def main(year_name: str, *, letters: bool = False, into: str = "") -> int:
    """Bill a year, or take up its run again; return 0, or 2 with a sentence when refused.

    Args:
        year_name: for example ``2025-26``.
        letters: make the bills as letters, too, or take up that run again.
        into: a folder for the letters as a postal batch; asks for the letters itself.
    """
    console = Console()
    actor = commanding.system("console", capabilities.COMMIT_BILLING)
    try:
        year = years.Year.named(year_name)
        run = _run(year, by=actor, on=clock.today())
        began, done = time.perf_counter(), annual.totals(run)
        _carry_out(run, console, by=actor)
    except (commanding.Refusal, ValueError) as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    _report(run, console, seconds=time.perf_counter() - began, before=done["accounts"])
    return mailing_command.main(run, console, into=into) if letters or into else 0


def _run(year: years.Year, *, by: commanding.Actor, on: date) -> Run:
    try:
        return commands.ask_billing(year=year, by=by, on=on)
    except runs.AlreadyAsked:
        return Run.objects.get(key=f"{annual.BILLING}/{year.name}")


def _carry_out(run: Run, console: Console, *, by: commanding.Actor) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        total = len(annual.everybody(years.Year.named(run.asked["year"])))
        task = bar.add_task(f"Billing {run.asked['year']}", total=total)
        bar.advance(task, annual.totals(run)["accounts"])
        annual.carry_out(
            run, by=by, progress=lambda rows: bar.advance(task, rows), hands=annual.HANDS
        )


def _report(run: Run, console: Console, *, seconds: float, before: int) -> None:
    sums = annual.totals(run)
    now = sums["accounts"] - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bad = [one for part in run.parts.all() for one in part.result.get("set_aside", [])]
    console.print(
        f"{sums['accounts']:,} accounts billed, {sums['noticed']:,} notices, "
        f"£{sums['charge_pence'] / 100:,.2f} for the year"
    )
    if now:
        console.print(
            f"this time {now:,} accounts in {seconds:.1f} s: {now / seconds:,.0f} accounts/s, "
            f"peak memory {peak:,.0f} MiB"
        )
    else:
        console.print("Everybody had been billed before: nothing was posted.")
    for number, reason in bad:
        console.print(f"set aside: account row {number}: {reason}")
