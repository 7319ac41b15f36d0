"""Council Tax by hand: one day after another, in fractions, from the records as they are written.

Shares no code with the rules. Slow on purpose: what it says is what one can check with a calendar.
"""

import datetime
from dataclasses import dataclass, field
from fractions import Fraction

DAY = datetime.timedelta(days=1)
Period = tuple[datetime.date, datetime.date | None, object]

NINTHS = {"A": 6, "B": 7, "C": 8, "D": 9, "E": 11, "F": 13, "G": 15, "H": 18}
SPARES_LONG_TERM = set("EFGHIM")
SPARES_SECOND_HOME = set("EFGHIJKL")
TWELVE_MONTHS = set("GHIM")


@dataclass
class Record:
    """One account as an officer's file would hold it."""

    liable: tuple[datetime.date, datetime.date | None]
    band: list[Period]
    adults: list[Period] = field(default_factory=list)
    disregarded: list[Period] = field(default_factory=list)
    occupation: list[Period] = field(default_factory=list)
    exempt: list[Period] = field(default_factory=list)
    exception: list[Period] = field(default_factory=list)
    disabled: list[Period] = field(default_factory=list)
    annexe: list[Period] = field(default_factory=list)
    reduction: list[Period] = field(default_factory=list)
    relief: list[Period] = field(default_factory=list)


@dataclass(frozen=True)
class Council:
    """What a council set and decided for one year."""

    first: int
    band_d: tuple[int, ...]
    class_c: dict[int, int]
    class_d: int
    second_home_discount: int
    long_term_premium: dict[int, int]
    second_home_premium: int


def year_due(record: Record, council: Council) -> int:
    """Return what is payable for the year in pence: every run of equal days, rounded once."""
    total = 0
    run = Fraction(0)
    terms: object = None
    day = datetime.date(council.first, 4, 1)
    end = datetime.date(council.first + 1, 4, 1)
    clock = empty_runs(record.occupation, {"unfurnished", "works"})
    works = empty_runs(record.occupation, {"works"})
    while day < end:
        today = terms_on(record, council, day, clock, works)
        if today != terms:
            total, run, terms = total + _half_up(run), Fraction(0), today
        if today is not None:
            run += _price(today, council, (end - datetime.date(council.first, 4, 1)).days)
        day += DAY
    return total + _half_up(run)


def terms_on(record, council, day, clock, works):
    """Return everything that the charge of the day depends on; None when nobody is liable."""
    starts, ends = record.liable
    if day < starts or (ends is not None and day >= ends):
        return None
    state = _at(record.occupation, day) or "occupied"
    resident = empty = long_term = furnished = 0
    if state == "occupied":
        resident = _resident_discount(record, day)
    elif state == "furnished":
        exception = _exception(record, day)
        spared = council.first >= 2025 and exception in SPARES_SECOND_HOME
        furnished = 0 if spared else council.second_home_premium
        empty = 50 if exception in {"J", "K"} else council.second_home_discount
    else:
        long_term = _long_term(record, council, day, _since(clock, day))
        empty = _empty_discount(council, day, _since(clock, day))
        if state == "works" and day < anniversary(_since(works, day), 12):
            empty = max(empty, council.class_d)
    if long_term or furnished:
        empty = 0
    band, reduced = _at(record.band, day), bool(_at(record.disabled, day))
    awards = _at(record.reduction, day) or 0, _at(record.relief, day) or 0
    annexe = bool(_at(record.annexe, day))
    exempt = _at(record.exempt, day)
    return exempt, band, reduced, resident, empty, long_term, furnished, annexe, awards


def _resident_discount(record, day):
    adults = _at(record.adults, day)
    if adults is None:
        return 0
    gone = sum(1 for period in record.disregarded if _holds(period, day))
    return {0: 50, 1: 25}.get(max(adults - gone, 0), 0)


def _long_term(record, council, day, since):
    spares = SPARES_LONG_TERM if council.first >= 2025 else {"E", "F"}
    if _exception(record, day) in spares:
        return 0
    reached = [
        percent
        for years, percent in council.long_term_premium.items()
        if anniversary(since, 12 * years) <= day
    ]
    return max(reached, default=0)


def _empty_discount(council, day, since):
    lasting = [months for months in council.class_c if day < anniversary(since, months)]
    return council.class_c[min(lasting)] if lasting else 0


def _price(terms, council, year_days):
    exempt, band, reduced, resident, empty, long_term, furnished, annexe, awards = terms
    if exempt:
        return Fraction(0)
    bands = "ABCDEFGH"
    if reduced and band == "A":
        year = Fraction(5 * amount_set("D", council), 9)
    else:
        year = Fraction(amount_set(bands[bands.index(band) - reduced], council))
    year *= 1 - Fraction(resident + empty, 100) + Fraction(long_term + furnished, 100)
    if annexe:
        year /= 2
    for award in awards:
        year = max(year - award, Fraction(0))
    return year / year_days


def amount_set(band, council):
    return sum(_half_up(Fraction(amount * NINTHS[band], 9)) for amount in council.band_d)


def _half_up(amount):
    return int((amount + Fraction(1, 2)) // 1)


def _holds(period, day):
    starts, ends, _ = period
    return starts <= day and (ends is None or day < ends)


def _at(periods, day):
    for period in periods:
        if _holds(period, day):
            return period[2]
    return None


def _exception(record, day):
    for period in record.exception:
        if _holds(period, day):
            limited = period[2] in TWELVE_MONTHS
            if not limited or day < anniversary(period[0], 12):
                return period[2]
    return None


def empty_runs(occupation, states):
    """Merge empty spells that six weeks or less of use lie between: (since, until)."""
    runs: list[list] = []
    for starts, ends, state in sorted(occupation, key=lambda period: period[0]):
        if state not in states:
            continue
        if runs and runs[-1][1] is not None and (starts - runs[-1][1]).days <= 42:
            runs[-1][1] = ends
        else:
            runs.append([starts, ends])
    return runs


def _since(runs, day):
    for since, until in runs:
        if since <= day and (until is None or day < until):
            return since
    raise AssertionError("asked for the clock of a dwelling that is not empty")


def anniversary(day, months):
    """The same day so many months on; the first of the next month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return datetime.date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(day.year * 12 + day.month + months, 12)
        return datetime.date(year, month + 1, 1)
