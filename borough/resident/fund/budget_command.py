"""``borough fund load FILE``: what each strand of the hardship fund may spend in a year."""

import sys
from pathlib import Path

from rich.console import Console

from borough.kernel import clock, commanding
from borough.kernel.pages import wording
from borough.resident.fund import capabilities
from borough.resident.fund.commands import budgets


def main(file: str) -> int:
    """Load a file of budgets; return 0, or 2 with a sentence when it is refused."""
    by = commanding.system("console", capabilities.LOAD_FUND_BUDGET)
    try:
        lines = budgets.read(Path(file).read_text(encoding="utf-8-sig"))
        budgets.load_budget(lines=lines, by=by, on=clock.today())
    except (commanding.Refusal, UnicodeDecodeError, OSError) as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    for one in lines:
        Console().print(f"{one.year} {one.strand.label}: {wording.money(one.pence)}")
    return 0
