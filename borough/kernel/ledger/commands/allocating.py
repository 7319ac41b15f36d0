"""Which payment pays which charge: added rows, which never touch the postings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from borough.kernel import commanding
from borough.kernel.ledger import models, refusals


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a payment pays a charge. Both are (journal id, line); negative pence undo."""

    payment: tuple[int, int]
    charge: tuple[int, int]
    pence: int


def allocate(
    sub_account_id: int, parts: Sequence[Part], *, policy: str, by: commanding.Actor, on: date
) -> None:
    """Add allocations within one sub-account: all, or none.

    Args:
        sub_account_id: whose payments and charges they are.
        parts: what pays what.
        policy: the rule that chose, e.g. "oldest first".
        by: who acts.
        on: the day.

    Raises:
        refusals.AllocationTooLarge: more than was paid, was charged, or had been allocated.
    """
    with refusals.in_words(), transaction.atomic():
        models.Allocation.objects.bulk_create(
            models.Allocation(
                sub_account_id=sub_account_id,
                payment_journal_id=part.payment[0],
                payment_line=part.payment[1],
                charge_journal_id=part.charge[0],
                charge_line=part.charge[1],
                pence=part.pence,
                policy=policy,
                by=by.reference,
                on=on,
            )
            for part in parts
        )
