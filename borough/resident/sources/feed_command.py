"""``borough feed load SOURCE FILE``: a feed from the console, for a nightly job and for measuring.

The same commands as the pages: the file is read, counted and then taken in; asked again for the
same file, nothing is done a second time.
"""

import sys
import time
from datetime import date
from pathlib import Path

from rich.console import Console

from borough.kernel import clock, commanding
from borough.kernel.pages import parsing, wording
from borough.resident.sources import capabilities, commands, models, order, taking_in


def main(source: str, file: str, *, total: str | None = None, as_at: str | None = None) -> int:
    """Load a feed; return 0, also when it was taken in before, or 2 with a sentence when refused.

    Args:
        source: slug of the source.
        file: its path.
        total: what its holder says it comes to, in pounds; needed where the source types it.
        as_at: the day of which it speaks, as ISO text; today by default.
    """
    console, on = Console(), clock.today()
    by = commanding.system("console", capabilities.LOAD_FEED)
    began = time.perf_counter()
    try:
        feed = commands.prepare_feed(
            source=source,
            content=Path(file).read_bytes(),
            as_at=date.fromisoformat(as_at) if as_at else on,
            announced_pence=None if total is None else parsing.pence(total),
            by=by,
            on=on,
        )
        with console.status("Reading the file"):
            taking_in.carry_out_reading(feed.reading)
        with console.status("Taking it in"):
            taking_in.carry_out_taking(commands.commit_feed(feed=feed, by=by, on=on), by=by)
    except order.AlreadyTakenIn as known:
        console.print(str(known))
        return 0
    except (commanding.Refusal, parsing.NotMoney, ValueError, OSError) as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    feed.refresh_from_db()
    _report(feed, console, seconds=time.perf_counter() - began)
    return 0


def _report(feed: models.Feed, console: Console, *, seconds: float) -> None:
    console.print(
        f"{feed.rows:,} rows taken in and {feed.set_aside:,} set aside in {seconds:.1f} s; they "
        f"come to {wording.money(feed.total_pence)} and {wording.money(feed.aside_pence)}"
    )
    for what, counts in (feed.changes or {}).items():
        told = ", ".join(f"{counts[name]:,} {name}" for name in ("new", "changed", "gone", "same"))
        console.print(f"{what}: {told}")
    for one in feed.set_aside_rows.order_by("line"):
        console.print(f"line {one.line}: {one.reason}", markup=False)
