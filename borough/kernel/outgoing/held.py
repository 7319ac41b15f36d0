"""Letters that press somebody and must not leave: something stands against them by now.

What was written before a hold came may still lie in the tray. It is asked about again before it
leaves; and what was left alone for a time is too old to be sent afterwards, for the days that it
gives have gone.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from borough.kernel import arrays, joining
from borough.kernel.documents import pressing
from borough.kernel.holds import queries as asking

STALE = "It was left alone for a time, and the days that it gives have gone. Write it anew"

_PRESSING = """
select d.kind, d.id, d.thing, d.part, d."on",
       coalesce((select array_agg(a.person_id) from documents_addressee a
                 where a.document_id = d.id), '{}')
from documents_document d
where d.id = any(%s::bigint[]) and d.kind = any(%s)
order by d.kind, d.id
"""
# A hold that was placed after the letter was written, and has ended since.
_MEANWHILE = """
select d.id from documents_document d
where d.id = any(%(ids)s::bigint[]) and exists (
  select 1 from holds_hold h
  where h.starts >= d."on" and h.ends <= %(on)s and %(act)s = any(h.forbids)
    and (h.thing = d.thing and h.thing <> '' and (h.part = '' or d.part in ('', h.part))
         or h.person_id in (select a.person_id from documents_addressee a
                            where a.document_id = d.id)))
"""


def back(documents: Iterable[int], *, on: date) -> dict[int, str]:
    """Return why letters must not leave on a day, in words, by their id; the rest may."""
    kinds = [kind for kind, act in joining.letters().items() if act]
    found = _rows(_PRESSING, [arrays.of_ids(list(documents)), kinds])
    by_kind: dict[str, list[tuple[Any, ...]]] = {}
    for kind, *row in found:
        by_kind.setdefault(kind, []).append(tuple(row))
    reasons: dict[int, str] = {}
    for kind, rows in by_kind.items():
        reasons |= _of_a_kind(kind, rows, on)
    return reasons


def _of_a_kind(kind: str, rows: Sequence[tuple[Any, ...]], on: date) -> dict[int, str]:
    ids = [number for number, *_ in rows]
    asked = {"ids": arrays.of_ids(ids), "on": on, "act": pressing.act_of(kind)}
    reasons = {number: STALE for (number,) in _rows(_MEANWHILE, asked)}
    debts = [asking.Debt(thing, tuple(people), part) for _, thing, part, _, people in rows]
    for place, stood in pressing.stood(kind, debts, on).items():
        reasons[ids[place]] = stood[0].words
    return reasons


def _rows(query: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
