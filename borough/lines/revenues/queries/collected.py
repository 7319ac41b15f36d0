"""What was collected, of what there was to collect, from the newest count of the ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from borough.kernel.runs.models import Ending, Run
from borough.lines.revenues import sources
from borough.lines.revenues.queries.arrears import Left
from borough.lines.revenues.sources import Meaning
from borough.rules import years
from borough.rules.council_tax import collection_rate

KIND = "revenues.collected"
"""Of the runs that count the ledger."""
WHOSE = {
    "this": "sub_account__part",
    "arrears": "sub_account__part__lt",
    "prepaid": "sub_account__part__gt",
}
"""How the receipts of a quarter are divided: for which years they are."""
QUARTERS = ("April to June", "July to September", "October to December", "January to March")


@dataclass(frozen=True, slots=True)
class Posted:
    """What one source posted in one month on the payers' accounts of one year.

    Attributes:
        year: the year that the debt is for; month: ``2025-04``; source: of the ledger.
        pence: + is owed, - is paid, as the ledger has it; count: of postings.
    """

    year: str
    source: str
    month: str
    pence: int
    count: int

    @property
    def meaning(self) -> Meaning:
        """What it is to those who pay."""
        return sources.meaning(self.source)


@dataclass(frozen=True, slots=True)
class Count:
    """A finished count of the ledger.

    Attributes:
        number: of the run; on: the last day counted; at: when it was done.
        posted: every posting on payers' accounts up to that day, added up.
        left: what was left to pay then, by year and stage.
        batch: the last batch of the ledger that ``posted`` has; left_batch: that ``left`` has. None
            of a count that did not keep it.
    """

    number: int
    on: date
    at: datetime
    posted: tuple[Posted, ...]
    left: tuple[Left, ...]
    batch: int | None = None
    left_batch: int | None = None


@dataclass(frozen=True, slots=True)
class OfYear:
    """A year's collecting: pence charged and collected in respect of that year, by its last day."""

    year: years.Year
    collectable_pence: int
    collected_pence: int
    written_off_pence: int
    other_pence: int

    @property
    def rate_hundredths(self) -> int | None:
        """The in-year collection rate in hundredths of a per cent."""
        return collection_rate.rate_hundredths(self.collected_pence, self.collectable_pence)

    @property
    def rate(self) -> str:
        """The rate as it is published."""
        return collection_rate.as_percent(self.rate_hundredths)


def newest(until: date | None = None) -> Count | None:
    """Return the newest count that is finished (and is of a day up to ``until``), or None."""
    done = Run.objects.filter(kind=KIND, endings__outcome=Ending.Outcome.DONE)
    if until is not None:
        done = done.filter(on__lte=until)
    run = done.order_by("-id").first()
    return count(run) if run else None


def count(run: Run) -> Count:
    """Return what a finished run counted."""
    posted, left = (part.result for part in run.parts.order_by("number"))
    return Count(
        number=run.pk,
        on=run.on,
        at=run.endings.get(outcome=Ending.Outcome.DONE).at,
        posted=tuple(Posted(*row) for row in posted["rows"]),
        left=tuple(Left(*row) for row in left["rows"]),
        batch=posted.get("batch"),
        left_batch=left.get("batch"),
    )


def in_year(year: years.Year, on: date) -> tuple[int, int] | None:
    """Return pence collected and to be collected for a year, by the newest count up to a day."""
    found = newest(until=on)
    if found is None:
        return None
    counted = of_year(found.posted, year)
    return counted.collected_pence, counted.collectable_pence


def of_year(posted: Iterable[Posted], year: years.Year, *, until: str = "") -> OfYear:
    """Return a year's collecting.

    Args:
        posted: the count.
        year: the year that the debts are for; what was paid before it began counts.
        until: the last month that counts, ``2025-09``; by default the year's own March, as the
            in-year rate is defined: what comes later is a receipt of arrears.
    """
    last = min(until or "9999-99", f"{year.ends:%Y}-03")
    mine = [one for one in posted if one.year == year.name and one.month <= last]
    return OfYear(
        year,
        collectable_pence=_sum(mine, {Meaning.CHARGE}),
        collected_pence=-_sum(mine, sources.PAID),
        written_off_pence=-_sum(mine, {Meaning.WRITTEN_OFF}),
        other_pence=_sum(mine, {Meaning.OTHER}),
    )


def months(year: years.Year) -> list[str]:
    """Return the months of a year, April first: ``2025-04``."""
    return [f"{year.first + (month > 12)}-{(month - 1) % 12 + 1:02}" for month in range(4, 16)]


def by_month(posted: Sequence[Posted], year: years.Year, on: date) -> list[int | None]:
    """Return the collected rate in hundredths at the end of each month; None for months to come.

    Each month's rate is of what was charged by then, so that a year's later bills do not lower it.
    """
    rates = [one.rate_hundredths for _, one in each_month(posted, year, on)]
    return rates + [None] * (12 - len(rates))


def each_month(posted: Sequence[Posted], year: years.Year, on: date) -> list[tuple[str, OfYear]]:
    """Return the year's collecting by the end of each month that the count has reached."""
    reached = [month for month in months(year) if month <= f"{on:%Y-%m}"]
    return [(month, of_year(posted, year, until=month)) for month in reached]


def quarter(year: years.Year, number: int) -> tuple[date, date]:
    """Return the days of a quarter of a year, the first being 0, half open."""
    firsts = [date.fromisoformat(f"{month}-01") for month in months(year)[::3]]
    return firsts[number], [*firsts, year.ends][number + 1]


def by_quarter(posted: Iterable[Posted], year: years.Year) -> list[dict[str, int | str]]:
    """Return the receipts of each quarter: for the year, for earlier years, for later ones."""
    of_month = {month: place // 3 for place, month in enumerate(months(year))}
    rows = [dict.fromkeys(("this", "arrears", "prepaid"), 0) for _ in QUARTERS]
    for one in posted:
        if one.meaning in sources.PAID and one.month in of_month:
            when = (
                "this"
                if one.year == year.name
                else "arrears"
                if one.year < year.name
                else "prepaid"
            )
            rows[of_month[one.month]][when] -= one.pence
    return [{"quarter": name, **row} for name, row in zip(QUARTERS, rows, strict=True)]


def years_of(posted: Iterable[Posted]) -> list[years.Year]:
    """Return the years that anything was charged for, newest first."""
    named = {one.year for one in posted if one.meaning is Meaning.CHARGE}
    return [years.Year.named(name) for name in sorted(named, reverse=True)]


def _sum(posted: Iterable[Posted], meanings: Iterable[Meaning]) -> int:
    wanted = set(meanings)
    return sum(one.pence for one in posted if one.meaning in wanted)
