"""What a measure did over time, drawn: its counts of a year, and what its months say."""

from datetime import date

from borough.kernel import joining
from borough.kernel.pages import charts
from borough.kernel.pages import wording as words
from borough.partnership.measures import months, queries, wording
from borough.rules import money, years
from borough.rules.partnership import control

MOST_MONTHS = 24
STEP = 500
"""The scale of a chart of months begins at a multiple of so many hundredths."""


def of_year(measure: joining.Measure, year: years.Year) -> charts.Chart | None:
    """Draw the counts of a year; None of fewer than two, or of what can lie below nothing."""
    counts = queries.over_time(measure.slug, year)
    values = [queries.value_of(measure, one) for one in counts]
    if len(counts) < 2 or any((value or 0) < 0 for value in values):
        return None
    return charts.lines(
        f"{measure.title}, {year.name}",
        f"It came to {wording.value(measure, values[-1])} at the last count.",
        [words.short_day(one.as_at) for one in counts],
        {measure.title: values},
        of="As at",
        shows=lambda value: wording.value(measure, value),
    )


def of_months(measure: joining.Measure, on: date) -> charts.Chart | None:
    """Draw the months one by one, between the limits of what is ordinary; None of too few."""
    found = months.of(measure, on)[-MOST_MONTHS:]
    limits = months.chart(found)
    if limits is None:
        return None
    low, middle, high = (money.nearest(one) for one in (limits.low, limits.middle, limits.high))
    if measure.unit == "percent":  # no share lies below none of it or above all of it
        low, high = max(low, 0), min(high, max(10_000, *(one.hundredths for one in found)))
    values = [one.hundredths for one in found]
    base = min(low, *values) // STEP * STEP
    steady = {"Lower limit": low, "Middle": middle, "Upper limit": high}
    return charts.lines(
        f"{measure.title}, month by month",
        f"{_finding(found, limits)} The scale begins at {wording.value(measure, base)}.",
        [f"{one.ends_on:%b %Y}" for one in found],
        {
            "The month": [value - base for value in values],
            **{name: [value - base] * len(found) for name, value in steady.items()},
        },
        of="Month",
        shows=lambda value: wording.value(measure, None if value is None else value + base),
    )


def too_few(measure: joining.Measure, on: date) -> str:
    """Say why there is no chart of months."""
    count = len(months.of(measure, on))
    return (
        f"From {control.LEAST_POINTS} months counted one after the other, this page shows whether "
        f"they say anything or only go up and down. So far there {_are(count)}."
    )


def _finding(found: list[months.Month], limits: control.Control) -> str:
    if limits.is_steady:
        return "Nothing stands out: the months go up and down as they ordinarily do."
    said = []
    if limits.outside:
        names = ", ".join(f"{found[place].ends_on:%B %Y}" for place in limits.outside)
        said.append(f"Outside what is ordinary: {names}. Ask what happened.")
    if limits.shifted:
        first, last = (found[limits.shifted[place]].ends_on for place in (0, -1))
        said.append(
            f"{len(limits.shifted)} months between {first:%B %Y} and {last:%B %Y} lie on one side "
            "of the middle in a row: something has shifted."
        )
    return " ".join(said)


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"
