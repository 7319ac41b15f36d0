"""``borough return NAME``: a government return from the records, as the long table of its cells."""

import csv
import sys
from datetime import date

from django.conf import settings

from borough.kernel import clock, commanding
from borough.lines.revenues import counting


def main(name: str, on: str | None) -> int:
    """Write the return to standard output; return 0, or 2 with a sentence when refused."""
    try:
        day = date.fromisoformat(on) if on else clock.today()
        rows = RETURNS[name].whole(day, settings.AUTHORITY_CODE)
    except (ValueError, commanding.Refusal) as refusal:
        print(f"borough: {refusal}", file=sys.stderr)  # noqa: T201  this is the console
        return 2
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("authority_code", "line", "band", "value"))
    writer.writerows(rows)
    return 0


RETURNS = {"taxbase": counting}
