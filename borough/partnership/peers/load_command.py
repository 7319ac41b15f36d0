"""``borough peers load FILE``: what other councils published, or a list to be compared with."""

import sys
from pathlib import Path

from borough.kernel import clock, commanding
from borough.partnership.peers import capabilities, commands


def main(file: str, title: str, source: str, measure: str) -> int:
    """Load a file, of figures where a measure is named; return 0, or 2 with a sentence."""
    by = commanding.system("console", capabilities.LOAD_PEERS)
    try:
        taken = commands.load(
            content=Path(file).read_bytes(),
            measure=measure or None,
            title=title,
            source=source,
            by=by,
            on=clock.today(),
        )
    except (commanding.Refusal, OSError) as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    print(f"{taken.title}: {taken.rows} rows, {taken.set_aside} set aside")  # noqa: T201
    for aside in taken.asides.order_by("line"):
        print(f"  line {aside.line}: {aside.reason}")  # noqa: T201
    return 0
