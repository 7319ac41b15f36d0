"""How long a town takes: seconds and rows a second by step, and the most memory held.

    BOROUGH_HOME=/somewhere/empty python bench/town.py [dwellings]

The database under BOROUGH_HOME must be migrated and empty; it keeps the town afterwards.
"""

import os
import sys
import time
from datetime import date

FULL = 131_400
TODAY = date(2025, 3, 10)


def main(dwellings: int) -> int:
    if not os.environ.get("BOROUGH_HOME"):
        print("Set BOROUGH_HOME to a folder of its own: the bench fills the database there.")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borough.wiring.settings")
    from borough.wiring import database

    database.ensure_running()
    import django

    django.setup()
    from rich.console import Console

    from borough.town import furnishing, models, watching

    if models.Town.objects.exists():
        print("There is a town already. Give BOROUGH_HOME another folder and migrate it first.")
        return 2
    steps = watching.Steps(Console(stderr=True))
    begun = time.perf_counter()
    furnishing.furnish(dwellings, 2026, on=TODAY, progress=steps)
    took = time.perf_counter() - begun
    for step in sorted(steps.done, key=lambda one: -one.seconds):
        rate = step.rows / max(step.seconds, 0.001)
        print(f"{step.title:<38}{step.rows:>11,} {step.seconds:>7.1f} s {rate:>11,.0f} a second")
    rows = sum(step.rows for step in steps.done)
    load = os.getloadavg()[0]
    print(f"{'Town of ' + format(dwellings, ','):<38}{rows:>11,} {took:>7.1f} s", end=" ")
    print(f"{rows / took:>11,.0f} a second, at most {watching.peak_megabytes():,} MB of our own")
    print(f"{os.cpu_count()} processors, load average {load:.1f} at the end")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else FULL))
