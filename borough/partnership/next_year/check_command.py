"""The yearly question in ``borough check-decisions``."""

from typing import TextIO

from borough.partnership.decisions import check_command
from borough.partnership.next_year import books, models


def main(out: TextIO) -> int:
    """Check every review here; return 0 where all is well, 1 where something was changed."""
    reviews = models.Review.objects.order_by("year")
    checked = ((f"what {one.year} is to bring", one.thing, books.faults(one)) for one in reviews)
    return check_command.told("yearly questions", checked, out)
