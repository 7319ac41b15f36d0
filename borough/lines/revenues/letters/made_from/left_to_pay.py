"""When the rest of an account is to be paid, as a letter lists it."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from borough.lines.revenues import models, notices
from borough.lines.revenues.letters import frame
from borough.lines.revenues.queries import accounts, instalments
from borough.rules import years

Payments = tuple[frame.Payment, ...]
Owed = Mapping[str, Sequence[accounts.YearOwed]]


def by_day(kept: Sequence[models.Account], owed: Owed, first: date) -> dict[int, Payments]:
    """Return the days and amounts of what each account owes, by its id.

    Args:
        kept: the accounts.
        owed: the years that count, by the account's reference.
        first: what is due by this day, or is late already, is to be paid by it.
    """
    due: dict[int, dict[date, int]] = {one.pk: {} for one in kept}
    for year_first in sorted({held.year.first for some in owed.values() for held in some}):
        year = years.Year(year_first)
        newest = notices.newest(np.array([one.pk for one in kept], np.int64), year)
        for account, asked in zip(kept, instalments.asked_for(newest), strict=True):
            for held in owed.get(account.reference, ()):
                if held.year == year:
                    _add(due[account.pk], asked, held, first)
    return {number: _payments(days) for number, days in due.items()}


def _add(
    due: dict[date, int], asked: instalments.Asked, held: accounts.YearOwed, first: date
) -> None:
    paid = instalments.paid(
        asked, charged_pence=held.charged_pence, received_pence=held.received_pence
    )
    rest = held.balance_pence
    for one in paid:
        if one.due_on and one.due_on > first and one.left_pence > 0:
            due[one.due_on] = due.get(one.due_on, 0) + one.left_pence
            rest -= one.left_pence
    if rest:  # late already, asked for by an earlier system, or a credit of another year
        due[first] = due.get(first, 0) + rest


def _payments(due: Mapping[date, int]) -> Payments:
    return tuple(frame.Payment(due_on=day, pence=pence) for day, pence in sorted(due.items()))
