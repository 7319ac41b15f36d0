"""How long the nightly look for early worries takes, worry by worry, on the town in BOROUGH_HOME.

    BOROUGH_HOME=... python bench/worries.py

Nothing is kept: what is seen is written and rolled back. Seconds of the clock and of our own
processor are told apart; what is left between them is the database's, or other work's.
"""

import os
import resource
import sys
import time


def main() -> int:
    from borough.wiring import command

    command._ready()
    from django.db import transaction

    from borough.kernel import clock
    from borough.resident.identity import queries as identity
    from borough.resident.signals import laying, noticing, tasks
    from borough.rules.support import signals

    on, people = clock.today(), noticing.everybody()
    joined = sum(identity.joined_by_source(on).values())
    print(f"{len(people):,} people, {joined:,} records joined, on {on}")
    begun = time.perf_counter()
    with transaction.atomic():
        for code, signal in signals.law(on).signals.items():
            now = (time.perf_counter(), time.process_time())
            kept = noticing.notice(people, codes=[code], by=tasks.BY, on=on)[code]
            say(f"{code} {', '.join(signal.inputs)}", kept, now)
        now = (time.perf_counter(), time.process_time())
        say("the queue", laying.lay(on).in_band, now)
        transaction.set_rollback(True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{'all':<58}{time.perf_counter() - begun:>16.1f} s; at most {peak:,} MB of our own; "
        f"load average {os.getloadavg()[0]:.1f} at the end"
    )
    return 0


def say(title: str, rows: int, since: tuple[float, float]) -> None:
    now = (time.perf_counter(), time.process_time())
    took, own = (after - before for after, before in zip(now, since, strict=True))
    print(f"{title:<58}{rows:>8,}{took:>8.1f} s, {own:.1f} of our own processor", flush=True)


if __name__ == "__main__":
    sys.exit(main())
