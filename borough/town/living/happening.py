"""What happens to people on a day: who moves, who comes, who dies. Drawn once and kept.

Homes are taken in pairs: the household of the first moves into the second, whose own household
leaves the borough; whoever comes from outside takes the first, at once or some weeks later.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from borough.kernel import furnishing, living
from borough.kernel.people.models import Person, Residence
from borough.kernel.places.models import Dwelling
from borough.rules import years
from borough.town import figures, models
from borough.town.living import comers

OLD_YEARS = 60
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
    homes = _slice(_order(town, year, memory, "homes", _homes), year, on, _movers_permille())
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


def _slice(order: NDArray[np.int64], year: years.Year, on: date, permille: int) -> list[int]:
    """Return the day's share of so many thousandths a year."""
    day, days = (on - year.starts).days, (year.ends - year.starts).days
    upto = [len(order) * permille * (day + more) // (1000 * days) for more in (0, 1)]
    return order[slice(*upto)].tolist()  # type: ignore[no-any-return]


def _movers_permille() -> int:
    return int(figures.read("invented")["households"]["movers_permille"])


def _homes() -> NDArray[np.int64]:
    return np.array(Dwelling.objects.order_by("id").values_list("id", flat=True), np.int64)


def _old(year: years.Year) -> NDArray[np.int64]:
    before = year.starts.replace(year=year.first - OLD_YEARS)
    old = Person.objects.filter(date_of_birth__lt=before, date_of_death=None)
    return np.array(old.order_by("id").values_list("id", flat=True), np.int64)


def _living_there(homes: list[int], on: date) -> dict[int, list[int]]:
    """Return the adults who live in each home, the eldest first."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Residence.objects.filter(
        dwelling_id__in=homes,
        ends=None,
        starts__lt=on - timedelta(60),
        person__date_of_death=None,
        person__date_of_birth__lt=on - timedelta(19 * 366),
    )
    for home, person in rows.order_by("person__date_of_birth", "person_id").values_list(
        "dwelling_id", "person_id"
    ):
        found[home].append(person)
    return found


def _moves(dice: np.random.Generator, town: models.Town, homes: list[int], on: date) -> list[Told]:
    there = _living_there(homes, on)
    lived_in = [home for home in homes if there[home]]
    mix = figures.read("invented")["living"]
    told: list[Told] = []
    for first, second in zip(lived_in[0::2], lived_in[1::2], strict=False):
        left_on = on - timedelta(int(dice.integers(*mix["told_after_days"])) + 14)
        away = _move(dice, second, there[second], left_on, mix)
        within = _move(dice, first, there[first], left_on, mix)
        at_once = dice.integers(0, 1000) < mix["taken_at_once_permille"]
        if len(within["leavers"]) == len(there[first]):
            within["goes_to"] = second if len(away["leavers"]) == len(there[second]) else None
            last = max(day for _, day in within["leavers"])
            if at_once:
                within["comers"] = [[one, last] for one in comers.arrive(dice, town, on)]
            else:
                cleared = date.fromisoformat(last) + timedelta(
                    int(dice.integers(*mix["cleared_after_days"]))
                )
                within["cleared_on"] = str(cleared)
        told += [away, within]  # the second is empty before the first moves in
    return told


def _move(
    dice: np.random.Generator, home: int, adults: list[int], left_on: date, mix: Told
) -> Told:
    """Return how the adults of a home leave it: together, apart, or one of two alone."""
    if len(adults) == 2 and dice.integers(0, 1000) < mix["one_of_two_leaves_permille"]:
        adults = adults[1:]
    apart = len(adults) > 1 and dice.integers(0, 1000) < mix["leavers_apart_permille"]
    days = [
        left_on - timedelta(int(dice.integers(*mix["apart_days"])) if apart and place else 0)
        for place in range(len(adults))
    ]
    leavers = [[person, str(day)] for person, day in zip(adults, days, strict=True)]
    return {
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
                    }
                )
    return told


def _moved(told: Told) -> living.Moved:
    return living.Moved(
        dwelling_id=told["dwelling_id"],
        leavers=tuple((person, date.fromisoformat(day)) for person, day in told["leavers"]),
        goes_to=told["goes_to"],
        comers=tuple((person, date.fromisoformat(day)) for person, day in told["comers"]),
        cleared_on=date.fromisoformat(told["cleared_on"]) if told["cleared_on"] else None,
    )
