"""Money in: four postings a receipt, and the rule by which a receipt finds its year.

The bank account is the General Fund's; Council Tax is the Collection Fund's. So the General Fund
has the cash and owes it, and the Collection Fund is owed it by the General Fund instead of by the
payer.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import commanding
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import posting

SOURCE = "revenues.receipts"
TO_PAYER, UNMATCHED = "CT-PAYERS", "CT-UNALLOCATED"

POLICY = (
    "the year that the payer names; else the newest year that is owed for; else the newest year"
)
"""Published: it is the same for everybody, and shown beside the receipts."""


def post(
    *,
    keys: Sequence[str],
    sub_accounts: NDArray[np.int64],
    pence: NDArray[np.int64],
    on: date | NDArray[np.datetime64],
    narrative: str | Sequence[str] = "Payment received, thank you",
    control: str = TO_PAYER,
    by: commanding.Actor,
) -> posting.Posted:
    """Post receipts, each with its key; those posted before are skipped.

    Args:
        keys: (n,), unique for ever: the file and the line.
        sub_accounts: int64 (n,), whose debt becomes smaller.
        pence: int64 (n,), more than nothing.
        on: the day of each, datetime64[D] (n,), or one for all.
        narrative: what the payer reads on the statement.
        control: the control account of the sub-accounts.
        by: who acts.
    """
    n = len(keys)
    accounts = ledger.account_ids()
    four = [accounts[code] for code in ("BANK", "OWED-TO-CF", "CT-CASH-WITH-GF", control)]
    none = np.full(n, payload.NONE)
    columns = payload.Postings(
        journal=np.repeat(np.arange(n), 4),
        account=np.tile(four, n),
        sub_account=np.column_stack([none, none, none, sub_accounts]).ravel(),
        pence=np.column_stack([pence, -pence, pence, -pence]).ravel(),
    )
    journals = payload.Journals(keys, on, narrative)
    return posting.post_batch(source=SOURCE, journals=journals, postings=columns, by=by)


def year_of(asked: str | None, owed: Mapping[str, int]) -> str | None:
    """Return the year that a receipt pays, by the published policy; None when there is none.

    Args:
        asked: the year that the payer named, such as ``2025-26``.
        owed: the balance of each year of the account, by name.
    """
    if asked in owed:
        return asked
    newest_first = sorted(owed, reverse=True)
    return next((year for year in newest_first if owed[year] > 0), next(iter(newest_first), None))
