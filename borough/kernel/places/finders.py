"""Finding dwellings by address or postcode, although the spelling is off.

Which page opens a dwelling is for the lines to say: they turn these into answers of the search box.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection

from borough.kernel import finding

MOST = 50
MOST_KEYS = 6
CANDIDATES = 500  # for each set of keys, that are compared by spelling

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})\b", re.IGNORECASE)
_BY_POSTCODE = """
select d.id, d.uprn, a.line, a.town, a.postcode
from places_address a join places_dwelling d on d.id = a.dwelling_id
where a.postcode = %(postcode)s and a.sounds @> %(keys)s::varchar[] limit %(candidates)s
"""
_ALIKE = """
select distinct d.id, d.uprn, a.line, a.town, a.postcode
from unnest(%(level)s::text[]) as wanted(keys)
cross join lateral (
  select dwelling_id, line, town, postcode from places_address
  where sounds @> string_to_array(wanted.keys, ' ')::varchar[] limit %(candidates)s) a
join places_dwelling d on d.id = a.dwelling_id
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A dwelling that may be meant, and how alike its address is (0 to 100)."""

    id: int
    uprn: int
    line: str
    town: str
    postcode: str
    likeness: int

    @property
    def address(self) -> str:
        """The address in one line."""
        return f"{self.line}, {self.town}, {self.postcode}"


def dwellings_like(words: str) -> list[Match]:
    """Return the dwellings whose address sounds like the words, most alike first."""
    postcode = _POSTCODE.search(words)
    keys = finding.asked(_POSTCODE.sub(" ", words))[:MOST_KEYS]
    rows = _at(f"{postcode[1]} {postcode[2]}".upper(), keys) if postcode else _alike(keys)
    matches = [_match(words, *row) for row in rows]
    return sorted(matches, key=lambda one: (-one.likeness, one.address))[:MOST]


def _at(postcode: str, keys: list[str]) -> list[tuple[Any, ...]]:
    return _rows(_BY_POSTCODE, {"postcode": postcode, "keys": keys, "candidates": CANDIDATES})


def _alike(keys: list[str]) -> list[tuple[Any, ...]]:
    for level in finding.levels(keys):
        rows = _rows(_ALIKE, {"level": level, "candidates": CANDIDATES})
        if rows:
            return rows
    return []


def _match(words: str, id: int, uprn: int, line: str, town: str, postcode: str) -> Match:
    likeness = finding.likeness(words, f"{line} {town} {postcode}")
    return Match(id, uprn, line, town, postcode, likeness)


def _rows(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
