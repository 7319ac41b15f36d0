"""Recording what happened. Facts are only ever added; many at once go by COPY."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from borough.kernel import clock, commanding, copying, joining
from borough.kernel.facts import models, sentences

# The digest is worked out by the database, by the same expression that the check uses. Whom a fact
# concerns is looked up fact by fact: a join would be planned for the one fact of a usual batch, and
# take the square of its time for the thousands of a bulk one.
DIGEST = """
select sha256(convert_to(coalesce(string_agg(
    format('%%s|%%s|%%s|%%s|%%s|%%s|%%s', f.id, f.what, f.thing, f.on, f.by, f.detail::text,
           coalesce((select string_agg(c.person_id::text, ',' order by c.person_id)
                     from facts_concerns c where c.fact_id = f.id), '')),
    E'\\n' order by f.id), ''), 'UTF8'))
from facts_fact f
where f.id > %(batch)s::bigint << 20 and f.id < (%(batch)s::bigint + 1) << 20
  and f.batch_id = %(batch)s
"""


class UnknownKind(Exception):
    """No line declares this kind of fact on its card."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact to record: ids and amounts in ``detail``, never free text about people."""

    about: Sequence[int] = ()
    thing: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(
    what: str,
    *,
    about: Iterable[int] = (),
    thing: str = "",
    by: commanding.Actor,
    on: date,
    **detail: Any,
) -> int:
    """Record one fact; return its id.

    Args:
        what: slug of a declared kind.
        about: ids of the persons it concerns.
        thing: what else it concerns, e.g. ``revenues.account/100001``.
        by: who did it.
        on: the day on which it counts.
        detail: what the kind's sentence needs, as JSON values; dates become ISO text.

    Raises:
        UnknownKind: ``what`` is on no card.
        sentences.Incomplete: the detail lacks a word of the sentence.
    """
    return record_many(what, [Happening(tuple(about), thing, detail)], by=by, on=on)[0]


def record_many(
    what: str, happenings: Sequence[Happening], *, by: commanding.Actor, on: date
) -> list[int]:
    """Record many facts of one kind as one batch; return their ids in order.

    Raises:
        UnknownKind: ``what`` is on no card.
        sentences.Incomplete: a detail lacks a word of the sentence.
    """
    if what not in joining.fact_kinds():
        raise UnknownKind(f"{what} is on no line's card; declare it there first.")
    if not happenings:
        return []
    sentences.check(joining.fact_kinds()[what], (happening.detail for happening in happenings))
    with transaction.atomic():
        return [
            number
            for start in range(0, len(happenings), models.MOST_FACTS)
            for number in _batch(what, happenings[start : start + models.MOST_FACTS], by=by, on=on)
        ]


def _batch(
    what: str, happenings: Sequence[Happening], *, by: commanding.Actor, on: date
) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('facts_batch', 'id'))")
        (batch,) = cursor.fetchone()
    first = (batch << models.BATCH_BITS) + 1
    ids = list(range(first, first + len(happenings)))
    _copy(what, happenings, ids=ids, batch=batch, by=by.reference, on=on)
    _close(batch, len(happenings))
    _owe_news(what, batch)
    return ids


def _copy(
    what: str,
    happenings: Sequence[Happening],
    *,
    ids: Sequence[int],
    batch: int,
    by: str,
    on: date,
) -> None:
    n = len(ids)
    encode = json.JSONEncoder(default=_json).encode
    facts = {
        "id": ids,
        "batch_id": pa.repeat(batch, n),
        "what": pa.repeat(what, n),
        "thing": [one.thing for one in happenings],
        "on": pa.repeat(on, n),
        "by": pa.repeat(by, n),
        "detail": [encode(one.detail) for one in happenings],
    }
    copying.copy("facts_fact", pa.table(facts))
    concerns = [
        (person, number)
        for number, one in zip(ids, happenings, strict=True)
        for person in dict.fromkeys(one.about)
    ]
    if concerns:
        people, numbers = zip(*concerns, strict=True)
        copying.copy("facts_concerns", pa.table({"person_id": people, "fact_id": numbers}))


def _close(batch: int, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into facts_batch (id, recorded_at, facts, digest)"
            f" select %(batch)s, %(now)s, %(count)s, ({DIGEST})",
            {"batch": batch, "now": clock.now(), "count": count},
        )


def _owe_news(what: str, batch: int) -> None:
    for line, _ in joining.hearers(what):
        models.Delivery.objects.get_or_create(batch_id=batch, line=line)


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):  # a NumPy number
        return value.item()
    raise TypeError(f"{type(value).__name__} does not belong in a fact")
