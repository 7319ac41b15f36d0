"""What a returned collection does: it is found, its receipt is taken back, its allocation undone.

A receipt is one line of a day's journal, so it is taken back by a posting of its own, in an open
period; the charge it paid stands again. Money that a bank took back for an item that nobody knows
waits on the unallocated account: the file always nets to the ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Sum
from numpy.typing import NDArray

from borough.kernel import commanding
from borough.kernel.bank import advices
from borough.kernel.ledger import chart, payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import allocating, opening, posting
from borough.kernel.ledger.models import Allocation, Posting
from borough.lines.revenues import collections, models, receiving, transit

UNKNOWN = "revenues.unallocated"
UNDONE = "the payment came back"
_TAKING_BACK = 0x42_41_43_4B  # "BACK": the number of the lock, so that it meets no other


class AlreadySettled(commanding.Refusal):
    """Somebody has settled it."""


class NotPosted(commanding.Refusal):
    """A collection that comes back has not been posted as received."""


@dataclass(frozen=True, slots=True)
class Back:
    """Money that a bank took back: of which item (None: nobody knows), how much, under which key.

    ``key`` is unique for ever: the file and the position in it.
    """

    item: models.CollectionItem | None
    pence: int
    key: str


def alone() -> None:
    """Take back one at a time: a claim keyed while a file is loaded finds what the file has found.

    The lock holds until the transaction ends; take it before asking what came back before.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_TAKING_BACK])


def key(sha256: str, position: int) -> str:
    """Return what makes a line of a file post once; the name of a sub-account has sixty places."""
    return f"returned/{sha256[:32]}/{position}"


def put_right(advice: models.Advice, *, outcome: str, by: commanding.Actor, on: date) -> None:
    """Keep that nothing more is to be done about an advice; settled before, it stays so."""
    models.Settled.objects.get_or_create(
        advice=advice, defaults={"outcome": outcome, "by": by.reference, "on": on}
    )


def settle_once(
    advice: models.Advice, *, outcome: str, by: commanding.Actor, on: date
) -> models.Settled:
    """Keep what came of an advice that waited.

    Raises:
        AlreadySettled: somebody was quicker.
    """
    try:
        with transaction.atomic():
            settled: models.Settled = models.Settled.objects.create(
                advice=advice, outcome=outcome, by=by.reference, on=on
            )
    except IntegrityError as error:
        raise AlreadySettled("Somebody has settled this meanwhile.") from error
    return settled


@dataclass(frozen=True, slots=True)
class Found:
    """Which items came back, by position in the file, and which had come back before."""

    items: Mapping[int, models.CollectionItem]
    before: frozenset[int]


def find(returned: Sequence[advices.Returned]) -> Found:
    """Find the collection items that came back: by reference, amount and processing day.

    Each is found once. One that came back before is told apart: another file says it again, and
    nothing is posted for it a second time.
    """
    known = models.CollectionItem.objects.filter(
        instruction__reference__in={one.reference for one in returned}
    ).annotate(came_back=Exists(models.Advice.objects.filter(item=OuterRef("pk"))))
    waiting: dict[tuple[str, int, date], list[models.CollectionItem]] = {}
    gone = set()
    for item in known.select_related("instruction__account", "collection").order_by("-id"):
        name = (item.instruction.reference, item.pence, item.collection.processing_day)
        if item.came_back:
            gone.add(name)
        else:
            waiting.setdefault(name, []).append(item)
    found, before = {}, set()
    for one in returned:
        if name_of := _newest(one, waiting):
            found[one.position] = waiting[name_of].pop()
        elif _newest(one, gone):
            before.add(one.position)
        if name_of and not waiting[name_of]:
            del waiting[name_of]
    return Found(found, frozenset(before))


def _newest(
    one: advices.Returned, keys: Iterable[tuple[str, int, date]]
) -> tuple[str, int, date] | None:
    """Return the newest of the keys that an advice may mean, or None."""
    same = [
        key
        for key in keys
        if key[:2] == (one.reference, one.pence) and one.processed_on in {key[2], None}
    ]
    return max(same, default=None)


