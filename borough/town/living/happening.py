"""What happens to people on a day: who moves, who comes, who dies. Drawn once and kept.

Homes are taken in pairs: the household of the first moves into the second, whose own household
leaves the borough; whoever comes from outside takes the first, at once or some weeks later.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from borough.kernel import furnishing, living
from borough.kernel.people.models import Person, Residence
from borough.kernel.places.models import Dwelling
from borough.rules import years
from borough.town import addresses, figures, models
from borough.town.living import comers

OLD_YEARS = 60
FORTNIGHT = 14
Told = dict[str, Any]


def of_day(town: models.Town, year: years.Year, on: date, memory: dict[str, Any]) -> living.Day:
    """Return the day as the town lives it; what was drawn for it before stays as it was."""
    kept = models.LivedDay.objects.filter(on=on).first()
    if kept is None:
        with transaction.atomic():
            kept = models.LivedDay.objects.create(on=on, told=_draw(town, year, on, memory))
    return living.Day(
        seed=town.seed,
        on=on,
        year=year,
        moved=[_moved(one) for one in kept.told["moved"]],
        died=[(person, date.fromisoformat(day)) for person, day in kept.told["died"]],
        memory=memory,
    )


def _draw(town: models.Town, year: years.Year, on: date, memory: dict[str, Any]) -> Told:
    dice = furnishing.dice(town.seed, f"{on} happening")
    order = _order(town, year, memory, "homes", _homes)
    pairs = order[: len(order) // 2 * 2].reshape(-1, 2)
    homes = _slice(pairs, year, on, _movers_permille())
    old = _order(town, year, memory, "old", lambda: _old(year))
    dying = _slice(old, year, on, figures.read("invented")["living"]["over_60_die_permille"])
    moved = _moves(dice, town, homes, on) + _arrivals(town, on)
    return {"moved": moved, "died": [[person, str(on - timedelta(3))] for person in dying]}


def _order(
    town: models.Town, year: years.Year, memory: dict[str, Any], name: str, ids: Any
) -> NDArray[np.int64]:
    """Return ids in the order in which the year takes them; each is taken once at most."""
    key = f"town {name} {year}"
    if key not in memory:
        memory[key] = furnishing.dice(town.seed, key).permutation(ids())
    order: NDArray[np.int64] = memory[key]
    return order


def _slice(order: NDArray[np.int64], year: years.Year, on: date, permille: int) -> list[Any]:
    """Return the day's share of so many thousandths a year; from the end before it begins."""
    day, days = (on - year.starts).days, (year.ends - year.starts).days
    first, last = (len(order) * permille * (day + more) // (1000 * days) for more in (0, 1))
    # The last day before the year takes what is left of the end: nought is no place from behind.
    share: list[Any] = order[first : last if last or day >= 0 else None].tolist()
    return share


def _movers_permille() -> int:
    return int(figures.read("invented")["households"]["movers_permille"])


def _homes() -> NDArray[np.int64]:
    return np.array(Dwelling.objects.order_by("id").values_list("id", flat=True), np.int64)


def _old(year: years.Year) -> NDArray[np.int64]:
    before = year.starts.replace(year=year.first - OLD_YEARS)
    old = Person.objects.filter(date_of_birth__lt=before, date_of_death=None)
    return np.array(old.order_by("id").values_list("id", flat=True), np.int64)


@dataclass(frozen=True)
class Household:
    """Who lives in a home: adults, the eldest first, and children."""

    adults: list[int] = field(default_factory=list)
    children: list[int] = field(default_factory=list)


def _living_there(homes: list[int], on: date) -> dict[int, Household]:
    """Return who has lived in each home for two months; homes where somebody has died are left."""
    found: dict[int, Household] = defaultdict(Household)
    rows = Residence.objects.filter(dwelling_id__in=homes, ends=None).order_by(
        "person__date_of_birth", "person_id"
    )
    of_age = on.replace(year=on.year - 18, day=min(on.day, 28)) - timedelta(60)
    unsettled: set[int] = set()
    for home, person, born, died, starts in rows.values_list(
        "dwelling_id",
        "person_id",
        "person__date_of_birth",
        "person__date_of_death",
        "starts",
    ):
        if died is not None or starts > on - timedelta(60):
            unsettled.add(home)
        is_adult = born is None or born <= of_age
        (found[home].adults if is_adult else found[home].children).append(person)
    return {home: one for home, one in found.items() if one.adults and home not in unsettled}


def _moves(
    dice: np.random.Generator, town: models.Town, pairs: list[list[int]], on: date
) -> list[Told]:
    there = _living_there([home for pair in pairs for home in pair], on)
    mix = figures.read("invented")["living"]
    told: list[Told] = []
    for first, second in pairs:
        if first not in there or second not in there:
            continue
        left_on = on - timedelta(int(dice.integers(*mix["told_after_days"])))
        away = _move(dice, second, there[second], left_on - timedelta(FORTNIGHT), mix)
        within = _move(dice, first, there[first], left_on, mix)
        at_once = dice.integers(0, 1000) < mix["taken_at_once_permille"]
        if within["all"]:
            within["goes_to"] = second if away["all"] else None
            last = max(day for _, day in within["leavers"])
            if at_once:
                within["comers"] = [[one, last] for one in comers.arrive(dice, town, on)]
            else:
                cleared = date.fromisoformat(last) + timedelta(
                    int(dice.integers(*mix["cleared_after_days"]))
                )
                within["cleared_on"] = str(cleared)
        for one in (away, within):
            if one["goes_to"] is None and dice.integers(0, 1000) < mix["tell_where_permille"]:
                [lines], [postcode] = addresses.away(int(dice.integers(0, 1 << 30)), 1)
                one["forwarding"] = [lines, postcode]
        told += [away, within]  # the second is empty before the first moves in
    return told


def _move(dice: np.random.Generator, home: int, who: Household, left_on: date, mix: Told) -> Told:
    """Return how a household leaves its home: together, apart, or one of two adults alone."""
    one_stays = len(who.adults) == 2 and (
        dice.integers(0, 1000) < mix["one_of_two_leaves_permille"]
    )
    adults = who.adults[1:] if one_stays else who.adults
    apart = len(adults) > 1 and dice.integers(0, 1000) < mix["leavers_apart_permille"]
    days = [
        left_on - timedelta(int(dice.integers(*mix["apart_days"])) if apart and place else 0)
        for place in range(len(adults))
    ]
    leavers = [[person, str(day)] for person, day in zip(adults, days, strict=True)]
    leavers += [] if one_stays else [[child, str(left_on)] for child in who.children]
    return {
        "all": not one_stays,
        "dwelling_id": home,
        "leavers": leavers,
        "goes_to": None,
        "comers": [],
        "cleared_on": None,
    }


def _arrivals(town: models.Town, on: date) -> list[Told]:
    """Return who comes today into homes that were left empty some weeks ago."""
    low, high = figures.read("invented")["living"]["empty_days"]
    told: list[Told] = []
    for day in models.LivedDay.objects.filter(
        on__gte=on - timedelta(high), on__lte=on - timedelta(low)
    ).order_by("on"):
        for place, one in enumerate(day.told["moved"]):
            if one["cleared_on"] is None:
                continue
            dice = furnishing.dice(town.seed, f"{day.on} {place} taken")
            if day.on + timedelta(int(dice.integers(low, high + 1))) == on:
                told.append(
                    {
                        "dwelling_id": one["dwelling_id"],
                        "leavers": [],
                        "goes_to": None,
                        "comers": [
                            [who, str(on - timedelta(2))] for who in comers.arrive(dice, town, on)
                        ],
                        "cleared_on": None,
                        "all": False,
                    }
                )
    return told


def _moved(told: Told) -> living.Moved:
    return living.Moved(
        dwelling_id=told["dwelling_id"],
        leavers=tuple((person, date.fromisoformat(day)) for person, day in told["leavers"]),
        goes_to=told["goes_to"],
        forwarding=tuple(told["forwarding"]) if told.get("forwarding") else None,
        comers=tuple((person, date.fromisoformat(day)) for person, day in told["comers"]),
        cleared_on=date.fromisoformat(told["cleared_on"]) if told["cleared_on"] else None,
    )
