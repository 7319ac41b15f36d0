"""What a promise is judged by: for each kind of evidence, where it comes from, what it came to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from borough.kernel import joining
from borough.partnership.measures import definitions
from borough.partnership.measures import queries as measures
from borough.partnership.measures.models import Snapshot
from borough.partnership.peers import queries as peers
from borough.partnership.promises import models, staff
from borough.partnership.savings.queries import years as ledger
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.rules import years
from borough.rules.partnership import promises

Path = list[promises.Point]
Kind = models.Promise.Evidence


@dataclass(frozen=True, slots=True)
class Source:
    """Where evidence of a kind comes from.

    Attributes:
        read: (the promise, a day) -> what it came to, by day, as it is known on the day.
        unit: of the target and of what it came to; "" is that of the measure.
        better: which way is better; "" is that of the measure.
        gathers: it adds up from nothing.
        rests_on: what is read, in words.
    """

    read: Callable[[models.Promise, date], Path]
    unit: str
    better: str
    rests_on: str
    gathers: bool = False


def measure_of(promise: models.Promise) -> joining.Measure | None:
    """Return the measure that a promise is judged by; None where it is by none, or by one gone."""
    return definitions.measures().get(promise.measure)


def better_of(promise: models.Promise) -> promises.Better:
    """Return which way is better."""
    better = SOURCES[Kind(promise.evidence)].better
    measure = measure_of(promise)
    if not better and measure is not None:
        better = measure.better
    return "lower" if better == "lower" else "higher"


def terms_of(promise: models.Promise) -> promises.Terms:
    """Return what was promised, as the rule takes it."""
    return promises.Terms(
        shape="by" if promise.shape == models.Promise.Shape.BY else "throughout",
        starts=promise.starts,
        due=promise.due,
        target=promise.target,
        better=better_of(promise),
        gathers=SOURCES[Kind(promise.evidence)].gathers,
    )


def path_of(promise: models.Promise, on: date) -> Path:
    """Return what the evidence of a promise came to, by day, as it is known on a day."""
    return SOURCES[Kind(promise.evidence)].read(promise, on)


def signed_records(promise: models.Promise) -> list[models.Record]:
    """Return the records of a promise that both partners have signed, by day."""
    rows = list(promise.records.order_by("on", "pk"))
    contents = [(one.thing, signing.digest(one.content)) for one in rows]
    signed = seats.signed_all(contents)
    return [one for one, content in zip(rows, contents, strict=True) if signed[content].both]


def _of_staff(
    path: Callable[[list[staff.Worked]], Path],
) -> Callable[[models.Promise, date], Path]:
    return lambda promise, on: path(staff.worked())


def _records(promise: models.Promise, on: date) -> Path:
    """Return the sum of the signed records, from nothing once anything was recorded."""
    rows = [one for one in signed_records(promise) if one.on >= promise.starts]
    if not promise.records.exists():
        return []
    return _sums(promise, [(one.on, one.amount) for one in rows])


def _training(promise: models.Promise, on: date) -> Path:
    rows = models.Training.objects.order_by("on", "pk")
    if not rows.exists():
        return []
    within = rows.filter(on__gte=promise.starts).values_list("on", "hours_hundredths")
    return _sums(promise, list(within))


def _sums(promise: models.Promise, rows: list[tuple[date, int]]) -> Path:
    so_far = accumulate(amount for _, amount in rows)
    points = [promises.Point(day, total) for (day, _), total in zip(rows, so_far, strict=True)]
    by_day = {one.on: one for one in [promises.Point(promise.starts, 0), *points]}
    return list(by_day.values())


def _measured(promise: models.Promise, on: date) -> Path:
    """Return what whole years came to, each from its last day on."""
    measure = measure_of(promise)
    if measure is None:
        return []
    return [
        promises.Point(_last_day(year), measures.at_the_end(measure, year))
        for year in _years_counted(promise.measure)
        if measures.at_the_end(measure, year) is not None
    ]


def _quarters(promise: models.Promise, on: date) -> Path:
    """Return in which quarter whole years stood, by both methods the worse; in hundredths."""
    measure = measure_of(promise)
    if measure is None:
        return []
    found = []
    for year in _years_counted(promise.measure):
        own = measures.at_the_end(measure, year)
        higher = measure.better == "higher"
        for one in peers.standings(measure.slug, year, own, higher_is_better=higher):
            quarters = [each for each in one.quarter.values() if each is not None]
            if one.title == promise.peers and quarters:
                found.append(promises.Point(_last_day(year), 100 * max(quarters)))
    return found


def _saved(promise: models.Promise, on: date) -> Path:
    """Return what all years of the contract booked, each from its last day on."""
    booked = [
        promises.Point(
            _last_day(one.year.name), one.shared.cumulative_pence if one.shared else None
        )
        for one in _contract_years(on)
    ]
    return [promises.Point(promise.starts, 0), *booked] if booked else []


def _above(promise: models.Promise, on: date) -> Path:
    """Return by how much each year's charge lay above the guaranteed price; None: not known yet."""
    return [
        promises.Point(_last_day(one.year.name), one.bridge.shortfall_pence if one.bridge else None)
        for one in _contract_years(on)
    ]


