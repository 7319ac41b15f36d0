"""Looking for worries among any number of people, and keeping what is new: columns throughout.

What happened is kept once, by what it is. What lasts is kept when it begins, changes or is over,
and again each week, so that it stands for a month without a row a night for everybody.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection, transaction
from numpy.typing import NDArray

from borough.kernel import arrays, commanding, copying, joining
from borough.kernel.holds import commands as holds
from borough.kernel.people.models import Person
from borough.resident.signals import models, readers
from borough.rules.support import deciding, signals

Ints = NDArray[np.int64]
AGAIN_DAYS = 7  # a lasting worry is kept again after so many days
HOLD = "vulnerable"
_LOCK = 0x57_4F_52_52  # "WORR": who looks waits for who looks already

_LIVING = "from people_person where kind = %s and date_of_death is null"
# Whenever it was seen: what is known for longer than its worry lasts is no news either.
_KNOWN = """
select s.person_id, s.key
from unnest(%(whose)s::bigint[], %(keys)s::text[]) as found(person, key)
join signals_sighting s on s.person_id = found.person and s.code = %(code)s and s.key = found.key
"""
_STANDING = """
from (select distinct on (person_id) person_id, value, observed_on from signals_sighting
      where code = %(code)s and observed_on > %(after)s and observed_on <= %(on)s
        and person_id = any(%(people)s::bigint[])
      order by person_id, observed_on desc, value desc) s
"""


@dataclass(frozen=True)
class _New:
    """What is to be kept of one worry, columns (n,); ``record`` 0: the council's own."""

    person: Ints
    on: NDArray[np.datetime64]
    key: list[str]
    value: Ints
    record: Ints


def everybody() -> Ints:
    """Return the ids of all people who live, ascending: organisations have no worries."""
    [ids] = arrays.read(["id"], _LIVING, [Person.Kind.PERSON.value])
    return np.sort(ids)


def living(ids: Iterable[int]) -> Ints:
    """Return which of some ids are of people who live, ascending and each once."""
    among = f"{_LIVING} and id = any(%s::bigint[])"
    [found] = arrays.read(["id"], among, [Person.Kind.PERSON.value, arrays.of_ids(ids)])
    return np.sort(found)


def notice(
    people: Ints,
    *,
    codes: Collection[str] | None = None,
    run_id: int | None = None,
    by: commanding.Actor,
    on: date,
) -> dict[str, int]:
    """Look for worries among people and keep what is new; return how many rows of each.

    Twice the same day keeps nothing twice.

    Args:
        people: ids, each once.
        codes: which worries; None for all.
        run_id: the run that looks.
        by: who looks; what an agent found is held for at once, in their name.
        on: the day.
    """
    law = signals.law(on)
    read = readers.readers(law)
    kept = {}
    with transaction.atomic():
        _wait_for_others()
        for code in law.signals if codes is None else sorted(codes):
            several = [one for (which, _), some in read.items() if which == code for one in some]
            seen = [one.look(people, on) for one in several]
            new = _sort_out(code, law.signals[code], seen, people, on)
            _keep(code, new, law, run_id)
            if law.signals[code].then == "hold":
                _hold(new, by=by, on=on)
            kept[code] = len(new.person)
    return kept


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


def _sort_out(
    code: str, signal: signals.Signal, seen: list[joining.Seen], people: Ints, on: date
) -> _New:
    asked = {
        "code": code,
        "on": on,
        "after": on - timedelta(signal.days),
        "people": arrays.of_ids(people),
    }
    if signal.counts == "newest":
        return _changed(_together(seen, people, on, least=1), asked, on)
    return _unknown(code, _together(seen, people, on, least=0))


def _together(seen: list[joining.Seen], people: Ints, on: date, *, least: int) -> _New:
    """Lay what was seen end to end, and leave out whoever was not asked about or is yet to come.

    What happened may be worth nothing by itself, and count beside what is.
    """
    empty = joining.Seen.of([])
    several = [empty, *seen]
    person = np.concatenate([one.person for one in several])
    day = np.concatenate([one.on for one in several])
    things = [thing for one in several for thing in one.thing]
    value = np.concatenate([one.value for one in several])
    record = np.concatenate([one.record for one in several])
    kept = np.isin(person, people) & (day <= np.datetime64(on)) & (value >= least)
    rows = np.flatnonzero(kept)
    return _New(person[rows], day[rows], [things[n] for n in rows], value[rows], record[rows])


