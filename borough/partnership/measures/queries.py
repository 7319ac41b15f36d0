"""What each measure came to, how it stands against its target, and what is disputed of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel import joining
from borough.partnership.measures import definitions, models
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.rules import statistics, years
from borough.rules.partnership import rating


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure as it was counted last for a year.

    Attributes:
        snapshot: the count; None where it was never counted.
        value_hundredths: None where there is no data.
        disputed_by: who disputes a count of the year; counting anew settles nothing.
        rating: None where there is no data; Other where no target is signed by both.
        restated: how often this count came out otherwise than the one before.
        is_stale: it was counted by another definition than today's.
    """

    measure: joining.Measure
    snapshot: models.Snapshot | None
    value_hundredths: int | None
    rating: rating.Rating | None
    disputed_by: tuple[str, ...]
    restated: int
    is_stale: bool


def readings(year: years.Year, on: date) -> list[Reading]:
    """Return every declared measure as it was counted last for a year, up to a day."""
    newest = _newest(year, on)
    targets = {slug: target_of(slug, on) for slug in definitions.measures()}
    disputed = _disputed(year)
    again = {slug: len(chain(one)) - 1 for slug, one in newest.items()}
    return [
        _reading(
            measure,
            newest.get(slug),
            targets[slug],
            disputed=disputed.get(slug, ()),
            restated=again.get(slug, 0),
        )
        for slug, measure in definitions.measures().items()
    ]


def chain(snapshot: models.Snapshot) -> list[models.Snapshot]:
    """Return a count and those that it restates, the newest first."""
    found = [snapshot]
    while (before := found[-1].restates) is not None:
        found.append(before)
    return found


def over_time(slug: str, year: years.Year) -> list[models.Snapshot]:
    """Return the counts of a measure for a year that nothing restates, by the day they are of."""
    rows = models.Snapshot.objects.filter(measure=slug, year=year.name, restated_by=None)
    return list(rows.order_by("as_at"))


def year_by_year(slug: str) -> list[models.Snapshot]:
    """Return the last count of each year that nothing restates, by year."""
    rows = models.Snapshot.objects.filter(measure=slug, restated_by=None)
    return list(rows.order_by("year", "-as_at").distinct("year"))


def value_of(measure: joining.Measure, snapshot: models.Snapshot | None) -> int | None:
    """Return a count in hundredths of the measure's unit; None where there is no data."""
    if snapshot is None or snapshot.numerator is None or snapshot.denominator is None:
        return None
    return rating.value_hundredths(
        snapshot.numerator, snapshot.denominator, percent=measure.unit == "percent"
    )


def at_the_end(measure: joining.Measure, year: str) -> int | None:
    """Return what a whole year came to, in hundredths; None where nobody counted it at its end."""
    last = years.Year.named(year).ends - timedelta(days=1)
    rows = models.Snapshot.objects.filter(measure=measure.slug, year=year, restated_by=None)
    return value_of(measure, rows.filter(as_at__gte=last).order_by("as_at").last())


def interval_of(
    measure: joining.Measure, snapshot: models.Snapshot | None
) -> tuple[int, int] | None:
    """Return between what hundredths a share of cases lies (95 per cent, by Wilson), or None."""
    if not measure.of_cases or snapshot is None or not snapshot.denominator:
        return None
    seen = statistics.share(snapshot.numerator or 0, snapshot.denominator)
    return round(10_000 * seen.low), round(10_000 * seen.high)


def a_year_before(reading: "Reading") -> models.Snapshot | None:
    """Return the count of the year before by the same day, or the last one before it."""
    return before(reading.snapshot) if reading.snapshot else None


def before(snapshot: models.Snapshot) -> models.Snapshot | None:
    """Return the count of the year before a count by its day, or the last one before it."""
    year = years.Year.named(snapshot.year)
    gone = snapshot.as_at - year.starts
    by = min(year.preceding.starts + gone, year.starts - timedelta(days=1))
    rows = models.Snapshot.objects.filter(
        measure=snapshot.measure, year=year.preceding.name, as_at__lte=by, restated_by=None
    )
    return rows.order_by("as_at").last()


def target_of(slug: str, on: date) -> models.Target | None:
    """Return the newest target from a day up to ``on`` that both partners have signed."""
    rows = list(models.Target.objects.filter(measure=slug, starts__lte=on).order_by("starts", "pk"))
    contents = [(one.thing, signing.digest(one.content)) for one in rows]
    signed = seats.signed_all(contents)
    both = [one for one, content in zip(rows, contents, strict=True) if signed[content].both]
    return both[-1] if both else None


def _reading(
    measure: joining.Measure,
    snapshot: models.Snapshot | None,
    target: models.Target | None,
    *,
    disputed: tuple[str, ...],
    restated: int,
) -> Reading:
    value = value_of(measure, snapshot)
    limits = (
        rating.Target(target.good, target.approaching, target.requires_improvement)
        if target
        else None
    )
    return Reading(
        measure=measure,
        snapshot=snapshot,
        value_hundredths=value,
        rating=rating.rate(value, limits, measure.better),
        disputed_by=disputed,
        restated=restated,
        is_stale=snapshot is not None and snapshot.definition != definitions.digest(measure.slug),
    )


def _newest(year: years.Year, on: date) -> dict[str, models.Snapshot]:
    rows = models.Snapshot.objects.filter(year=year.name, as_at__lte=on, restated_by=None)
    return {one.measure: one for one in rows.order_by("as_at")}


def _disputed(year: years.Year) -> dict[str, tuple[str, ...]]:
    """Return who disputes a count of the year, by measure."""
    rows = models.Dispute.objects.filter(snapshot__year=year.name, ends=None)
    found: dict[str, set[str]] = defaultdict(set)
    for measure, party in rows.values_list("snapshot__measure", "party"):
        found[measure].add(party)
    return {measure: tuple(sorted(parties)) for measure, parties in found.items()}
