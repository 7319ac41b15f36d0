"""The twenty cases of each quarter in ``borough check-decisions``."""

from typing import TextIO

from borough.partnership.decisions import check_command
from borough.partnership.twenty import books, models


def main(out: TextIO) -> int:
    """Check every draw here; return 0 where all is well, 1 where something was changed."""
    draws = models.Draw.objects.order_by("pk")
    checked = ((f"twenty cases from {one.starts}", one.thing, books.faults(one)) for one in draws)
    return check_command.told("draws", checked, out)
