"""Finding people although the spelling is off: by sound first, then by how alike it is spelt."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.urls import reverse

from borough.kernel import finding, joining
from borough.kernel.pages import wording

MOST = 50
MOST_KEYS = 6
CANDIDATES = 1000  # for each set of keys, that are compared by spelling

_ALIKE = """
select distinct p.id, p.given_names || ' ' || p.family_name
from unnest(%(level)s::text[]) as wanted(keys)
cross join lateral (
  select id, given_names, family_name from people_person
  where sounds @> string_to_array(wanted.keys, ' ')::varchar[] limit %(candidates)s) p
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
    ids: list[int] = []
    for level in finding.levels(finding.asked(words)[:MOST_KEYS]):
        rows = _rows(_ALIKE, {"level": level, "candidates": CANDIDATES})
        if rows:
            nearest = sorted(rows, key=lambda row: (-finding.likeness(words, row[1]), row[0]))
            ids = [row[0] for row in nearest[:MOST]]
            break
    matches = [_match(words, *row) for row in _rows(_DETAIL, [ids])] if ids else []
    # Of two who are as much alike the elder: an officer seldom looks for a child.
    return sorted(
        matches, key=lambda one: (-one.likeness, one.date_of_birth or date.max, one.name, one.id)
    )


def _match(
    words: str, id: int, title: str, given: str, family: str, born: date | None, address: str
) -> Match:
    name = " ".join(part for part in (title, given, family) if part)
    return Match(id, name, born, address, finding.likeness(words, f"{name} {address}"))


def _born(day: date | None) -> str:
    return f"Born {wording.day(day)}" if day else ""


def _rows(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
