"""How fast a year of Council Tax is worked out: columns beside a plain loop, to the same penny.

    python bench/rules.py [accounts]

The plain loop is ordinary Python with `decimal`: one account after another, its year cut where
anything changes, each period priced and rounded. The daily loop, which is what the Act says word
for word, is measured on the first two hundred accounts. All three must agree on every penny.
All say what each account has to pay; the lines of the bills, which the columns alone can tell,
are timed besides.
Times are processor seconds of one core, so that a busy machine does not blur them.
"""

import datetime
import itertools
import random
import resource
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from borough.rules import years
from borough.rules.council_tax import bill
from tests.rules import accounts, by_hand
from tests.rules.by_hand import Record

YEAR = years.Year(2025)
SEFTON = by_hand.Council(
    2025, (204354, 27897, 9625, 2400), {1: 50}, 0, 0, {1: 100, 5: 200, 10: 300}, 100
)
STOCK = {"A": 399, "B": 283, "C": 314, "D": 158, "E": 89, "F": 40, "G": 27, "H": 3}
"""Dwellings of Sefton by band, in hundreds (Valuation Office Agency, 2025)."""
DAILY = 200


def households(number: int) -> list[Record]:
    """Return accounts in about the proportions of Sefton's own taxbase return of 2022."""
    dice = random.Random(2026)
    return [_household(dice) for _ in range(number)]


def _household(dice: random.Random) -> Record:
    long_ago = YEAR.starts - datetime.timedelta(days=dice.randint(400, 9000))
    moved = YEAR.starts + datetime.timedelta(days=dice.randint(1, 364))
    [band] = dice.choices([*STOCK], [*STOCK.values()])
    record = Record(liable=(long_ago, None), band=[(long_ago, None, band)])
    record.adults = [(long_ago, None, dice.choices([1, 2, 3], [39, 52, 9])[0])]
    if dice.random() < 0.08:  # moved in or out within the year
        record.liable = (moved, None) if dice.random() < 0.5 else (long_ago, moved)
    if dice.random() < 0.05:  # somebody moved in or out within the year
        record.adults = [(long_ago, moved, 2), (moved, None, 1)]
    if dice.random() < 0.02:
        record.disregarded = [(long_ago, moved if dice.random() < 0.3 else None, 1)]
    _sometimes(record, dice, long_ago, moved)
    return record


def _sometimes(record: Record, dice: random.Random, long_ago, moved) -> None:
    """Add what few households have."""
    if dice.random() < 0.03:
        state = dice.choices(["unfurnished", "furnished", "works"], [75, 15, 10])[0]
        record.occupation = [(long_ago if dice.random() < 0.6 else moved, None, state)]
        if dice.random() < 0.2:
            record.exception = [(long_ago, None, dice.choice("EFGHIM"))]
    if dice.random() < 0.02:
        record.exempt = [(long_ago, moved if dice.random() < 0.5 else None, dice.choice("FUENB"))]
    if dice.random() < 0.008:
        record.disabled = [(long_ago, None, True)]
    if dice.random() < 0.16:
        record.reduction = [(long_ago, None, dice.randint(20_000, 180_000))]


def plainly(record: Record) -> int:
    """Return what one account has to pay, in pence, as one would write it at first."""
    days = sorted({YEAR.starts, YEAR.ends, *(day for day in _changes(record) if day in YEAR)})
    clock = by_hand.empty_runs(record.occupation, {"unfurnished", "works"})
    works = by_hand.empty_runs(record.occupation, {"works"})
    total, run, terms = Decimal(0), 0, None
    for day, until in itertools.pairwise(days):
        now = by_hand.terms_on(record, SEFTON, day, clock, works)
        if now != terms:
            total, run, terms = total + _priced(terms, run), 0, now
        run += (until - day).days
    return int(total + _priced(terms, run))


def _changes(record: Record):
    yield from (day for day in record.liable if day)
    kinds = (record.band, record.adults, record.disregarded, record.occupation, record.exempt)
    for periods in (*kinds, record.exception, record.disabled, record.reduction):
        yield from (day for period in periods for day in period[:2] if day)
    for starts, _, _ in (*record.occupation, *record.exception):
        yield from (by_hand.anniversary(starts, months) for months in (1, 12, 60, 120))


def _priced(terms, days: int) -> Decimal:
    if terms is None or terms[0]:
        return Decimal(0)
    _, band, reduced, resident, empty, long_term, furnished, annexe, awards = terms
    bands = "ABCDEFGH"
    if reduced and band == "A":
        year = Decimal(5 * by_hand.amount_set("D", SEFTON)) / 9
    else:
        year = Decimal(by_hand.amount_set(bands[bands.index(band) - reduced], SEFTON))
    year = year * (100 - resident - empty + long_term + furnished) / 100 / (2 if annexe else 1)
    for award in awards:
        year = max(year - award, Decimal(0))
    return (year * days / YEAR.days).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def timed(work):
    """Return the result of the work and the processor seconds that it took."""
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun


def main(number: int) -> None:
    law = bill.law(YEAR)
    records = households(number)
    columns = accounts.as_columns(records)
    runs = [timed(lambda: bill.work_out(columns, law)) for _ in range(3)]
    bills, by_columns = min(runs, key=lambda run: run[1])
    lines, by_telling = timed(lambda: bills.columns)
    loop, by_loop = timed(lambda: [plainly(record) for record in records])
    few = records[:DAILY]
    daily, by_day = timed(lambda: [by_hand.year_due(record, SEFTON) for record in few])
    due = bills.due_pence.tolist()
    if due != loop or due[: len(few)] != daily or lines["due"].sum() != sum(due):
        raise SystemExit("The ways of working disagree.")
    print(f"{number:,} accounts, {len(bills.owner):,} periods, £{sum(due) / 100:,.2f}; all agree")
    for name, seconds, done in (
        ("columns (best of 3)", by_columns, number),
        ("the same, with every bill's lines", by_columns + by_telling, number),
        ("plain Decimal loop over periods", by_loop, number),
        ("loop over the days", by_day, len(few)),
    ):
        faster = (seconds / done) / (by_columns / number)
        print(f"{name:<34}{done / seconds:>12,.0f} accounts/s{faster:>10,.1f} x the time")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB, the records of the plain loop included")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 131_400)
