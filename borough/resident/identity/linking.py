"""The run that compares all records with the people of Borough: joins the certain, proposes others.

A record is compared with all other records, so that the model learns from all; what is joined is a
record to a person. What people decided before holds: a record that is joined stays so, and a pair
that was found to be apart is not proposed again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection

from borough.kernel import bulk, commanding, copying, dated
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.resident.identity import judging, likeness, models, tidying
from borough.resident.sources import known, queries
from borough.resident.sources.models import Record

BOROUGH = "borough"
CHECKED = 100
"""Of the records joined without a person, one in so many is put before one to be checked."""

PEOPLE = """
with homes as (
  select distinct on (r.person_id) r.person_id, a.line, a.postcode, d.uprn
  from people_residence r
  join places_dwelling d on d.id = r.dwelling_id
  join places_address a on a.dwelling_id = d.id
    and a.starts <= %(on)s and (a.ends is null or a.ends > %(on)s)
  where r.starts <= %(on)s order by r.person_id, r.starts desc)
select p.id::text, p.given_names, p.family_name, p.date_of_birth, '',
  coalesce(h.postcode, c.postcode, ''), coalesce(h.line, split_part(c.lines, E'\\n', 1), ''), h.uprn
from people_person p
left join homes h on h.person_id = p.id
left join people_correspondenceaddress c on h.person_id is null and c.person_id = p.id
  and c.starts <= %(on)s and (c.ends is null or c.ends > %(on)s)
where p.kind = 'person' order by p.id
"""
TYPES = {"date_of_birth": pa.date32(), "uprn": pa.int64()}


@dataclass(frozen=True, slots=True)
class Pair:
    """A record and a person, how likely they are one, and why."""

    record_id: int
    person_id: int
    source: str
    band: int
    weight_hundredths: int
    per_million: int
    reasons: list[list[object]]


def carry_out(run: Run, *, by: commanding.Actor) -> None:
    """Compare all records; join the certain, propose the doubtful; all of it or nothing.

    Raises:
        commanding.Refusal: nothing to link is installed, or no feed stands.
    """
    runs.carry_out(run, lambda _: _link(run, by=by))
    runs.end(run)


def tables(on: date) -> list[tidying.Table]:
    """Return what each system knows of people on a day: Borough first, then every source."""
    return [_borough(on), *(_of_source(slug, on) for slug in known.sources())]


def _link(run: Run, *, by: commanding.Actor) -> runs.Result:
    with bulk.side_by_side():
        read = tables(run.on)
    found = likeness.link([one for one in read if one.rows.num_rows])
    pairs = list(_pairs(found, run.on))
    certain = [one for one in pairs if one.band == judging.Band.CERTAIN]
    joined = {one.record_id for one in certain}
    doubtful = [
        one for one in pairs if one.band == judging.Band.DOUBTFUL and one.record_id not in joined
    ]
    _join(certain, by=by, on=run.on)
    checks = [one for one in certain if one.record_id % CHECKED == 0]
    _propose(run, doubtful, checks)
    waiting, thing = len(doubtful) + len(checks), f"{run.kind}/{run.pk}"
    facts.record(
        "resident.linked", thing=thing, by=by, on=run.on, joined=len(certain), waiting=waiting
    )
    return len(pairs), {"joined": len(certain), "waiting": waiting}


def _pairs(found: likeness.Likeness, on: date) -> Iterator[Pair]:
    """Yield the likely pairs of a record and a person about which nothing is decided."""
    band = judging.bands(found, judging.choice(on))
    number = {
        (source, key): pk for pk, source, key in Record.objects.values_list("pk", "source", "key")
    }
    holds = dated.holds_on(on)
    decided = set(models.Link.objects.filter(holds).values_list("record_id", flat=True))
    apart = set(models.Apart.objects.filter(holds).values_list("record_id", "person_id"))
    left = found.left_source == BOROUGH
    for row in np.flatnonzero((band > 0) & (left | (found.right_source == BOROUGH))).tolist():
        ends = [
            (found.left_source[row], found.left_key[row]),
            (found.right_source[row], found.right_key[row]),
        ]
        (_, person), theirs = ends if left[row] else ends[::-1]
        record = number[theirs]
        if record in decided or (record, int(person)) in apart:
            continue
        yield Pair(
            record_id=record,
            person_id=int(person),
            source=theirs[0],
            band=int(band[row]),
            weight_hundredths=round(100 * float(found.weight[row])),
            per_million=int(1_000_000 * float(found.probability[row])),
            reasons=[[one.words, round(100 * one.weight)] for one in found.because(row)],
        )


def _join(pairs: list[Pair], *, by: commanding.Actor, on: date) -> None:
    if not pairs:
        return
    count = len(pairs)
    copying.copy("identity_link", pa.table({
        "record_id": [one.record_id for one in pairs],
        "person_id": [one.person_id for one in pairs],
        "starts": [on] * count,
        "method": [models.Link.Method.CERTAIN.value] * count,
        "weight_hundredths": [one.weight_hundredths for one in pairs],
        "reasons": [json.dumps(one.reasons) for one in pairs],
        "decided_by": [by.reference] * count,
    }))  # fmt: skip
    titles = {slug: one.title for slug, one in known.sources().items()}
    told = facts.Columns(
        [f"resident.record/{one.record_id}" for one in pairs],
        {"source": [titles[one.source] for one in pairs]},
        (np.arange(count), np.array([one.person_id for one in pairs], np.int64)),
    )
    facts.record_columns("resident.joined", told, by=by, on=on)


def _propose(run: Run, doubtful: list[Pair], checks: list[Pair]) -> None:
    """Put the doubtful, and a sample of the certain, before a person; what waited before goes."""
    put_off = {
        (one.record_id, one.person_id): one.put_off
        for one in models.Proposal.objects.filter(put_off__gt=0)
    }
    models.Proposal.objects.filter(is_check=False).delete()
    pairs = [*doubtful, *checks]
    if not pairs:
        return
    copying.copy("identity_proposal", pa.table({
        "record_id": [one.record_id for one in pairs],
        "person_id": [one.person_id for one in pairs],
        "run_id": [run.pk] * len(pairs),
        "is_check": [False] * len(doubtful) + [True] * len(checks),
        "weight_hundredths": [one.weight_hundredths for one in pairs],
        "per_million": [one.per_million for one in pairs],
        "reasons": [json.dumps(one.reasons) for one in pairs],
        "put_off": [put_off.get((one.record_id, one.person_id), 0) for one in pairs],
    }))  # fmt: skip


def _borough(on: date) -> tidying.Table:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"on": on})
        rows = cursor.fetchall()
    cells: Any = zip(*rows, strict=True) if rows else ([] for _ in tidying.HELD)
    return tidying.Table(BOROUGH, _table(dict(zip(tidying.HELD, cells, strict=True))))


def _of_source(slug: str, on: date) -> tidying.Table:
    held = queries.columns(slug, on)
    lines = [address.split("\n")[0] for address in held.column("address").to_pylist()]
    names = set(tidying.HELD) - {"address"}
    cells = {name: held.column(name).to_pylist() for name in names}
    return tidying.Table(slug, _table({**cells, "address": lines}))


def _table(cells: dict[str, Any]) -> pa.Table:
    columns = {name: pa.array(cells[name], TYPES.get(name, pa.string())) for name in tidying.HELD}
    return pa.table(columns)
