"""What the council was told of somebody: that they lost somebody, that they are insolvent."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import arrays, dated, joining
from borough.kernel.holds.models import Hold
from borough.kernel.post.models import Item
from borough.resident.moratoria import queries as moratoria
from borough.rules.support import signals

INSOLVENCY = "insolvency"

_BEREAVED = """
from people_person d join people_residence h on h.person_id = d.id
join people_residence r on r.dwelling_id = h.dwelling_id and r.person_id <> d.id
where d.date_of_death > %(on)s::date - %(days)s and d.date_of_death <= %(on)s
  and daterange(h.starts, h.ends, '[]') @> d.date_of_death
  and daterange(r.starts, r.ends) @> d.date_of_death
  and r.person_id = any(%(people)s::bigint[])
"""
_WROTE = """
from post_item i
join lateral (select g.thing from post_filing g where g.item_id = i.id
              order by g.id desc limit 1) newest on true
join facts_fact f on f.thing = newest.thing and f.what = 'kernel.post_filed'
  and f.detail->>'item' = i.id::text
join facts_concerns c on c.fact_id = f.id
where i.about = %(about)s and i.received_on > %(on)s::date - %(days)s and i.received_on <= %(on)s
  and c.person_id = any(%(people)s::bigint[])
"""


def bereaved(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who lived with somebody when they died."""
    asked = {
        "on": on,
        "days": signals.law(on).signals["S10"].days,
        "people": arrays.of_ids(people),
    }
    person, died, day = arrays.read(
        ["r.person_id", "d.id", "d.date_of_death - date '1970-01-01'"], _BEREAVED, asked
    )
    things = [f"kernel.death/{one}" for one in died.tolist()]
    days = day.astype("datetime64[D]").tolist()
    return joining.Seen.of(zip(person.tolist(), days, things, strict=True))


def wrote(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who wrote about paying. A letter is a contact; what it says is nobody's to count."""
    asked = {
        "on": on,
        "days": signals.law(on).signals["S9"].days,
        "about": Item.About.PAYING.value,
        "people": arrays.of_ids(people),
    }
    person, item, day = arrays.read(
        ["c.person_id", "i.id", "i.received_on - date '1970-01-01'"], _WROTE, asked
    )
    things = [f"kernel.post/{one}" for one in item.tolist()]
    days = day.astype("datetime64[D]").tolist()
    return joining.Seen.of(zip(person.tolist(), days, things, strict=True), value=0)


def insolvent(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who is left alone because of an insolvency."""
    rows = Hold.objects.filter(dated.holds_on(on), kind=INSOLVENCY, person__isnull=False)
    asked = set(people.tolist())
    return joining.Seen.of(
        (person, on, f"kernel.hold/{number}")
        for number, person in rows.values_list("pk", "person_id")
        if person in asked
    )


def in_a_moratorium(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who is in a breathing space: whoever it is for, and nobody who owes with them."""
    asked = set(people.tolist())
    return joining.Seen.of(
        (one.notice.person_id, on, one.notice.thing)
        for one in moratoria.running(on)
        if one.clock.starts <= on and not one.clock.has_ended and one.notice.person_id in asked
    )
