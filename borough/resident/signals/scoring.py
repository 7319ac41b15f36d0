"""What everybody's worries come to on a day: derived each time it is asked, and never typed."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.resident.identity import queries as identity
from borough.rules.support import signals

Ints = NDArray[np.int64]

_LIVE = """
from signals_sighting
where observed_on > %(after)s and observed_on <= %(on)s
  and (%(people)s::bigint[] is null or person_id = any(%(people)s::bigint[]))
"""
_COLUMNS = (
    "person_id",
    "substr(code, 2)",
    "observed_on - date '1970-01-01'",
    "value",
    "coalesce(record, 0)",
)


def scored(people: Ints, on: date, *, found: signals.Sightings | None = None) -> signals.Scored:
    """Return the points of people on a day, with what made them.

    Args:
        people: ids, each once.
        on: the day.
        found: what was read before, by :func:`sightings`.
    """
    found = sightings(on, people) if found is None else found
    mine = np.isin(found.person, people)
    kept = signals.Sightings(
        found.code[mine], found.person[mine], found.observed[mine], found.value[mine]
    )
    return signals.score(kept, people, on=on, law=signals.law(on))


def sightings(on: date, people: Ints | None = None) -> signals.Sightings:
    """Return what may still count on a day, of these people or of everybody.

    What another organisation told counts only while its record is joined to the person.
    """
    longest = max(one.days for one in signals.law(on).signals.values())
    asked = {
        "on": on,
        "after": on - timedelta(longest),
        "people": None if people is None else arrays.of_ids(people),
    }
    columns = arrays.read(_COLUMNS, _LIVE, asked)
    told = columns.pop()
    stands = _still_joined(told, columns[0], on)
    person, code, day, value = (column[stands] for column in columns)
    named = np.char.add("S", code.astype(np.str_)) if len(code) else np.array([], np.str_)
    return signals.Sightings(named, person, day.astype("datetime64[D]"), value)


def _still_joined(record: Ints, person: Ints, on: date) -> NDArray[np.bool_]:
    """Return where a row is our own, or told by a record that is joined to this person, (n,)."""
    whose = identity.people_of(np.unique(record[record > 0]).tolist(), on)
    now = np.array([whose.get(one, 0) for one in record.tolist()], np.int64)
    return np.asarray((record == 0) | (now == person), np.bool_)


def band_of_message(on: date) -> Ints:
    """Return who may be sent a supportive message, most points first; nothing is sent by itself."""
    found = sightings(on)
    several = scored(np.unique(found.person), on, found=found)
    rows = np.flatnonzero(several.band == "message")
    return several.people[rows[np.lexsort((several.people[rows], -several.points[rows]))]]
