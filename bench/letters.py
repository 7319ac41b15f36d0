"""How many letters of collecting a second: tagged PDF/UA-1, archived on the disk, in turn of kind.

    python bench/letters.py [--letters 2000] [--processes 2]

No database: what is measured is setting and archiving. Every letter differs in name, address,
account and amounts, as they do in a real run.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import borough
from borough.kernel.documents import archive, typesetting
from borough.lines.revenues.letters import frame, recovery, specimen

ROOT = Path(borough.__file__).parent
BATCH = 20
GIVEN = ("Mary", "Ahmed", "Siân", "Łukasz", "Grace", "Tomos", "Priya", "Joan", "Femi", "Orla")
FAMILY = ("Rimmer", "Hughes-Ellis", "Okafor", "Ball", "Nowak", "Ó Briain", "Wright", "Sutton")


def a_reminder(number: int, chance: random.Random) -> recovery.Notice:
    """Return a reminder like no other."""
    owed = tuple(
        frame.Sum(words=f"Payment due by 1 {month} 2026", pence=chance.randint(5_000, 25_000))
        for month in ("April", "May", "June")[: chance.randint(1, 3)]
    )
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    home = (f"{chance.randint(1, 300)} Lighthouse Row", "Seaholme", f"ZZ{number % 10} 1AA")
    head = specimen.a_head(
        account=str(100_000 + number), addressees=(name,), address=home, property_address=home
    )
    return specimen.a_notice("reminder", head=head, owed=owed, rest_pence=162_851)


def letters(count: int) -> Iterator[frame.Letter]:
    """Yield reminders, and every tenth time one of the other letters."""
    chance = random.Random(2026)
    others = list(specimen.all_letters().values())
    for number in range(count):
        if number % 10:
            yield a_reminder(number, chance)
        else:
            other = chance.choice(others)
            yield replace(other, head=replace(other.head, account=str(100_000 + number)))


def orders(count: int) -> list[list[typesetting.Order]]:
    made = [
        typesetting.Order(number, ROOT, f"/{one.TEMPLATE}", one.as_json(), one.head.issued_on)
        for number, one in enumerate(letters(count))
    ]
    return [made[at : at + BATCH] for at in range(0, count, BATCH)]


def work(folder: Path, batch: list[typesetting.Order]) -> list[typesetting.Result]:
    return typesetting.typeset_into(folder, batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=2_000)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    waiting = orders(asked.letters)
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(
            asked.processes, get_context("spawn"), typesetting.begin_worker
        ) as pool,
    ):
        started = time.perf_counter()
        done = list(pool.map(work, [Path(folder)] * len(waiting), waiting))
        seconds = time.perf_counter() - started
        made = [one for batch in done for one in batch if isinstance(one, typesetting.Made)]
        assert archive.where(Path(folder), made[-1].pdf_sha256).exists()
    size = sum(one.length_bytes for one in made) / len(made) / 1024
    pages = sum(one.pages for one in made) / len(made)
    print(f"{len(made):,} of {asked.letters:,} letters set and on the disk, {asked.processes}")
    print(f"processes, Typst {typesetting.TYPST}, tagged, PDF/UA-1, starting included:")
    print(f"{seconds:.1f} s, {len(made) / seconds:.1f} letters a second;")
    print(f"{size:.0f} KiB and {pages:.1f} pages a letter.")


if __name__ == "__main__":
    main()
