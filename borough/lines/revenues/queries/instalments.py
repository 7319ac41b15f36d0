"""The instalments of a year, and what has been paid of each.

Payments are shown against the oldest instalment first. That is for the eye alone: which payment
pays which charge is the ledger's own, dated allocation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from borough.lines.revenues import notices
from borough.rules import years


@dataclass(frozen=True, slots=True)
class Instalment:
    """What a notice asked for, by when, and what has been paid of it. ``due_on`` None: earlier."""

    due_on: date | None
    pence: int
    paid_pence: int

    @property
    def left_pence(self) -> int:
        """What is still to pay of it."""
        return self.pence - self.paid_pence

    def state(self, on: date) -> str:
        """Say in a word or two how it stands on a day."""
        if not self.left_pence:
            return "Paid"
        if self.due_on is None or self.due_on < on:
            return "Part paid, overdue" if self.paid_pence else "Overdue"
        return "Part paid" if self.paid_pence else "Due"


def of(
    account_id: int, year: years.Year, *, charged_pence: int, received_pence: int
) -> list[Instalment]:
    """Return the newest notice's instalments with payments set against the oldest first.

    Args:
        account_id: whose.
        year: of which year.
        charged_pence: what the year comes to; earlier notices may have asked for more.
        received_pence: what has been received for that year.
    """
    notice = notices.newest(np.array([account_id], np.int64), year)
    [asked] = asked_for(notice)
    return paid(asked, charged_pence=charged_pence, received_pence=received_pence)


Asked = list[tuple[date | None, int]]
"""What a notice asks for: pence by a day; by None what earlier notices had asked for."""


def asked_for(newest: notices.Newest) -> list[Asked]:
    """Return what each of many notices asks for, in their order."""
    columns = (newest.earlier_pence, newest.due_days(), newest.amounts())
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [
        [
            (None, earlier),
            *((day, pence) for day, pence in zip(days, amounts, strict=True) if day is not None),
        ]
        for earlier, days, amounts in rows
    ]


def paid(asked: Asked, *, charged_pence: int, received_pence: int) -> list[Instalment]:
    """Return what was asked for with what has been received set against the oldest first."""
    due = [
        (day, pence if day else min(pence, max(charged_pence, 0)))
        for day, pence in asked
        if day or pence
    ]
    return _paid([one for one in due if one[0] or one[1]], max(received_pence, 0))


def next_due(instalments: Sequence[Instalment], on: date) -> Instalment | None:
    """Return the first instalment that is still to come and not paid in full."""
    coming = (one for one in instalments if one.due_on and one.due_on >= on)
    return next((one for one in coming if one.left_pence > 0), None)


def overdue_pence(instalments: Sequence[Instalment], on: date) -> int:
    """Return what has fallen due before a day and is not paid."""
    fallen = (one for one in instalments if one.due_on is None or one.due_on < on)
    return sum(one.left_pence for one in fallen)


def _paid(asked: list[tuple[date | None, int]], left_pence: int) -> list[Instalment]:
    rows = []
    for due_on, pence in asked:
        paid = min(left_pence, pence)
        left_pence -= paid
        rows.append(Instalment(due_on, pence, paid))
    return rows
