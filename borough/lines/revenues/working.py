"""The charge of some accounts for a year, worked out from the start and changing nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borough.lines.revenues import circumstances, laws
from borough.rules import years
from borough.rules.council_tax import bill


@dataclass(frozen=True)
class Worked:
    """The charge of some accounts for a year, beside what the ledger holds.

    Attributes:
        ids: account ids, int64 (n,); references: str (n,).
        bill: the arithmetic, with its explanation.
        sub_accounts: the ledger's ids, int64 (n,).
        change_pence: what has to be posted, int64 (n,).
    """

    year: years.Year
    ids: NDArray[np.int64]
    references: list[str]
    bill: bill.Bill
    sub_accounts: NDArray[np.int64]
    change_pence: NDArray[np.int64]


def work_out(account_ids: Sequence[int], year: years.Year) -> bill.Bill:
    """Return the charge of the accounts for the year, in their order; changes nothing."""
    ids = np.array(account_ids, np.int64)
    return bill.work_out(circumstances.of(ids, year), laws.of(year))