def _unknown(code: str, found: _New) -> _New:
    """Return what happened and was not kept before, each thing once for each person."""
    with connection.cursor() as cursor:
        asked = {"code": code, "whose": found.person.tolist(), "keys": found.key}
        cursor.execute(_KNOWN, asked)
        known = set(cursor.fetchall())
    rows = []
    for row, named in enumerate(zip(found.person.tolist(), found.key, strict=True)):
        if named not in known:
            known.add(named)
            rows.append(row)
    return _New(
        found.person[rows],
        found.on[rows],
        [found.key[n] for n in rows],
        found.value[rows],
        found.record[rows],
    )


def _changed(found: _New, asked: dict[str, Any], on: date) -> _New:
    """Return who has a lasting worry anew, more or less of it, for another week, or no longer.

    Of a worry that lasts, how much there is of it is in how many things it stands.
    """
    person, value = _amounts(found)
    before, was, days = arrays.read(
        ["s.person_id", "s.value", "s.observed_on - date '1970-01-01'"], _STANDING, asked
    )
    order = np.argsort(before)
    before, was, days = before[order], was[order], days[order]
    place = np.minimum(np.searchsorted(before, person), max(len(before) - 1, 0))
    stood = np.isin(person, before)
    same = np.zeros(len(person), np.bool_)
    today = (on - date(1970, 1, 1)).days
    if len(before):
        fresh = today - days[place] < AGAIN_DAYS
        same = stood & (was[place] == value) & fresh
    over = before[(was > 0) & ~np.isin(before, person)]
    who = np.concatenate([person[~same], over])
    amount = np.concatenate([value[~same], np.zeros(len(over), np.int64)])
    return _once_a_day(asked["code"], who, amount, on)


def _amounts(found: _New) -> tuple[Ints, Ints]:
    """Return each person once and in how many different things the worry stands, (k,)."""
    pairs = set(zip(found.person.tolist(), found.key, strict=True))
    whose = np.array([person for person, _ in pairs], np.int64)
    person, amount = np.unique(whose, return_counts=True)
    return person, amount.astype(np.int64)


def _once_a_day(code: str, who: Ints, amount: Ints, on: date) -> _New:
    """Leave out what was kept today already: of one day the largest amount counts."""
    keys = [f"{on}/{value}" for value in amount.tolist()]
    none = np.zeros(len(who), np.int64)
    days = np.full(len(who), np.datetime64(on))
    return _unknown(code, _New(who, days, keys, amount, none))


def _keep(code: str, new: _New, law: signals.Law, run_id: int | None) -> None:
    count = len(new.person)
    if not count:
        return
    rows = {
        "person_id": new.person,
        "code": pa.repeat(code, count),
        "key": new.key,
        "observed_on": pa.array(new.on),
        "expires_on": pa.array(new.on + np.timedelta64(law.signals[code].days, "D")),
        "value": new.value,
        "record": pa.array(new.record, mask=new.record == 0),
        "version": pa.repeat(law.since[code], count),
        "run_id": pa.array([run_id] * count, pa.int64()),
    }
    copying.copy(models.Sighting._meta.db_table, pa.table(rows))


def _hold(new: _New, *, by: commanding.Actor, on: date) -> None:
    """Leave all debts of whom an agent found alone while a specialist looks; support only."""
    days = int(deciding.figures(on)["specialist_hold_days"])
    until: dict[int, date] = {}
    for person, day in zip(new.person.tolist(), new.on.tolist(), strict=True):
        until[person] = max(until.get(person, day), day + timedelta(days))
    named = Person.objects.in_bulk([person for person, ends in until.items() if ends > on])
    for number, person in named.items():
        try:
            with transaction.atomic():
                holds.place_hold(
                    kind=HOLD,
                    upon=holds.Upon(person=person, line="resident"),
                    ends=until[number],
                    by=by,
                    on=on,
                )
        except holds.AlreadyHeld:
            continue  # whoever saw it first holds it
