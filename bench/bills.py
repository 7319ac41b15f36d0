"""How many Council Tax bills a second: two pages each, tagged PDF/UA-1, archived on the disk.

    python bench/bills.py [--bills 2000] [--processes 2]

No database: what is measured is setting and archiving. Every bill differs in name, address,
account, amounts and instalments, as they do in a real run.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pikepdf

import borough
from borough.kernel.documents import archive, typesetting
from borough.lines.revenues.letters import bill, specimen

ROOT = Path(borough.__file__).parent
BATCH = 20
GIVEN = ("Mary", "Ahmed", "Siân", "Łukasz", "Grace", "Tomos", "Priya", "Joan", "Femi", "Orla")
FAMILY = ("Rimmer", "Hughes-Ellis", "Okafor", "Ball", "Nowak", "Ó Briain", "Wright", "Sutton")
STREET = ("Lighthouse Row", "Marine Road", "Scarisbrick New Road", "Elm Close", "Station Approach")


def a_bill(number: int, chance: random.Random) -> bill.BillData:
    """Return a bill like no other: one or two payers, with or without discount, 10 instalments."""
    names = [f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}" for _ in range(chance.randint(1, 2))]
    home = (f"{chance.randint(1, 300)} {chance.choice(STREET)}", "Seaholme", f"ZZ{number % 10} 1AA")
    charge, discount = specimen.LINES
    lines = (charge, replace(discount, pence=-chance.randint(10_000, 60_000)))[: len(names)]
    each = chance.randint(10_000, 15_000)
    due = sum(line.pence for line in lines)
    first = due - 9 * each
    dues = [first, *[each] * 9]
    instalments = tuple(
        replace(one, pence=pence) for one, pence in zip(specimen.INSTALMENTS, dues, strict=True)
    )
    return specimen.a_bill(
        account=str(100_000 + number),
        addressees=tuple(names),
        address=home,
        property_address=home,
        lines=lines,
        instalments=instalments,
        direct_debit=chance.random() < 0.7,
    )


def orders(count: int) -> Iterator[list[typesetting.Order]]:
    chance = random.Random(2026)
    batch: list[typesetting.Order] = []
    for number in range(count):
        made = a_bill(number, chance)
        batch.append(
            typesetting.Order(number, ROOT, f"/{bill.TEMPLATE}", made.as_json(), made.issued_on)
        )
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def work(folder: Path, batch: list[typesetting.Order]) -> tuple[list[typesetting.Result], int]:
    made = typesetting.typeset_into(folder, batch)
    return made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bills", type=int, default=2_000)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    waiting = list(orders(asked.bills))
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(
            asked.processes, get_context("spawn"), typesetting.begin_worker
        ) as pool,
    ):
        started = time.perf_counter()
        done = list(pool.map(work, [Path(folder)] * len(waiting), waiting))
        seconds = time.perf_counter() - started
        made = [one for batch, _ in done for one in batch if isinstance(one, typesetting.Made)]
        files = sum(1 for _ in Path(folder).rglob("*.pdf"))
        with pikepdf.open(archive.where(Path(folder), made[-1].pdf_sha256)) as last:
            pages = len(last.pages)
    worked = resource.getrusage(resource.RUSAGE_CHILDREN)
    core_seconds = worked.ru_utime + worked.ru_stime
    pace = len(made) / seconds
    size = sum(one.length_bytes for one in made) / len(made) / 1024
    print(f"{len(made):,} of {asked.bills:,} bills set, {files:,} files kept and on the disk,")
    print(f"on {asked.processes} processes with Typst {typesetting.TYPST}, tagged, PDF/UA-1,")
    print(f"in {seconds:.1f} s, starting included: {pace:.1f} bills a second;")
    print(f"{len(made) / core_seconds:.1f} bills for each second of one core;")
    print(f"{size:.0f} KiB a bill; the last one has {pages} pages;")
    print(f"at most {max(memory for _, memory in done)} MiB a process.")
    print(f"131,400 bills would take {131_400 / pace / 60:.0f} minutes at this pace.")


if __name__ == "__main__":
    main()
