"""Which year each payment of an account pays."""

from dataclasses import dataclass
from datetime import date

from borough.lines.revenues import billing, models


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment, or a part of it, against a year.

    Attributes:
        pence: what was set against the year; less than nothing where it was taken away again.
        stands_pence: what of the whole receipt stands against the year now; nought on rows that
            took something away.
    """

    allotment_id: int
    key: str
    on: date
    pence: int
    year: str
    rule: str
    by: str
    stands_pence: int


def of_account(reference: str) -> list[Receipt]:
    """Return the payments of an account, newest first."""
    rows = list(
        models.Allotment.objects.filter(
            sub_account__kind=billing.KIND, sub_account__reference=reference
        )
        .select_related("sub_account")
        .order_by("-pk")
    )
    stands: dict[tuple[str, int], int] = {}
    for row in rows:
        where = (row.key, row.sub_account_id)
        stands[where] = stands.get(where, 0) + row.pence
    return [
        Receipt(
            row.pk,
            row.key,
            row.on,
            row.pence,
            row.sub_account.part,
            row.rule,
            row.by,
            stands[row.key, row.sub_account_id] if row.pence > 0 else 0,
        )
        for row in rows
    ]
