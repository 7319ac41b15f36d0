"""How well records of the made-up town's separate systems are linked, and what it costs.

    python bench/linking.py --seeds 1 2 3 --dwellings 131400 [--engine spark]
    BOROUGH_HOME=/somewhere/empty python bench/linking.py --whole [--dwellings 131400]

Precision and recall are of pairs of records of two systems, against who the records truly are. The
model and the council's probabilities were settled on seeds 11 and 12; others were not looked at.

With ``--whole`` the town is furnished in a new database, written as its silos, each file loaded by
``borough feed load`` and all of them linked by ``borough link``: what officers would wait for, how
much memory it takes, and how many pairs are left for a person.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from math import sqrt
from pathlib import Path

import numpy as np

TODAY = date(2025, 3, 10)
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--dwellings", type=int, default=131_400)
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    parser.add_argument("--whole", action="store_true", help="by the officers' own commands")
    asked = parser.parse_args()
    if asked.whole:
        return whole(asked.dwellings, asked.seeds[0])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borough.wiring.settings")
    import django

    django.setup()
    for seed in asked.seeds:
        one_town(asked.dwellings, seed, asked.engine)
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} at the end")
    return 0


def whole(dwellings: int, seed: int) -> int:
    """Furnish, write, load and link a town in the empty database of BOROUGH_HOME."""
    if not os.environ.get("BOROUGH_HOME"):
        print("Set BOROUGH_HOME to a folder of its own: the bench fills the database there.")
        return 2
    size = ("--dwellings", str(dwellings), "--seed", str(seed))
    with tempfile.TemporaryDirectory() as folder:
        borough("migrate")
        borough("town", *size)
        borough("town", "silos", folder)
        with (Path(folder) / "totals.csv").open() as file:
            totals = list(csv.DictReader(file))
        for one in totals:
            if one["source"] != "other-council-tax":  # the town keeps its own here
                borough(
                    *("feed", "load", one["source"], str(Path(folder) / one["file"])),
                    *("--total", one["pounds"]),
                    rows=int(one["rows"]),
                )
    borough("link")
    waiting()
    return 0


def borough(*words: str, rows: int = 0) -> None:
    """Do a command; print the seconds it took, and the most memory of any command so far."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "borough.wiring.command", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    rate = f", {rows / took:,.0f} rows a second" if rows else ""
    load = os.getloadavg()[0]
    print(f"{' '.join(words)}: {took:.1f} s{rate}; at most {peak:,} MB so far; load {load:.1f}")
    said = (done.stdout + done.stderr).strip().splitlines()
    print(f"  {said[-1] if said else 'it said nothing'}", flush=True)


def waiting() -> None:
    """Print what a person has to decide, by source."""
    from borough.wiring import command

    command._ready()
    from borough.kernel import clock
    from borough.resident.identity import queries

    joined = queries.joined_by_source(clock.today())
    for source, (doubtful, checks) in queries.waiting_by_source().items():
        print(
            f"  {source:<22}{joined.get(source, 0):>8,} joined, {doubtful:>7,} records wait for a "
            f"person, {checks:>5,} more to be checked"
        )


def one_town(dwellings: int, seed: int, engine: str) -> None:
    from borough.resident.identity import likeness
    from borough.town import silos
    from borough.town.silos import writing

    begun = time.perf_counter()
    drawn = silos.draw(dwellings, seed, TODAY)
    made = time.perf_counter() - begun
    tables = [writing.table(silo) for silo in drawn]
    begun = time.perf_counter()
    found = likeness.link(tables, engine)
    took = time.perf_counter() - begun
    truth = {
        (silo.book.source, key): person
        for silo in drawn
        for key, person in zip(silo.keys, silo.book.person.tolist(), strict=True)
    }
    print(f"\nSeed {seed}, {dwellings:,} dwellings, on {engine}")
    print(", ".join(f"{silo.book.source} {len(silo.keys):,}" for silo in drawn))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"silos drawn in {made:.1f} s; {len(truth):,} records linked in {took:.1f} s; "
        f"at most {peak:,} MB in this process"
    )
    report(found, drawn, truth)


def report(found, drawn, truth) -> None:
    left = zip(found.left_source, found.left_key, strict=True)
    right = zip(found.right_source, found.right_key, strict=True)
    same = np.array([truth[a] == truth[b] for a, b in zip(left, right, strict=True)])
    pairs = true_pairs(drawn)
    everything = sum(pairs.values())
    print(f"{everything:,} pairs of records truly are one person")
    print(f"{'from':>6} {'precision':>10} {'recall':>7}   mutual best: precision recall  wrong")
    for threshold in THRESHOLDS:
        above = found.probability >= threshold
        best = above & found.best
        print(
            f"{threshold:>6} {same[above].mean():>10.4f} {same[above].sum() / everything:>7.4f}"
            f"   {'':<12} {same[best].mean():>9.4f} {same[best].sum() / everything:.4f} "
            f"{int((~same[best]).sum()):>6,}"
        )
    by_pair(found, same, pairs)
    the_bands(found, same, everything)


def by_pair(found, same, pairs) -> None:
    from borough.resident.identity import judging

    likely = judging.choice(TODAY).likely
    proposed = (found.probability >= likely) & found.best
    print(f"Proposed as one person (from {likely}, mutual best), by pair of systems:")
    for (one, other), true in pairs.items():
        here = proposed & np.isin(found.left_source, (one, other))
        here &= np.isin(found.right_source, (one, other))
        right, count = int(same[here].sum()), int(here.sum())
        low, high = interval(right, count)
        print(
            f"  {one + ' – ' + other:<30} {true:>7,} true  precision {right / max(count, 1):.4f} "
            f"({low:.4f} to {high:.4f})  recall {right / max(true, 1):.4f}"
        )


def the_bands(found, same, everything) -> None:
    from borough.resident.identity import judging

    made = judging.choice(TODAY)
    for names in (("nino",), made.identifiers, (*made.identifiers, "names_and_home")):
        rule = judging.Choice(made.likely, made.certain, names)
        band = judging.bands(found, rule)
        print(f"Where {' or '.join(names)} identifies:")
        for name, value in (("joined without a person", 2), ("for a person to decide", 1)):
            here = band == value
            right = int(same[here].sum())
            print(
                f"  {name:<24} {int(here.sum()):>7,} pairs, precision {same[here].mean():.5f}, "
                f"recall {right / everything:.4f}, wrong {int(here.sum()) - right:,}"
            )


def true_pairs(drawn) -> dict:
    held = {silo.book.source: Counter(silo.book.person.tolist()) for silo in drawn}
    names = list(held)
    return {
        (one, other): sum(count * held[other][who] for who, count in held[one].items())
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    }


def interval(right: int, count: int) -> tuple[float, float]:
    """Return Wilson's interval of a share, 95 per cent."""
    if not count:
        return 0.0, 1.0
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    half /= 1 + z * z / count
    return middle - half, min(middle + half, 1.0)


if __name__ == "__main__":
    sys.exit(main())
