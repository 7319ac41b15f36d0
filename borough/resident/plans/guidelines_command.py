"""``borough guidelines load FILE``: the council's own guidelines of what households spend."""

import sys
from pathlib import Path

from rich.console import Console

from borough.kernel import clock, commanding
from borough.resident.plans import capabilities
from borough.resident.plans.commands import guidelines


def main(file: str) -> int:
    """Load a file of guidelines; return 0, or 2 with a sentence when it is refused."""
    by = commanding.system("console", capabilities.LOAD_GUIDELINES)
    try:
        lines = guidelines.read(Path(file).read_text(encoding="utf-8-sig"))
        count = guidelines.load_guidelines(lines=lines, by=by, on=clock.today())
    except (commanding.Refusal, UnicodeDecodeError, OSError) as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    Console().print(f"{count} guidelines loaded.", highlight=False)
    return 0
