"""Collecting by Direct Debit: a preview, the run that makes the file, and the posting on the day.

The accounts are divided into parts of neighbouring ids; a part is one transaction. The last part
of a collection makes the file. What is collected counts as received on the day of entry.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection, transaction
from numpy.typing import NDArray

from borough.kernel import arrays, commanding, copying
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import posting
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import collecting, debit_files, models, receiving, telling
from borough.rules import direct_debit

PREVIEW = "revenues.collection_preview"
COLLECTION = "revenues.collection"
IN_TRANSIT = "DD-IN-TRANSIT"

# Large enough that a run is a few queries, small enough to go on from after a breakdown.
PART = 20_000
LINES_A_JOURNAL = 30_000  # a line's number is a small integer
NARRATIVE = "Direct Debit, thank you"

_EVERYBODY = "select id from revenues_account order by id"

_ITEMS = """
select c.id, c.sub_account_id, c.pence, i.account_id, s.reference, s.part
from revenues_collectionitem c
join revenues_instruction i on i.id = c.instruction_id
join ledger_subaccount s on s.id = c.sub_account_id
where c.collection_id = %s and c.id between %s and %s order by c.id
"""

Progress = Callable[[int], None] | None


def divide(*, size: int = PART) -> list[list[int]]:
    """Return the parts of a run over every account, as [first id, last id]."""
    with connection.cursor() as cursor:
        cursor.execute(_EVERYBODY)
        ids = [number for (number,) in cursor.fetchall()]
    return [[ids[at], ids[min(at + size, len(ids)) - 1]] for at in range(0, len(ids), size)]


def preview(run: Run, *, progress: Progress = None) -> None:
    """Work out what a collection would take, part by part; posts and sends nothing."""
    asked = collecting.days(date.fromisoformat(run.asked["entry_day"]))

    def do(number: int) -> runs.Result:
        first, last = run.asked["parts"][number]
        telling.tell(first, last, on=run.on)
        chosen = collecting.choose(first, last, asked)
        return len(chosen.account), summary(chosen)

    runs.carry_out(run, do, progress=progress)
    runs.end(run)


def carry_out(run: Run, *, by: commanding.Actor, progress: Progress = None) -> None:
    """Choose what is collected and make the file; started again, it goes on where it stopped."""
    collection = models.Collection.objects.get(pk=run.pk)
    asked = collecting.days(collection.entry_day)

    def do(number: int) -> runs.Result:
        if number == run.parts_expected - 1:
            return _make_file(run, collection, by=by)
        first, last = run.asked["parts"][number]
        telling.tell(first, last, on=run.on)
        _lock(first, last)
        chosen = collecting.choose(first, last, asked)
        _add(collection, chosen)
        return len(chosen.account), summary(chosen)

    runs.carry_out(run, do, progress=progress)
    runs.end(run)


def post(run: Run, *, by: commanding.Actor, progress: Progress = None) -> None:
    """Post a collection as received on its day of entry, part by part."""
    collection = models.Collection.objects.get(pk=run.asked["collection"])

    def do(number: int) -> runs.Result:
        first, last = run.asked["parts"][number]
        rows = _items(collection.pk, first, last)
        _post(collection, number, rows, by=by)
        _record(collection, rows, by=by)
        return len(rows), {"first": first, "last": last, "pence": sum(row[2] for row in rows)}

    runs.carry_out(run, do, progress=progress)
    if not run.endings.filter(outcome="done").exists():
        with transaction.atomic():  # the fact and the ending together, or neither
            items, pence = totals(run)
            facts.record(
                "revenues.collection_posted",
                thing=f"run/{collection.pk}",
                by=by,
                on=collection.entry_day,
                items=items,
                pence=pence,
            )
            runs.end(run)


def divide_items(collection_id: int, *, size: int = LINES_A_JOURNAL - 10) -> list[list[int]]:
    """Return the parts in which a collection is posted, as [first id, last id] of its items."""
    ids = list(
        models.CollectionItem.objects.filter(collection_id=collection_id)
        .order_by("id")
        .values_list("id", flat=True)
    )
    return [[ids[at], ids[min(at + size, len(ids)) - 1]] for at in range(0, len(ids), size)]


def summary(chosen: collecting.Chosen) -> dict[str, Any]:
    """Return what a part comes to: by code and by reason, counts, pence, and whose."""
    taken = chosen.reason == direct_debit.Reason.NONE
    return {
        "codes": {
            str(code): [
                int((where := taken & (chosen.code == code)).sum()),
                int(chosen.pence[where].sum()),
            ]
            for code in np.unique(chosen.code[taken])
        },
        "reasons": {
            direct_debit.Reason(reason).name: {
                "accounts": chosen.account[where := chosen.reason == reason].tolist(),
                "pence": int(chosen.told_pence[where].sum()),
            }
            for reason in np.unique(chosen.reason[~taken])
        },
    }


def totals(run: Run) -> tuple[int, int]:
    """Return the items and pence of a run that is done: of the file made, or of what was posted."""
    done = [(rows, one) for rows, one in run.parts.values_list("rows", "result") if "pence" in one]
    return sum(rows for rows, _ in done), sum(one["pence"] for _, one in done)


def _lock(first: int, last: int) -> None:
    """Hold the accounts of a part: a change of circumstances waits, or has been seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from (select 1 from revenues_account"
            " where id between %s and %s order by id for update) x",
            [first, last],
        )


