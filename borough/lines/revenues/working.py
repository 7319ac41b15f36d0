"""The charge of some accounts for a year, worked out from the start and changing nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borough.kernel import commanding
from borough.lines.revenues import circumstances, laws
from borough.rules import engine, years
from borough.rules.council_tax import bands, bill


class CannotWorkOut(commanding.Refusal):
    """A circumstance is missing or impossible; the sentence says which."""


@dataclass(frozen=True)
class Worked:
    """The charge of some accounts for a year, beside what the ledger holds.

    Attributes:
        ids: account ids, int64 (n,); references: str (n,).
        bill: the arithmetic, with its explanation.
        liable: who is liable on some day of the year: row numbers and person ids, int64 (h,) each.
        sub_accounts: the ledger's ids, int64 (n,).
        change_pence: what has to be posted, int64 (n,).
    """

    year: years.Year
    ids: NDArray[np.int64]
    references: list[str]
    bill: bill.Bill
    liable: tuple[NDArray[np.int64], NDArray[np.int64]]
    sub_accounts: NDArray[np.int64]
    change_pence: NDArray[np.int64]


def work_out(account_ids: Sequence[int], year: years.Year) -> bill.Bill:
    """Return the charge of the accounts for the year, in their order.

    Raises:
        CannotWorkOut: a day without a band, a parish without an amount.
        laws.LawNotKnown: the year's figures are not loaded.
    """
    ids = np.array(account_ids, np.int64)
    return under(laws.of(year), circumstances.of(ids, year))


def under(law: bill.Law, accounts: bill.Accounts) -> bill.Bill:
    """Return the charge of these circumstances under a law: this year's, or a what-if.

    Raises:
        CannotWorkOut: a day without a band, a parish without an amount.
    """
    try:
        return bill.work_out(accounts, law)
    except engine.BadFacts as error:
        raise CannotWorkOut(str(next(fault for fault in error.faults if fault))) from error
    except bands.AmountNotKnown as error:
        raise CannotWorkOut(str(error)) from error


def sound(account_ids: Sequence[int], year: years.Year) -> tuple[list[int], list[tuple[int, str]]]:
    """Return the accounts that can be billed, and those that cannot with the reason.

    Halves what fails until the culprits stand alone, so that one bad row stops nobody else's bill.
    """
    if not account_ids:
        return [], []
    try:
        work_out(account_ids, year)
    except CannotWorkOut as fault:
        if len(account_ids) == 1:
            return [], [(account_ids[0], str(fault))]
        half = len(account_ids) // 2
        left, left_out = sound(account_ids[:half], year)
        right, right_out = sound(account_ids[half:], year)
        return left + right, left_out + right_out
    return list(account_ids), []
