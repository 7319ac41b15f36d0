"""What the page of a home asks beside its dated rows."""

from datetime import date

import numpy as np

from borough.kernel import dated
from borough.kernel.pages import wording
from borough.kernel.places.models import Address
from borough.lines.revenues import laws, models
from borough.rules import periods, years
from borough.rules.council_tax import clocks

MONTHS_IN_A_YEAR = 12


def ward(dwelling_id: int) -> str | None:
    """Return the ward in which the home stands."""
    found = Address.objects.filter(dwelling_id=dwelling_id).order_by("-starts")
    return found.values_list("ward__name", flat=True).first()


def empty_clock(dwelling_id: int, *, on: date) -> str:
    """Say how the home is used on a day and, while it is empty, for how long it has been.

    The clock is the one that the premium reads: a spell of use of up to six weeks leaves it
    running (Local Government Finance Act 1992, section 11B(9)).
    """
    rows = list(models.Occupation.objects.filter(dwelling_id=dwelling_id).order_by("starts"))
    now = models.Occupation.objects.filter(dated.holds_on(on), dwelling_id=dwelling_id).first()
    if now is None:
        return "Lived in, as far as is known"
    words = now.get_state_display()
    since = _empty_since(rows, on)
    if since is None:
        return f"{words[:1].upper()}{words[1:]} since {wording.day(now.starts)}"
    months = int(
        clocks.whole_months(np.array([since], periods.DAY), np.array([on], periods.DAY))[0]
    )
    return f"{words[:1].upper()}{words[1:]}; empty for {_age(months)}, since {wording.day(since)}"


def _empty_since(rows: list[models.Occupation], on: date) -> date | None:
    line = periods.Timeline.of(
        [(0, row.starts, row.ends, clocks.WORDS[row.state]) for row in rows],
        missing=clocks.Occupation.OCCUPIED,
    )
    grace = laws.of(years.Year.holding(on)).values["disregarded_reoccupation_days"]
    clock = clocks.empty_since(line, disregarded_days=grace)
    day = np.datetime64(on)
    for starts, ends, since in zip(clock.starts, clock.ends, clock.value, strict=True):
        if starts <= day and (np.isnat(ends) or ends > day) and not np.isnat(since):
            found: date = since.item()
            return found
    return None


def _age(months: int) -> str:
    whole, rest = divmod(months, MONTHS_IN_A_YEAR)
    parts = ((whole, "year"), (rest, "month"))
    words = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in parts if count]
    return " and ".join(words) or "less than a month"
