"""How long a feed of many rows takes to take in, beside a bare COPY of the same rows.

    BOROUGH_HOME=/somewhere python bench/feeds.py [--rows 130000] [--again]

The database under BOROUGH_HOME must be migrated; the feed is of invented tenants, a joint one in
every five, one in a hundred without consent and so set aside. With ``--again`` another file follows
a day later in which one row in twenty says something else: most of it is as before. Seconds of the
clock and of our own processor are told apart, for machines that do other work, too.
"""

import argparse
import os
import resource
import sys
import time
from datetime import date, timedelta

TODAY = date(2025, 3, 10)
SOURCE = "northway-rents"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=130_000)
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borough.wiring.settings")
    from borough.wiring import database

    database.ensure_running()
    import django

    django.setup()
    from borough.kernel.ledger import chart
    from borough.rules import years

    chart.lay_chart()
    chart.open_year(years.Year.holding(TODAY))
    content = a_file(asked.rows)
    print(f"{asked.rows:,} rows, {len(content) / 2**20:.0f} MiB")
    load(content, TODAY)
    if asked.again:
        load(a_file(asked.rows, changed=20), TODAY + timedelta(1))
    bare_copy(content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"at most {peak:,} MB of our own; load average {os.getloadavg()[0]:.1f} at the end")
    return 0


def a_file(rows: int, *, changed: int = 0) -> bytes:
    """Return a file of a landlord; of those changed, one row in so many owes another amount."""
    from borough.resident.sources import known
    from borough.town.silos import writing

    told, total = [], {}
    for row in range(rows):
        tenancy = row - (row % 5 == 4)
        pence = tenancy * 7919 % 250_000 + (100 if changed and tenancy % changed == 0 else 0)
        total[tenancy] = pence
        told.append(
            {
                "debt_reference": f"T{tenancy}",
                "key": f"P{row}",
                "given_names": f"Given{row % 700}",
                "family_name": f"Family{row % 9_001}",
                "date_of_birth": date(1940, 1, 1) + timedelta(row * 37 % 22_000),
                "nino": f"AB{row:06d}C"[:9],
                "address_1": f"{tenancy % 180 + 1} Invented Street {tenancy // 180}",
                "address_2": "Nowhere",
                "postcode": f"L9{row % 9} {row % 10}AA",
                "uprn": 990_000_000_001 + tenancy,
                "pence": pence,
                "stage": ("current", "reminded", "notice")[tenancy % 3],
                "regular_pence": 10_000 + tenancy % 5_000,
                "regular_every": "week",
                "oldest_due": date(2024, 6, 1) + timedelta(tenancy % 200),
                "consent_from": None if row % 100 == 99 else date(2024, 1, 1),
            }
        )
    return writing.content(known.sources()[SOURCE], told, sum(total.values()))


def load(content: bytes, on: date) -> None:
    """Take a file in by the officers' commands; print what each part took."""
    from borough.kernel import commanding
    from borough.resident.sources import capabilities, commands, taking_in

    by = commanding.system("bench", capabilities.LOAD_FEED)
    begun = now = (time.perf_counter(), time.process_time())
    feed = commands.prepare_feed(source=SOURCE, content=content, as_at=on, by=by, on=on)
    for title, work in (
        ("read, checked, staged and counted", lambda: taking_in.carry_out_reading(feed.reading)),
        (
            "taken in",
            lambda: taking_in.carry_out_taking(
                commands.commit_feed(feed=feed, by=by, on=on), by=by
            ),
        ),
    ):
        work()
        now = say(title, now)
    feed.refresh_from_db()
    rows = feed.rows + feed.set_aside
    took = time.perf_counter() - begun[0]
    print(f"{rows:,} rows, {feed.set_aside:,} set aside: {took:.1f} s, {rows / took:,.0f} a second")
    for what, counts in feed.changes.items():
        print(f"  {what}: {counts}")


def bare_copy(content: bytes) -> None:
    """Print what it takes to write the same rows by COPY into a table that asks nothing of them."""
    from django.db import transaction

    from borough.resident.sources import known, models, reading

    source = known.sources()[SOURCE]
    rows = reading.read(content, source, announced_pence=None, on=TODAY).rows
    with transaction.atomic():
        now = (time.perf_counter(), time.process_time())
        reading.stage(models.Feed.objects.latest("pk"), rows)
        say(f"the floor: a bare COPY of {rows.num_rows:,} rows", now)
        transaction.set_rollback(True)


def say(title: str, since: tuple[float, float]) -> tuple[float, float]:
    now = (time.perf_counter(), time.process_time())
    clock, own = (after - before for after, before in zip(now, since, strict=True))
    print(f"{title:<62}{clock:>7.1f} s, {own:.1f} of our own processor")
    return now


if __name__ == "__main__":
    sys.exit(main())
