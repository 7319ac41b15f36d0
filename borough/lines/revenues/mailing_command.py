"""``borough bill YEAR --letters``: the bills of a billing run as letters, from the console."""

import resource
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from borough.kernel import clock, commanding
from borough.kernel.documents import archive
from borough.kernel.runs.models import Run
from borough.lines.revenues import capabilities, mailing, postal
from borough.lines.revenues.commands import mailing as commands
from borough.lines.revenues.queries import mailing as queries

SHOWN = 20


def main(billing: Run, console: Console, *, into: str = "") -> int:
    """Make the letters, or take up their run again; return 0, 1 when some are not printed, or 2."""
    actor = commanding.system("console", capabilities.COMMIT_BILLING)
    try:
        run = queries.letters_of(billing) or commands.ask_bill_letters(
            billing=billing, by=actor, on=clock.today()
        )
        _carry_out(run, console, by=actor)
        _report(run, console)
        if into:
            batch = postal.write(run, Path(into), by=actor)
            console.print(f"{batch.letters:,} letters of {batch.pages:,} pages are in {into}")
    except (commanding.Refusal, archive.Missing, archive.Spoiled) as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    counts = queries.counts(run)
    return 0 if counts.reconciles and not counts.unprinted else 1


def _carry_out(run: Run, console: Console, *, by: commanding.Actor) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    before, began = queries.counts(run), time.perf_counter()
    with Progress(*columns, console=console) as bar:
        issuing = bar.add_task("Issuing", total=before.expected, completed=before.notices)
        printing = bar.add_task("Printing", total=None)
        finished: list[float] = []

        def issued(rows: int) -> None:
            bar.advance(issuing, rows)

        def printed(made: int) -> None:
            if not finished:
                finished.append(time.perf_counter())
                bar.update(printing, total=queries.counts(run).issued)
            bar.update(printing, completed=before.printed + made)

        mailing.carry_out(run, by=by, issued=issued, printed=printed)
    _say_pace(console, before, queries.counts(run), seconds=time.perf_counter() - began)


def _say_pace(
    console: Console, before: queries.Counts, after: queries.Counts, *, seconds: float
) -> None:
    made = after.printed - before.printed
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if made:
        console.print(
            f"this time {after.issued - before.issued:,} letters issued and {made:,} printed in "
            f"{seconds:.1f} s: {made / seconds:,.1f} letters/s, peak memory {peak:,.0f} MiB"
        )
    else:
        console.print("All of them had been made before: nothing was issued or printed.")


def _report(run: Run, console: Console) -> None:
    counts = queries.counts(run)
    console.print(
        f"{counts.expected:,} notices = {counts.already:,} had a letter + {counts.left_out:,} left "
        f"out + {counts.issued:,} letters issued"
        f"{'' if counts.reconciles else ': THE COUNTS DO NOT AGREE'}"
    )
    console.print(
        f"{counts.issued:,} letters = {counts.printed:,} printed "
        f"({counts.length_bytes / 1_000_000:,.1f} MB) + {counts.unprinted:,} not printed"
    )
    for account, reason in queries.left_out(queries.all_left_out(run)[:SHOWN]):
        console.print(f"left out: account {account}: {reason}")
    for number, account in queries.unprinted(run, limit=SHOWN):
        console.print(f"not printed: letter {number} of account {account}")
