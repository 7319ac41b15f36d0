"""What can be done to the ledger: post, reverse, open sub-accounts, allocate, close and reopen."""

from borough.kernel.ledger.commands.allocating import Part, allocate
from borough.kernel.ledger.commands.opening import lock_sub_account, open_sub_accounts
from borough.kernel.ledger.commands.periods import close_period, reopen_period
from borough.kernel.ledger.commands.posting import Posted, post, post_batch, reverse
from borough.kernel.ledger.payload import NONE, Journals, Line, Postings

__all__ = [
    "NONE",
    "Journals",
    "Line",
    "Part",
    "Posted",
    "Postings",
    "allocate",
    "close_period",
    "lock_sub_account",
    "open_sub_accounts",
    "post",
    "post_batch",
    "reopen_period",
    "reverse",
]
