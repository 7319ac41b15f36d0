"""A Direct Debit collection of a whole town: preview, the run with its file, and the posting.

    .venv/bin/python bench/collecting.py --dwellings 131400

It keeps a database of its own below .borough/bench, furnishes and bills it once, and collects the
first working day from April 2025 on that is not collected yet.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".borough" / "bench"
YEAR, BILLED, FIRST = "2025-26", date(2025, 3, 10), date(2025, 4, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dwellings", type=int, default=20_000)
    size = parser.parse_args().dwellings
    os.environ["BOROUGH_HOME"] = str(HOME / f"collecting-{size}")
    Path(os.environ["BOROUGH_HOME"]).parent.mkdir(parents=True, exist_ok=True)
    borough("migrate")
    borough("town", "--dwellings", str(size))

    from borough.wiring import command

    command._ready()
    from borough.kernel import commanding, joining

    by = commanding.System("system/bench", frozenset(joining.capabilities()))
    officer = commanding.System("system/colleague", by.capabilities)
    bill(by)
    entry_day = free_day()
    collect(entry_day, entry_day - timedelta(days=8), by, officer)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{'peak memory of the process':<38}{peak:>10,.0f} MiB, billing included where it was made"
    )
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


def free_day() -> date:
    from borough.lines.revenues import collecting
    from borough.lines.revenues.models import Collection

    day = FIRST
    while Collection.objects.filter(entry_day=collecting.days(day).on).exists():
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day


def collect(entry_day: date, on: date, by: Any, officer: Any) -> None:
    from borough.lines.revenues import collecting, collections, debit_files, telling
    from borough.lines.revenues.commands import collections as commands
    from borough.lines.revenues.models import Collection, SentFile

    timed: dict[str, float] = defaultdict(float)
    for module, name, step in (
        (telling, "tell", "  advance notices"),
        (collecting, "choose", "  choosing"),
        (collections, "_add", "  items"),
        (debit_files, "collections", "  file made and read back"),
        (collections, "_post", "  ledger"),
        (collections, "_record", "  facts"),
    ):
        setattr(module, name, clocked(getattr(module, name), timed, step))
    preview = commands.prepare_collection(entry_day=entry_day, by=by, on=on)
    seconds = taken(lambda: collections.preview(preview))
    show("preview", seconds, timed)
    run = commands.commit_collection(preview=preview, by=officer, on=on)
    seconds = taken(lambda: collections.carry_out(run, by=by))
    collection = Collection.objects.get(pk=run.pk)
    file = SentFile.objects.get(pk=run.pk)
    show("commit, with its file", seconds, timed, file.items)
    print(f"{'items':<38}{file.items:>10,}  £{file.pence // 100:,}, {len(file.content):,} bytes")
    posted = commands.post_collection(collection=collection, by=by, on=collection.entry_day)
    seconds = taken(lambda: collections.post(posted, by=by))
    show("posting as received", seconds, timed, file.items)


def taken(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def show(what: str, seconds: float, timed: dict[str, float], items: int = 0) -> None:
    rate = f"{items / seconds:,.0f} items/s" if items else ""
    print(f"{what:<38}{seconds:>10.1f} s  {rate}")
    for step, spent in timed.items():
        print(f"{step:<38}{spent:>10.1f} s")
    timed.clear()


def clocked(call: Callable[..., Any], timed: dict[str, float], step: str) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            return call(*args, **options)
        finally:
            timed[step] += time.perf_counter() - began

    return run


if __name__ == "__main__":
    main()
