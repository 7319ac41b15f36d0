"""Recovery of a whole town: the preview and the run of reminders, then of summonses with costs.

    .venv/bin/python bench/recovering.py --dwellings 131400

It keeps a database of its own below .borough/bench, furnishes and bills it once, lets most people
pay their first instalment, and takes the steps that are then due, writing the letters of each.
Ends with the checker, which shares no code with the runs.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".borough" / "bench"
YEAR, BILLED, PAID = "2025-26", date(2025, 3, 10), date(2025, 4, 1)
REMINDED, SUMMONED, HEARING = date(2025, 4, 10), date(2025, 5, 20), date(2025, 7, 1)
PAY_PERCENT, HELD_EVERY = 88, 50  # who pays, and of the others every nth has a query open


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dwellings", type=int, default=20_000)
    size = parser.parse_args().dwellings
    os.environ["BOROUGH_HOME"] = str(HOME / f"recovering-{size}")
    Path(os.environ["BOROUGH_HOME"]).parent.mkdir(parents=True, exist_ok=True)
    borough("migrate")
    borough("town", "--dwellings", str(size))

    from borough.wiring import command

    command._ready()
    from borough.kernel import commanding, joining
    from borough.lines.revenues import check_recovery
    from borough.lines.revenues.models import Step

    if Step.objects.filter(year=2025).exists():
        sys.exit(f"This town has been recovered from. Remove {os.environ['BOROUGH_HOME']} first.")
    by = commanding.System("system/bench", frozenset(joining.capabilities()))
    officer = commanding.System("system/colleague", by.capabilities)
    bill(by)
    pay(by)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    take("reminder", REMINDED, None, by, officer)
    write(REMINDED, by)
    take("summons", SUMMONED, HEARING, by, officer)
    write(SUMMONED, by)
    began = time.perf_counter()
    code = check_recovery.main(sys.stdout)
    print(f"{'the checker':<38}{time.perf_counter() - began:>10.1f} s, exit {code}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory of the process':<38}{peak:>10,.0f} MiB; {before:,.0f} before the runs")
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} at the end")


def borough(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "borough.wiring.command", *words], check=True, cwd=ROOT)


def bill(by: Any) -> None:
    """Bill the year, unless it was billed by an earlier bench."""
    from borough.lines.revenues import annual
    from borough.lines.revenues.commands import annual as commands
    from borough.lines.revenues.models import Bill
    from borough.rules import years

    if not Bill.objects.filter(year=2025).exists():
        run = commands.ask_billing(year=years.Year.named(YEAR), by=by, on=BILLED)
        annual.carry_out(run, by=by)


def pay(by: Any) -> None:
    """Let most people pay what is asked for by then; a few of the others have a query open."""
    import numpy as np

    from borough.kernel.holds import commands as holds
    from borough.lines.revenues import overdue, receiving
    from borough.rules import years

    found = overdue.standing(years.Year.named(YEAR), date(2025, 4, 2))
    dice = np.random.default_rng(2026).integers(0, 100, len(found.account))
    pays = np.flatnonzero((dice < PAY_PERCENT) & (found.overdue_pence > 0))
    receiving.post(
        keys=[f"bench/{row}" for row in pays.tolist()],
        sub_accounts=found.sub_account[pays],
        pence=found.overdue_pence[pays],
        on=PAID,
        by=by,
    )
    owes = np.flatnonzero((dice >= PAY_PERCENT) & (found.overdue_pence > 0))
    for row in owes[::HELD_EVERY].tolist():
        upon = holds.Upon(thing=f"revenues.account/{found.reference[row]}")
        holds.place_hold(kind="dispute", upon=upon, by=by, on=PAID)


def take(step: str, on: date, hearing: date | None, by: Any, officer: Any) -> None:
    """Prepare and commit a step, each timed."""
    from borough.lines.revenues import recovering
    from borough.lines.revenues.commands import recovery as commands
    from borough.rules import years

    began = time.perf_counter()
    prepared = commands.prepare_recovery(
        year=years.Year.named(YEAR), step=step, hearing=hearing, by=by, on=on
    )
    recovering.preview(prepared)
    seconds = time.perf_counter() - began
    found = recovering.result(prepared)
    show(f"{step}: preview", found.looked, "accounts looked at", seconds)
    print(f"    {len(found.steps):,} would get it, {len(found.kept):,} reasons against others")
    began = time.perf_counter()
    run = commands.commit_recovery(preview=prepared, by=officer, on=on)
    recovering.carry_out(run, by=officer, on=on)
    seconds = time.perf_counter() - began
    show(f"{step}: the run", len(recovering.result(run).steps), "steps taken", seconds)


def write(on: date, by: Any) -> None:
    """Write the letters of the day: nothing may rest on a step that nobody was told of."""
    from borough.lines.revenues import correspondence
    from borough.lines.revenues.commands import correspondence as commands
    from borough.lines.revenues.letters import waiting

    began = time.perf_counter()
    run = commands.ask_letters(by=by, on=on)
    correspondence.issue(run, by=by)
    correspondence.finish(run, by=by)
    counts = waiting.counts(run)
    show("letters written", counts.issued, "letters", time.perf_counter() - began)
    print(f"    {counts.left_out:,} left out")


def show(what: str, count: int, of: str, seconds: float) -> None:
    print(f"{what:<38}{seconds:>10.1f} s, {count:,} {of}, {count / seconds:,.0f} a second")


if __name__ == "__main__":
    main()
