"""What a move comes to: who is liable on each day, how many adults live there, how it is used.

Plain arithmetic on days, without the database. Section 6(2) of the Local Government Finance Act
1992: the first of its groups that describes anybody who lives there is liable, all of that group
jointly (6(3)), and whoever lives with one of them as husband, wife or partner (9); the owner while
nobody lives there (6(2)(f)); the owner in any case of a prescribed class (8).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from borough.lines.revenues.models import Liability, Occupation

BASIS, STATE = Liability.Basis, Occupation.State
A_DAY = timedelta(days=1)
RANKS: Mapping[str, int] = {
    BASIS.FREEHOLDER: 1,
    BASIS.LEASEHOLDER: 2,
    BASIS.TENANT: 3,
    BASIS.LICENSEE: 4,
    BASIS.RESIDENT: 5,
}


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody's days ``[starts, ends)`` in the home, and by what right they are there.

    ``adult_from`` is None where the birthday is not known: they are taken to be an adult.
    """

    person: int
    basis: str
    starts: date
    ends: date | None
    adult_from: date | None = None

    def lives_there(self, day: date) -> bool:
        """Tell whether the home is theirs at the end of a day."""
        return self.starts <= day and (self.ends is None or day < self.ends)

    def is_adult(self, day: date) -> bool:
        """Tell whether they are 18, or taken to be."""
        return self.adult_from is None or self.adult_from <= day


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever is liable while nobody lives there, until the day on which they sold it."""

    person: int
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """What is known of a home in which people move.

    Attributes:
        since: the first day on which anything changes; all before it stays as it is.
        residents: who lived there just before, and who came.
        owners: those liable while nobody lives there; new ones follow those who sold.
        prescribed: the owners that section 8 makes liable whoever lives there.
        shared: the right that partners share with the person they live with.
        adults: how many were declared just before; None where nobody told us.
        state: how the home was used just before.
        furniture: days on which furniture went (False) or came (True).
    """

    since: date
    residents: Sequence[Resident]
    owners: Sequence[Owner] = ()
    new_owners: Sequence[int] = ()
    prescribed: Sequence[int] = ()
    shared: str = BASIS.RESIDENT
    adults: int | None = None
    state: str = STATE.OCCUPIED
    furniture: Sequence[tuple[date, bool]] = ()


@dataclass(frozen=True, slots=True)
class Spell:
    """Days ``[starts, ends)`` on which nothing changes. ``liable``: why, by person."""

    starts: date
    ends: date | None
    liable: Mapping[int, str]
    adults: int | None
    state: str


def spells(home: Home) -> list[Spell]:
    """Return every day from ``home.since`` on, cut where anything changes; the last stays open."""
    cuts = [*_cuts(home), None]
    return [
        Spell(
            starts=starts,
            ends=ends,
            liable=liable_on(home, starts),
            adults=adults_on(home, starts),
            state=state_on(home, starts),
        )
        for starts, ends in pairwise(cuts)
        if starts is not None
    ]


def liable_on(home: Home, day: date) -> dict[int, str]:
    """Return who is liable on a day, and why."""
    if home.prescribed:
        return dict.fromkeys(home.prescribed, BASIS.PRESCRIBED_OWNER)
    adults = [one for one in home.residents if one.lives_there(day) and one.is_adult(day)]
    if not adults:
        return dict.fromkeys(_owners_on(home, day), BASIS.OWNER)
    first = min(_rank(home, one) for one in adults)
    return {one.person: one.basis for one in adults if _rank(home, one) == first}


def adults_on(home: Home, day: date) -> int | None:
    """Return how many adults live there: those declared, less who left, and who came.

    None while nobody told us and somebody from before is still there.
    """
    before = [one for one in home.residents if one.starts < home.since and one.is_adult(day)]
    stay = sum(one.lives_there(day) for one in before)
    came = sum(
        one.starts >= home.since and one.lives_there(day) and one.is_adult(day)
        for one in home.residents
    )
    if home.adults is None:
        return None if stay else came
    return max(home.adults - (len(before) - stay), stay) + came


def nameless(home: Home) -> int:
    """Return how many adults would stay although everybody known by name has left.

    Where the owner is liable whoever lives there, nobody else needs a name.
    """
    last = _cuts(home)[-1]
    before = [one for one in home.residents if one.starts < home.since]
    if home.prescribed or home.adults is None or not before:
        return 0
    if any(one.lives_there(last) for one in before):
        return 0
    return max(home.adults - sum(one.is_adult(last) for one in before), 0)


def state_on(home: Home, day: date) -> str:
    """Return how the home is used on a day: a home without people is furnished or it is not.

    Where nobody is known by name, it is lived in as long as it was before.
    """
    unnamed = not home.residents and home.state == STATE.OCCUPIED
    if unnamed or any(one.lives_there(day) for one in home.residents):
        return STATE.OCCUPIED
    furnished = home.state in (STATE.OCCUPIED, STATE.FURNISHED)
    for when, came in sorted(home.furniture):
        if when <= day:
            furnished = came
    if furnished:
        return STATE.FURNISHED
    return STATE.WORKS if home.state == STATE.WORKS else STATE.UNFURNISHED


def accounts(found: Sequence[Spell], before: Iterable[int]) -> Iterator[tuple[bool, list[Spell]]]:
    """Group spells into accounts: one goes on while anybody stays liable from spell to spell.

    Args:
        found: the spells in order.
        before: who was liable just before the first.

    Yields:
        whether it goes on with the account of before, and its spells. Days on which nobody is
        known to be liable belong to none.
    """
    held, goes_on = set(before), bool(before)
    group: list[Spell] = []
    for spell in found:
        if not held & spell.liable.keys():
            if group:
                yield goes_on, group
            group, goes_on = [], False
        if spell.liable:
            group.append(spell)
        held = set(spell.liable)
    if group:
        yield goes_on, group


def new_hands(found: Sequence[Spell], before: Iterable[int]) -> list[date]:
    """Return the days on which nobody who was liable the day before is liable any more.

    Args:
        found: the spells in order.
        before: who was liable just before the first.
    """
    held, days = set(before), []
    for spell in found:
        if held and not held & spell.liable.keys():
            days.append(spell.starts)
        held = set(spell.liable)
    return days


def new_households(home: Home, found: Sequence[Spell]) -> list[date]:
    """Return the days on which others live there than anybody who did the day before."""
    days = []
    for spell in found:
        lived, lives = (
            {one.person for one in home.residents if one.lives_there(day)}
            for day in (spell.starts - A_DAY, spell.starts)
        )
        if lived and lives and not lived & lives:
            days.append(spell.starts)
    return days


def _cuts(home: Home) -> list[date]:
    named = {home.since, *(when for when, _ in home.furniture)}
    for one in home.residents:
        named |= {one.starts, *([one.ends] if one.ends else [])}
    named |= {one.ends for one in home.owners if one.ends}
    last = max(named)
    named |= {one.adult_from for one in home.residents if one.adult_from and one.adult_from < last}
    return sorted(day for day in named if day >= home.since)


def _rank(home: Home, one: Resident) -> int:
    return RANKS[home.shared if one.basis == BASIS.PARTNER else one.basis]


def _owners_on(home: Home, day: date) -> list[int]:
    sold = [one for one in home.owners if one.ends is not None and day < one.ends]
    if home.new_owners and not sold:
        return list(home.new_owners)
    return [one.person for one in home.owners if one.ends is None or day < one.ends]
