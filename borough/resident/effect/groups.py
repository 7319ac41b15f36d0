"""Into which groups residents are divided to see whether help reaches all of them alike.

Only what is lawfully held, and only to watch the whole: no group is ever an input of a worry, a
queue or a decision (``rules.support.inputs.NEVER``). Sex, ethnicity, religion and the like are not
held, so nothing is said of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from django.db import connection
from django.utils.module_loading import import_string
from numpy.typing import NDArray

from borough.kernel import arrays, dated, joining
from borough.kernel.people.models import Need, Person
from borough.resident.effect import claim
from borough.resident.identity import queries as identity

Ints = NDArray[np.int64]
NOT_KNOWN = "Not known"
ADULT = 18
AGES = (18, 25, 35, 50, 65, 80)
DAYS_OF_100_YEARS = 36_525
UNBORN = -(2**40)
LANGUAGE = (Need.Kind.INTERPRETER, Need.Kind.SIGN_LANGUAGE)
READING = (Need.Kind.LARGE_PRINT, Need.Kind.BRAILLE, Need.Kind.EASY_READ)
DECILES = "deciles"
NOT_HELD = (
    "Sex is not held: Council Tax does not ask for it, so nothing can be said of it.",
    "Ethnicity, religion, sexual orientation, gender reassignment, marriage, pregnancy: not held.",
    (
        "Disability as such is not held. A discount for an adapted home and the form in which "
        "somebody "
        "reads are held for their own purposes, and say less than disability does."
    ),
)

_BORN = "from people_person where kind = %s and date_of_death is null"
# The postcode of the home on the day: one home at a time, one address of it at a time.
_POSTCODES = """
select r.person_id, a.postcode from people_residence r
join places_address a on a.dwelling_id = r.dwelling_id
where daterange(r.starts, r.ends) @> %(on)s::date and daterange(a.starts, a.ends) @> %(on)s::date
"""


@dataclass(frozen=True)
class Division:
    """One way to divide everybody: the group of each, as a place in ``names``, int64 (n,)."""

    title: str
    names: tuple[str, ...]
    of: Ints
    note: str = ""


def adults(on: date) -> tuple[Ints, Ints]:
    """Return the ids of living adults, ascending, and their ages; -1 where no birth is known."""
    person, days = arrays.read(
        ["id", f"coalesce(date_of_birth - date '1970-01-01', {UNBORN})"],
        _BORN,
        [Person.Kind.PERSON.value],
    )
    age = ((on - date(1970, 1, 1)).days - days) * 100 // DAYS_OF_100_YEARS
    age = np.where(days == UNBORN, -1, age)
    grown = np.flatnonzero((age >= ADULT) | (age < 0))
    order = grown[np.argsort(person[grown])]
    return person[order], age[order]


def divisions(
    people: Ints, age: Ints, on: date, deciles: Mapping[str, int] | None = None
) -> list[Division]:
    """Return every way in which people are divided, for a report and nothing else.

    Args:
        people: ids, ascending, (n,).
        age: years, -1 where not known, (n,).
        on: the day.
        deciles: by postcode, as the council loads them; None where it loaded none.
    """
    found = [by_age(age), _tenure(people, on)]
    found += [
        _two(people, "Language", ("Needs an interpreter", "No such need known"), LANGUAGE, on),
        _two(people, "Reading", ("Large print, Braille or easy read", "None known"), READING, on),
    ]
    for card in joining.cards():
        if card.monitors:
            told: Mapping[str, Collection[int]] = import_string(card.monitors)(people, on)
            found += [
                _of_some(people, title, ("Yes", "No"), whose) for title, whose in told.items()
            ]
    if deciles is not None:
        found.append(_by_decile(people, deciles, on))
    return found


def by_age(age: Ints) -> Division:
    """Return people by bands of age."""
    bands = [f"{low} to {high - 1}" for low, high in pairwise(AGES)]
    names = (*bands, f"{AGES[-1]} and over", NOT_KNOWN)
    of = np.searchsorted(np.array(AGES), age, side="right") - 1
    return Division("Age", names, np.where(age < 0, len(names) - 1, np.maximum(of, 0)))


def _tenure(people: Ints, on: date) -> Division:
    """Return who rents as far as a landlord’s record is joined to them."""
    renting = set(identity.people_of(claim.rents(on), on).values())
    names = ("Rents, as a landlord tells", "Not known to rent")
    return _of_some(people, "Tenure", names, renting)


def _two(
    people: Ints, title: str, names: tuple[str, str], kinds: Iterable[Need.Kind], on: date
) -> Division:
    rows = Need.objects.filter(dated.holds_on(on), kind__in=list(kinds))
    return _of_some(people, title, names, rows.values_list("person_id", flat=True))


def _of_some(people: Ints, title: str, names: tuple[str, str], whose: Iterable[int]) -> Division:
    inside = np.isin(people, np.fromiter(set(whose), np.int64))
    return Division(title, names, np.where(inside, 0, 1))


def _by_decile(people: Ints, deciles: Mapping[str, int], on: date) -> Division:
    with connection.cursor() as cursor:
        cursor.execute(_POSTCODES, {"on": on})
        home = dict(cursor.fetchall())
    of = [deciles.get(home.get(person, "").replace(" ", "").upper(), 0) for person in people]
    names = (NOT_KNOWN, *(f"{number}" for number in range(1, 11)))
    return Division(
        "Deprivation of the neighbourhood (decile, 1 the most deprived)",
        names,
        np.array(of, np.int64),
        note="Of places, to watch the whole; of nobody it says anything.",
    )
