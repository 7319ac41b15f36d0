"""The staff behind the promises, by day: who is employed still, who works in the borough."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate

from borough.kernel.places.models import Address, Ward
from borough.partnership.promises import models
from borough.rules import money, years
from borough.rules.partnership import promises

POSTCODE_END = 3  # "L20 3NJ": the part after the space has three characters


@dataclass(frozen=True, slots=True)
class Worked:
    """A spell of work.

    Attributes:
        is_local: whether the place of work is in the borough; None where that cannot be told.
    """

    member: int
    transferred_on: date | None
    fte_hundredths: int
    starts: date
    ends: date | None
    why: str
    is_local: bool | None

    def holds(self, day: date) -> bool:
        """Tell whether it is so on a day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


def worked() -> list[Worked]:
    """Return every spell of work of everybody, by the day on which it starts."""
    rows = list(models.Spell.objects.select_related("member").order_by("starts", "pk"))
    local = _in_the_borough(rows)
    return [
        Worked(
            one.member_id,
            one.member.transferred_on,
            one.fte_hundredths,
            one.starts,
            one.ends,
            one.why,
            local(one),
        )
        for one in rows
    ]


def still_employed(spells: Sequence[Worked], day: date) -> tuple[int, int]:
    """Return (how many of those transferred by a day are employed on it, how many they are)."""
    moved = {one.member for one in spells if one.transferred_on and one.transferred_on <= day}
    here = {one.member for one in spells if one.member in moved and one.holds(day)}
    return len(here), len(moved)


def local_fte(spells: Iterable[Worked], day: date) -> dict[bool | None, int]:
    """Return hundredths of full-time equivalents on a day: in the borough, outside, not known."""
    found: Counter[bool | None] = Counter()
    for one in spells:
        if one.holds(day):
            found[one.is_local] += one.fte_hundredths
    return {place: found[place] for place in (True, False, None)}


def left(spells: Iterable[Worked], year: years.Year, *, transferred: bool) -> Counter[str]:
    """Return how many left in a year, by why; a move to another post is none."""
    return Counter(
        one.why
        for one in spells
        if one.ends is not None
        and one.ends in year
        and one.why != models.Spell.Why.MOVED
        and (one.transferred_on is not None or not transferred)
    )


def fte_years(spells: Iterable[Worked], year: years.Year) -> Fraction:
    """Return the full-time equivalents times years that were worked in the borough in a year."""
    mine = [(one.fte_hundredths, one.starts, one.ends) for one in spells if one.is_local]
    return promises.fte_years(mine, year.starts, year.ends)


def path_of_kept(spells: Sequence[Worked]) -> list[promises.Point]:
    """Return the share of those transferred who are employed still, by day, in hundredths."""
    return _path(spells, lambda day: _percent(*still_employed(spells, day)))


def path_of_local(spells: Sequence[Worked]) -> list[promises.Point]:
    """Return the share of those at a known place who work in the borough, by day."""

    def share(day: date) -> int | None:
        places = local_fte(spells, day)
        return _percent(places[True], places[True] + places[False])

    return _path(spells, share)


def path_of_jobs(spells: Sequence[Worked]) -> list[promises.Point]:
    """Return the hundredths of full-time equivalents who work in the borough, by day."""
    return _path(spells, lambda day: local_fte(spells, day)[True])


def path_of_redundant(spells: Sequence[Worked]) -> list[promises.Point]:
    """Return how many of those transferred were made redundant so far, by day, in hundredths."""
    moved = [one for one in spells if one.transferred_on is not None]
    if not moved:
        return []
    forced = [one.ends for one in moved if one.why == models.Spell.Why.COMPULSORY and one.ends]
    begins = min(one.transferred_on for one in moved if one.transferred_on)
    by_day = sorted(Counter(forced).items())
    counts = accumulate(count for _, count in by_day)
    steps = [
        promises.Point(day, 100 * so_far) for (day, _), so_far in zip(by_day, counts, strict=True)
    ]
    return [promises.Point(begins, 0), *steps]


def _path(spells: Sequence[Worked], value: Callable[[date], int | None]) -> list[promises.Point]:
    days = {one.starts for one in spells} | {one.ends for one in spells if one.ends}
    days |= {one.transferred_on for one in spells if one.transferred_on}
    return [promises.Point(day, value(day)) for day in sorted(days)]


def _percent(part: int, whole: int) -> int | None:
    return money.nearest(Fraction(10_000 * part, whole)) if whole else None


def _in_the_borough(rows: Iterable[models.Spell]) -> Callable[[models.Spell], bool | None]:
    """Return what tells whether a spell is in the borough: by its ward, else by its postcode.

    A ward that is ours is in it and another is not. Without a ward, a postcode of one of our
    addresses is in it; of any other it cannot be told, for offices are no homes.
    """
    wards = set(Ward.objects.values_list("code", flat=True))
    asked = {one.postcode for one in rows if not one.ward}
    known = set(Address.objects.filter(postcode__in=asked).values_list("postcode", flat=True))

    def tell(one: models.Spell) -> bool | None:
        if one.ward:
            return one.ward in wards
        return True if one.postcode in known else None

    return tell


def postcode(written: str) -> str:
    """Return a postcode as addresses have it: capitals, and a space before the last three."""
    plain = "".join(written.upper().split())
    return f"{plain[:-POSTCODE_END]} {plain[-POSTCODE_END:]}"