def _contract_years(on: date) -> list[ledger.Account]:
    """Return the years of the contract that are over by a day."""
    last = years.Year.holding(on + timedelta(days=1)).preceding
    return [one for one in ledger.accounts(last, on) if one.rule_set is not None]


def _years_counted(slug: str) -> list[str]:
    rows = Snapshot.objects.filter(measure=slug, restated_by=None)
    return sorted(set(rows.values_list("year", flat=True)))


def _last_day(year: str) -> date:
    return years.Year.named(year).ends - timedelta(days=1)


SOURCES: Mapping[models.Promise.Evidence, Source] = {
    Kind.KEPT_STAFF: Source(
        _of_staff(staff.path_of_kept),
        "percent",
        "higher",
        "The list of staff: of those transferred, how many have a post on the day, whatever the "
        "reason for which others left",
    ),
    Kind.REDUNDANT: Source(
        _of_staff(staff.path_of_redundant),
        "count",
        "lower",
        "The list of staff: of those transferred, how many left by compulsory redundancy",
    ),
    Kind.LOCAL_WORK: Source(
        _of_staff(staff.path_of_local),
        "percent",
        "higher",
        "The list of staff: full-time equivalents by place of work, of those whose place is known",
    ),
    Kind.JOBS: Source(
        _of_staff(staff.path_of_jobs),
        "fte",
        "higher",
        "The list of staff: full-time equivalents whose place of work is known to be in the "
        "borough",
    ),
    Kind.TRAINED: Source(
        _training, "hours", "higher", "Records of training since it began", gathers=True
    ),
    Kind.MONEY: Source(
        _records,
        "pence",
        "higher",
        "Records of what was spent, each with its paper, that both partners signed",
        gathers=True,
    ),
    Kind.COUNT: Source(
        _records,
        "count",
        "higher",
        "Records of what was done, each with its paper, that both partners signed",
        gathers=True,
    ),
    Kind.MEASURE: Source(
        _measured, "", "", "Counts of the measure at the end of each year; nobody types one"
    ),
    Kind.QUARTER: Source(
        _quarters,
        "quarter",
        "lower",
        "The measure at the end of each year among the councils of the set, the worse of both "
        "methods; none among fewer than twelve",
    ),
    Kind.SAVED: Source(
        _saved,
        "pence",
        "higher",
        "The savings ledger: what both partners booked in the years that are over",
        gathers=True,
    ),
    Kind.ABOVE: Source(
        _above,
        "pence",
        "lower",
        "The savings ledger: each year's charge against what the guarantee allows, after volumes, "
        "index and scope",
    ),
}