def _add(collection: models.Collection, chosen: collecting.Chosen) -> None:
    rows = np.flatnonzero(chosen.reason == direct_debit.Reason.NONE)
    if not len(rows):
        return
    again = chosen.again_of[rows]
    columns = {
        "collection_id": np.full(len(rows), collection.pk),
        "instruction_id": chosen.instruction[rows],
        "sub_account_id": chosen.sub_account[rows],
        "due_on": chosen.due[rows].astype("datetime64[D]"),
        "pence": chosen.pence[rows],
        "code": pa.array(chosen.code[rows].tolist(), pa.string()),
        "again_of_id": pa.array(again, mask=again == collecting.NOBODY),
    }
    copying.copy("revenues_collectionitem", pa.table(columns))


def _make_file(run: Run, collection: models.Collection, *, by: commanding.Actor) -> runs.Result:
    made = debit_files.collections(run, made_on=run.on, processing_day=collection.processing_day)
    items, pence = (made.items, made.pence) if made else (0, 0)
    facts.record(
        "revenues.collection_made",
        thing=f"run/{run.pk}",
        by=by,
        on=run.on,
        entry_day=collection.entry_day,
        items=items,
        pence=pence,
    )
    _end_used_up(collection)
    return items, {"pence": pence, "items": items}


def _end_used_up(collection: models.Collection) -> None:
    """End the instructions whose last collection this is: the bank forgets them by its code."""
    models.Instruction.objects.filter(
        items__collection=collection, items__code=direct_debit.LAST, ends=None
    ).update(
        ends=date.fromordinal(collection.entry_day.toordinal() + 1),
        why_ended=models.Instruction.Ended.LAST,
    )


Item = tuple[int, int, int, int, str, str]
"""Id, id of the sub-account, pence, id of the account, its reference, name of the year."""


def _items(collection_id: int, first: int, last: int) -> list[Item]:
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, [collection_id, first, last])
        rows: list[Item] = cursor.fetchall()
    return rows


def _post(
    collection: models.Collection, part: int, rows: list[Item], *, by: commanding.Actor
) -> None:
    """Post a part as one journal, a line for each item: the bank's file is one payment."""
    codes = ledger.account_ids()
    total = sum(row[2] for row in rows)
    sides = [codes[one] for one in (IN_TRANSIT, "OWED-TO-CF", "CT-CASH-WITH-GF")]
    head = np.array([total, -total, total], np.int64)
    columns = payload.Postings(
        journal=np.zeros(len(rows) + 3, np.int64),
        account=np.array([*sides, *[codes[receiving.TO_PAYER]] * len(rows)], np.int64),
        sub_account=np.array([*[payload.NONE] * 3, *(row[1] for row in rows)], np.int64),
        pence=np.concatenate([head, -np.array([row[2] for row in rows], np.int64)]),
    )
    journals = payload.Journals(
        [f"direct-debit/collection/{collection.pk}/{part + 1}"], collection.entry_day, NARRATIVE
    )
    posting.post_batch(source=receiving.SOURCE, journals=journals, postings=columns, by=by)


def _record(collection: models.Collection, rows: list[Item], *, by: commanding.Actor) -> None:
    liable = _liable(np.array([row[3] for row in rows], np.int64))
    facts.record_many(
        "revenues.payment_collected",
        [
            facts.Happening(
                about=liable.get(account, ()),
                thing=f"revenues.account/{reference}",
                detail={"account": reference, "year": year, "pence": pence},
            )
            for _, _, pence, account, reference, year in rows
        ],
        by=by,
        on=collection.entry_day,
    )


def _liable(accounts: NDArray[np.int64]) -> dict[int, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select account_id, array_agg(distinct person_id) from revenues_liability"
            " where account_id = any(%s::bigint[]) group by 1",
            [arrays.of_ids(np.unique(accounts))],
        )
        return dict(cursor.fetchall())
