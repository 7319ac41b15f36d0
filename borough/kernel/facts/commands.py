"""Recording what happened. Facts are only ever added; many at once go by COPY."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection, transaction
from numpy.typing import NDArray

from borough.kernel import arrays, clock, commanding, copying, joining
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

_CONCERNS = ("person_id", "fact_id")
FEW = 200  # facts that go in one statement; COPY and its preparation are for more

_WRITE_FEW = """
with batch as (select nextval(pg_get_serial_sequence('facts_batch', 'id')) as id),
drafts as (
  select row, one ->> 0 as thing, (one -> 1)::jsonb as detail
  from json_array_elements(%(drafts)s::json) with ordinality as x(one, row)),
facts as (
  insert into facts_fact (id, batch_id, what, thing, "on", "by", detail)
  select (b.id << %(bits)s) + d.row, b.id, %(what)s, d.thing, %(on)s, %(by)s, d.detail
  from drafts d, batch b),
concerns as (
  insert into facts_concerns (person_id, fact_id)
  select distinct c.person, (b.id << %(bits)s) + c.row + 1
  from unnest(%(persons)s::bigint[], %(rows)s::bigint[]) as c(person, row), batch b)
select id from batch
"""


class UnknownKind(Exception):
    """No line declares this kind of fact on its card."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact to record: ids and amounts in ``detail``, never free text about people."""

    about: Sequence[int] = ()
    thing: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """Many facts of one kind, column by column: what a bulk run has in hand anyway.

    Attributes:
        thing: str (n,), what else each concerns.
        detail: by word, one value for all or a column of n, a list or an array.
        about: whom they concern: row numbers (0 to n - 1) and person ids, int64 (h,) each.
    """

    thing: Sequence[str]
    detail: Mapping[str, Any]
    about: tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class _Drafts:
    """Facts as they are written: ``thing`` and ``detail``, JSON, (n,); ``about`` as above."""

    thing: Sequence[str]
    detail: Sequence[str]
    about: tuple[NDArray[np.int64], NDArray[np.int64]]

    def part(self, start: int, beyond: int) -> "_Drafts":
        rows, persons = self.about
        kept = (rows >= start) & (rows < beyond)
        about = (rows[kept] - start, persons[kept])
        return _Drafts(self.thing[start:beyond], self.detail[start:beyond], about)


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
    kind = _kind(what)
    sentences.check(kind, (happening.detail for happening in happenings))
    encode = json.JSONEncoder(default=_json).encode
    pairs = [(row, person) for row, one in enumerate(happenings) for person in one.about]
    rows, persons = np.array(pairs, np.int64).reshape(-1, 2).T
    drafts = _Drafts(
        [one.thing for one in happenings],
        [encode(one.detail) for one in happenings],
        (rows, persons),
    )
    return _record(what, drafts, by=by, on=on)


def record_columns(what: str, facts: Columns, *, by: commanding.Actor, on: date) -> list[int]:
    """Record many facts of one kind as one batch; return their ids in order.

    Raises:
        UnknownKind: ``what`` is on no card.
        sentences.Incomplete: the detail lacks a word of the sentence.
    """
    sentences.check(_kind(what), [facts.detail])
    drafts = _Drafts(facts.thing, _details(facts.detail, len(facts.thing)), facts.about)
    return _record(what, drafts, by=by, on=on)


def _kind(what: str) -> joining.FactKind:
    if what not in joining.fact_kinds():
        raise UnknownKind(f"{what} is on no line's card; declare it there first.")
    return joining.fact_kinds()[what]


def _details(detail: Mapping[str, Any], n: int) -> list[str]:
    """Return the columns as n objects of JSON, cell by cell as ``json`` would write them."""
    encode = json.JSONEncoder(default=_json).encode
    columns = []
    for word, cells in detail.items():
        of_all = not isinstance(cells, list | np.ndarray)
        told = [encode(cells)] * n if of_all else map(encode, _plain(cells))
        columns.append([f"{encode(word)}: {cell}" for cell in told])
    return [f"{{{', '.join(cells)}}}" for cells in zip(*columns, strict=True)] or ["{}"] * n


def _plain(cells: list[Any] | NDArray[Any]) -> list[Any]:
    """Return a column as a list; NumPy's numbers become Python's."""
    return list(cells.tolist() if isinstance(cells, np.ndarray) else cells)


def _record(what: str, drafts: _Drafts, *, by: commanding.Actor, on: date) -> list[int]:
    size = models.MOST_FACTS
    # What refuses a fact refuses the whole command, so no savepoint of its own is kept.
    with transaction.atomic(savepoint=False):
        return [
            number
            for start in range(0, len(drafts.thing), size)
            for number in _batch(what, drafts.part(start, start + size), by=by, on=on)
        ]


def _batch(what: str, drafts: _Drafts, *, by: commanding.Actor, on: date) -> list[int]:
    n = len(drafts.thing)
    write = _write_few if n <= FEW else _write_many
    batch = write(what, drafts, by=by, on=on)
    _close(batch, n)
    _owe_news(what, batch)
    return [(batch << models.BATCH_BITS) + row for row in range(1, n + 1)]


def _write_few(what: str, drafts: _Drafts, *, by: commanding.Actor, on: date) -> int:
    """Write a batch in one statement: most commands leave a fact or two."""
    rows, persons = drafts.about
    pairs = zip(drafts.thing, drafts.detail, strict=True)
    cells = ",".join(f"[{json.dumps(thing)},{detail}]" for thing, detail in pairs)
    values: dict[str, Any] = {
        "bits": models.BATCH_BITS,
        "drafts": f"[{cells}]",
        "what": what,
        "on": on,
        "by": by.reference,
        "rows": arrays.of_ids(rows),
        "persons": arrays.of_ids(persons),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_FEW, values)
        return int(cursor.fetchone()[0])


def _write_many(what: str, drafts: _Drafts, *, by: commanding.Actor, on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('facts_batch', 'id'))")
        batch = int(cursor.fetchone()[0])
    n = len(drafts.thing)
    ids = (batch << models.BATCH_BITS) + np.arange(1, n + 1)
    facts = {
        "id": ids,
        "batch_id": pa.repeat(batch, n),
        "what": pa.repeat(what, n),
        "thing": drafts.thing,
        "on": pa.repeat(on, n),
        "by": pa.repeat(by.reference, n),
        "detail": drafts.detail,
    }
    copying.copy("facts_fact", pa.table(facts))
    rows, persons = drafts.about
    if len(rows):
        concerns = arrays.pairs(persons, ids[rows])
        copying.copy("facts_concerns", pa.table(dict(zip(_CONCERNS, concerns, strict=True))))
    return batch


def _close(batch: int, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into facts_batch (id, recorded_at, facts, digest)"
            f" select %(batch)s, %(now)s, %(count)s, ({DIGEST})",
            {"batch": batch, "now": clock.now(), "count": count},
        )


def _owe_news(what: str, batch: int) -> None:
    lines = dict.fromkeys(line for line, _ in joining.hearers(what))
    models.Delivery.objects.bulk_create(
        models.Delivery(batch_id=batch, line=line) for line in lines
    )


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):  # a NumPy number
        return value.item()
    raise TypeError(f"{type(value).__name__} does not belong in a fact")
