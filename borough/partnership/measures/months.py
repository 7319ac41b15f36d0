"""What each month came to by itself, from counts that were made as it ended."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel import joining
from borough.partnership.measures import models
from borough.rules import years
from borough.rules.partnership import control, rating


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its last day, and its value in hundredths of the measure's unit."""

    ends_on: date
    hundredths: int


def of(measure: joining.Measure, on: date) -> list[Month]:
    """Return the months up to a day that were counted one after the other, the newest run of them.

    What adds up from 1 April is told month by month: each count less the one of the month before.
    A month without a count as it ended, or without data, breaks the row: nothing is filled in.
    """
    counts = _at_the_ends_of_months(measure.slug, on)
    found: list[Month] = []
    for last in sorted(counts, reverse=True):
        if found and _before(found[-1].ends_on) != last:
            break
        value = _value(measure, counts, last)
        if value is None:
            break
        found.append(Month(last, value))
    return found[::-1]


def chart(months: list[Month]) -> control.Control | None:
    """Return what a row of months says; None of too few."""
    return control.chart([one.hundredths for one in months])


def _at_the_ends_of_months(slug: str, on: date) -> dict[date, models.Snapshot]:
    rows = models.Snapshot.objects.filter(measure=slug, as_at__lte=on, restated_by=None)
    rows = rows.exclude(numerator=None).order_by("as_at")
    return {
        one.as_at: one
        for one in rows
        if _is_last(one.as_at) and one.as_at in years.Year.named(one.year)
    }


def _value(
    measure: joining.Measure, counts: Mapping[date, models.Snapshot], last: date
) -> int | None:
    one = counts[last]
    numerator, denominator = one.numerator or 0, one.denominator or 0
    begins_year = last.month == years.Year.holding(last).starts.month
    if measure.gathers != "nothing" and not begins_year:
        before = counts.get(_before(last))
        if before is None:
            return None
        numerator -= before.numerator or 0
        if measure.gathers == "both":
            denominator -= before.denominator or 0
    return rating.value_hundredths(numerator, denominator, percent=measure.unit == "percent")


def _is_last(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _before(last: date) -> date:
    """Return the last day of the month before."""
    return last.replace(day=1) - timedelta(days=1)