def take_back(
    backs: Sequence[Back], *, value_on: date | None, by: commanding.Actor, on: date
) -> None:
    """Post what banks took back and undo what it had paid; done twice, nothing is posted twice.

    Args:
        backs: each item, or money for an item that nobody knows.
        value_on: the day of the file; used where its period is open and it is not to come.
        by: who acts.
        on: today.

    Raises:
        NotPosted: a collection among them is not posted as received.
    """
    if not backs:
        return
    _refuse_unposted(backs)
    codes = ledger.account_ids()
    subs, controls = _sub_accounts(backs, codes)
    sides = [codes[one] for one in ("OWED-TO-CF", collections.IN_TRANSIT, "CT-CASH-WITH-GF")]
    n = len(backs)
    pence = np.array([one.pence for one in backs], np.int64)
    accounts = np.column_stack([np.tile(sides, (n, 1)), controls])
    none = np.full((n, 3), payload.NONE)
    posting.post_batch(
        source=receiving.SOURCE,
        journals=payload.Journals(
            [one.key for one in backs], open_day(value_on, on), [_narrative(one) for one in backs]
        ),
        postings=payload.Postings(
            journal=np.repeat(np.arange(n), 4),
            account=accounts.ravel(),
            sub_account=np.column_stack([none, subs]).ravel(),
            pence=np.column_stack([pence, -pence, -pence, pence]).ravel(),
        ),
        by=by,
    )
    for one in backs:
        if one.item is not None:
            _undo_allocations(one.item, by=by, on=on)


def _refuse_unposted(backs: Sequence[Back]) -> None:
    waiting = set(transit.unposted())
    first = next((b.item for b in backs if b.item and b.item.collection_id in waiting), None)
    if first is not None:
        day = first.collection.entry_day
        raise NotPosted(
            f"The collection of {day.day} {day:%B %Y} is not posted as received yet. "
            "Post it first, then load this file."
        )


def _sub_accounts(
    backs: Sequence[Back], codes: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return whose debt each becomes again, and its control account, (n,) each."""
    unknown = [one.key for one in backs if one.item is None]
    opened = opening.open_sub_accounts(kind=UNKNOWN, references=unknown).tolist() if unknown else []
    waiting = iter(opened)
    subs = [one.item.sub_account_id if one.item else next(waiting) for one in backs]
    controls = [codes[receiving.TO_PAYER if one.item else receiving.UNMATCHED] for one in backs]
    return np.array(subs, np.int64), np.array(controls, np.int64)


def open_day(value_on: date | None, on: date) -> date:
    """Return the day of a file where its period still takes postings, else today."""
    if value_on is None or value_on > on:
        return on
    period = ledger.open_period(value_on, book=chart.MAIN)
    same = period is not None and period.month == value_on.year * 100 + value_on.month
    return value_on if same else on


def _narrative(back: Back) -> str:
    if back.item is None:
        return "Direct Debit returned, not yet matched"
    day = back.item.collection.entry_day
    return f"Direct Debit of {day.day} {day:%B} returned unpaid"


def _undo_allocations(item: models.CollectionItem, *, by: commanding.Actor, on: date) -> None:
    """Add what undoes each allocation of the item's receipt; nothing is taken away."""
    prefix = f"direct-debit/collection/{item.collection_id}/"
    receipts = Posting.objects.filter(
        journal__source=receiving.SOURCE,
        journal__key__startswith=prefix,
        sub_account_id=item.sub_account_id,
        pence=-item.pence,
    ).values_list("journal_id", "line")
    for receipt in receipts[:1]:
        undo_allocations(receipt, item.sub_account_id, why=UNDONE, by=by, on=on)


def undo_allocations(
    receipt: tuple[int, int], sub_account_id: int, *, why: str, by: commanding.Actor, on: date
) -> None:
    """Add what undoes each allocation of a receipt, its journal and line; nothing is taken away."""
    journal, line = receipt
    paid = (
        Allocation.objects.filter(payment_journal_id=journal, payment_line=line)
        .values("charge_journal_id", "charge_line")
        .annotate(left=Sum("pence"))
        .filter(left__gt=0)
    )
    parts = [
        allocating.Part(receipt, (row["charge_journal_id"], row["charge_line"]), -row["left"])
        for row in paid
    ]
    if parts:
        allocating.allocate(sub_account_id, parts, policy=why, by=by, on=on)
