"""Finding people although the spelling is off: by sound first, then by how alike it is spelt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.urls import reverse

from borough.kernel import finding, joining
from borough.kernel.pages import wording

MOST = 50
CANDIDATES = 300  # that are compared by spelling

# All words together first: a name as common as "Smith" alone would bring thousands of rows.
_ALL = """
select id from people_person where sounds @> %(keys)s::varchar[] limit %(candidates)s
"""
_ANY = """
select id from people_person where sounds && %(keys)s::varchar[]
order by cardinality(array(select unnest(sounds) intersect select unnest(%(keys)s::varchar[]))) desc
limit %(candidates)s
"""
_DETAIL = """
select p.id, p.title, p.given_names, p.family_name, p.date_of_birth,
       coalesce(a.line || ', ' || a.town || ', ' || a.postcode, '')
from people_person p
left join lateral (select r.dwelling_id from people_residence r where r.person_id = p.id
                   order by r.ends is null desc, r.starts desc limit 1) r on true
left join lateral (select line, town, postcode from places_address d
                   where d.dwelling_id = r.dwelling_id
                   order by d.starts desc limit 1) a on true
where p.id = any(%s)
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be meant: who, born when, living where, and how alike (0 to 100)."""

    id: int
    name: str
    date_of_birth: date | None
    address: str
    likeness: int


def find(words: str) -> list[joining.Found]:
    """Return the people most alike to the words, for the one search box."""
    return [
        joining.Found(
            kind="Person",
            title=one.name,
            text=". ".join(part for part in (_born(one.date_of_birth), one.address) if part),
            url=reverse("resident", args=[one.id]),
            likeness=one.likeness,
        )
        for one in people_like(words)
    ]


def people_like(words: str) -> list[Match]:
    """Return the people whose name sounds like the words, most alike first."""
    keys = finding.sounds(words)
    if not keys:
        return []
    ids = _ids(_ALL, keys) or _ids(_ANY, keys)
    matches = [_match(words, *row) for row in _rows(_DETAIL, [ids])]
    return sorted(matches, key=lambda one: (-one.likeness, one.name, one.id))[:MOST]


def _match(
    words: str, id: int, title: str, given: str, family: str, born: date | None, address: str
) -> Match:
    name = " ".join(part for part in (title, given, family) if part)
    return Match(id, name, born, address, finding.likeness(words, f"{name} {address}"))


def _born(day: date | None) -> str:
    return f"Born {wording.day(day)}" if day else ""


def _ids(sql: str, keys: Sequence[str]) -> list[int]:
    rows = _rows(sql, {"keys": list(keys), "candidates": CANDIDATES})
    return [number for (number,) in rows]


def _rows(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
