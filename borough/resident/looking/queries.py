"""Looks that stand out, worked out from the facts alone, and two in a hundred drawn at random."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from borough.kernel import clock, records
from borough.kernel.facts.models import BATCH_BITS
from borough.kernel.post.models import Filing
from borough.resident.looking import fact_kinds
from borough.resident.signals.models import SupportCase

LOOKED = "kernel.looked"
LATELY = timedelta(days=14)
REASON_DAYS = 30
ONE_IN = 50  # 2 per cent

OWN = "The officer’s own record, or one that they share"
HOME = "Lives where the officer lives"
COLLEAGUE = "A colleague of the officer"
SAME_NAME = "Same family name as the officer"
NO_REASON = "Nothing had happened in 30 days that asked for it, and nothing waits"
AT_RANDOM = "Drawn at random"

# Numbers of facts hold their batch's, so the looks of the last days are one range of the key. A
# look at a list is at nobody by name, and the review of a look is none to review again.
_LOOKS = """
with known as (
  select distinct on (officer_id) 'officer/' || officer_id as reference, person_id
  from officers_sameperson where agreed_on is not null order by officer_id, id desc),
looks as (
  select f.id, f.by, f."on", b.recorded_at, f.thing, f.detail->>'subject' as subject,
         f.detail->>'purpose' as purpose, f.thing <> '' as at_one,
         array(select person_id from facts_concerns where fact_id = f.id) as people
  from facts_fact f join facts_batch b on b.id = f.batch_id
  where f.id >= %(first)s and f.what = %(looked)s and f.by like 'officer/%%'
  and f.thing not like 'resident.look/%%'
  and not exists (select 1 from facts_fact r where r.thing = 'resident.look/' || f.id
                  and r.what = %(reviewed)s))
select l.id, l.by, l."on", l.recorded_at, l.thing, l.subject, l.purpose, l.people,
       l.at_one and me.person_id = any(l.people),
       l.at_one and exists (
         select 1 from people_residence mine join people_residence theirs
           on theirs.dwelling_id = mine.dwelling_id
         where mine.person_id = me.person_id and theirs.person_id = any(l.people)
         and theirs.person_id <> me.person_id
         and mine.starts <= l."on" and coalesce(mine.ends > l."on", true)
         and theirs.starts <= l."on" and coalesce(theirs.ends > l."on", true)),
       l.at_one and exists (select 1 from known other where other.person_id = any(l.people)
                            and other.reference <> l.by),
       l.at_one and exists (
         select 1 from people_person p join officers_officer o on 'officer/' || o.id = l.by
         left join people_person own on own.id = me.person_id
         where p.id = any(l.people) and lower(p.family_name) in (
           lower(regexp_replace(o.name, '^.*\\s', '')), lower(own.family_name))),
       l.at_one and l.people <> '{}' and not exists (
         select 1 from facts_concerns c join facts_fact h on h.id = c.fact_id
         where c.person_id = any(l.people) and h.what not in (%(looked)s, %(reviewed)s)
         and h."on" > l."on" - %(days)s and h."on" <= l."on" + 1)
from looks l left join known me on me.reference = l.by
order by l.id desc
"""


@dataclass(frozen=True, slots=True)
class Look:
    """A look that waits to be looked at again, and why it was chosen.

    Attributes:
        id: of the fact; ``by`` is the officer's reference; ``subject`` bears no name.
        people: whose records it was at.
        why: what stands out; empty for none.
    """

    id: int
    by: str
    on: date
    at: datetime
    thing: str
    subject: str
    purpose: str
    people: tuple[int, ...]
    why: tuple[str, ...]


def chosen(number: int) -> bool:
    """Tell whether a look is among the two in a hundred that are drawn at random.

    The draw is keyed with the installation's secret: it is the same each time, and nobody who
    looks can know of it before.
    """
    drawn = salted_hmac("borough.resident.looking", str(number), algorithm="sha256").hexdigest()
    return int(drawn[:12], 16) % ONE_IN == 0


def waiting(*, since: datetime | None = None, unseen_by: str = "") -> list[Look]:
    """Return the looks since a moment (by default of 14 days) that nobody has looked at again.

    Args:
        since: from when.
        unseen_by: reference of an officer, whose own looks are left out.
    """
    first = _first_batch(since or clock.now() - LATELY) << BATCH_BITS
    words: dict[str, str | int] = {
        "first": first,
        "looked": LOOKED,
        "reviewed": fact_kinds.REVIEWED,
        "days": REASON_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, words)
        rows = [row for row in cursor.fetchall() if row[1] != unseen_by]
    busy = _with_something_that_waits(rows)
    looks = [_look(row, busy) for row in rows]
    return [look for look in looks if look.why]


def _look(row: tuple[Any, ...], busy: frozenset[str]) -> Look:
    *told, people, own, home, colleague, same_name, no_reason = row
    found = {
        OWN: own,
        HOME: home,
        COLLEAGUE: colleague,
        SAME_NAME: same_name,
        NO_REASON: no_reason and busy.isdisjoint(_things(row)),
        AT_RANDOM: chosen(row[0]),
    }
    why = tuple(words for words, is_so in found.items() if is_so)
    number, by, on, at, thing, subject, purpose = told
    return Look(number, by, on, at, thing, subject, purpose, tuple(people), why)


def _with_something_that_waits(rows: Iterable[tuple[Any, ...]]) -> frozenset[str]:
    """Return the things under which post waits, and the people with an open support case."""
    asked = [row for row in rows if row[-1]]
    people = {person for row in asked for person in row[7]}
    things = {thing for row in asked for thing in _things(row)}
    cases = SupportCase.objects.filter(person__in=people, closed_on=None)
    waits = Filing.objects.filter(thing__in=things, item__done=None)
    return frozenset(waits.values_list("thing", flat=True)) | {
        f"{records.PERSON}/{person}" for person in cases.values_list("person_id", flat=True)
    }


def _things(row: tuple[Any, ...]) -> set[str]:
    return {row[4], *(f"{records.PERSON}/{person}" for person in row[7])}


def _first_batch(since: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select min(id) from facts_batch where recorded_at >= %s", [since])
        (number,) = cursor.fetchone()
    return int(number or 0)
