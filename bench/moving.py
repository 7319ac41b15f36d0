"""Moves of a town as officers record them: questions to the database and time for each.

    .venv/bin/python bench/moving.py --dwellings 20000

It keeps a database of its own below .borough/bench and furnishes it once. Nothing stays: the moves
are rolled back, so that the bench can be run again. Processor time is told beside the time on the
clock, which waits for whatever else the machine does.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".borough" / "bench"
FIRST, DAYS = date(2025, 3, 11), 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dwellings", type=int, default=20_000)
    size = parser.parse_args().dwellings
    os.environ["BOROUGH_HOME"] = str(HOME / f"moving-{size}")
    Path(os.environ["BOROUGH_HOME"]).parent.mkdir(parents=True, exist_ok=True)
    borough("migrate")

    from borough.wiring import command

    command._ready()
    from borough.town.models import Town

    if not Town.objects.exists():
        borough("town", "--dwellings", str(size))
    moved = asked = 0
    began = time.perf_counter(), time.process_time(), server_seconds()
    for day in range(DAYS):
        moves, questions = live(FIRST + timedelta(day))
        moved, asked = moved + moves, asked + questions
    ended = time.perf_counter(), time.process_time(), server_seconds()
    clock, ours, theirs = (one - other for one, other in zip(ended, began, strict=True))
    if not moved:
        sys.exit("Nobody moved: the town is too small for its moves to be measured.")
    print(f"{moved:,} moves of {DAYS} days, {asked / moved:.0f} questions each")
    for title, seconds in (("clock", clock), ("processor", ours), ("database's", theirs)):
        print(f"  {title:<12}{1000 * seconds / moved:>8.0f} ms each")
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} at the end")


def live(on: date) -> tuple[int, int]:
    """Record the moves of a day and take them back; return how many, and the questions asked."""
    from borough.lines.revenues.living import moving
    from borough.rules import years
    from borough.town.living import happening
    from borough.town.models import Town

    with taken_back():
        day = happening.of_day(Town.objects.get(), years.Year(2025), on, {})
        with counted() as questions:
            counts = moving.record(day)
    return counts.get("moves recorded", 0), questions[0]


@contextmanager
def taken_back() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count what is executed meanwhile; a COPY counts as one."""
    from django.db import connection

    questions = [0]

    def count(execute, sql, parameters, many, context):  # type: ignore[no-untyped-def]
        questions[0] += 1
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(count):
        yield questions


def server_seconds() -> float:
    """Return the processor time that the database has spent for us; Linux tells."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        words = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def borough(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "borough.wiring.command", *words], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
