"""The checks made before the database is asked: the same rules, with sentences that name the fault.

The database checks again as the batch is sealed, because it alone cannot be bypassed.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.kernel.ledger import models, payload, refusals
from borough.rules import money


@dataclass(frozen=True, slots=True)
class Accounts:
    """The chart as columns, sorted by id: id, fund, whether it is a control account, (k,)."""

    id: NDArray[np.int64]
    fund: NDArray[np.int64]
    control: NDArray[np.bool_]


def chart() -> Accounts:
    """Return the chart of accounts as columns; one query."""
    rows = list(models.Account.objects.order_by("pk").values_list("pk", "fund_id", "control_for"))
    return Accounts(
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        np.array([bool(row[2]) for row in rows], np.bool_),
    )


def refuse_misshapen(journals: payload.Journals, postings: payload.Postings) -> None:
    """Refuse columns of different lengths, or of anything but whole numbers.

    Raises:
        refusals.MisshapenBatch: the columns do not fit each other, or a row number is out of range.
        refusals.NotAnAmount: the pence are not whole.
    """
    n = len(journals.key)
    if np.size(postings.pence) and np.asarray(postings.pence).dtype.kind not in "iu":
        raise refusals.NotAnAmount("Amounts are posted in whole pence, as whole numbers.")
    ids = (postings.journal, postings.account, postings.sub_account)
    if any(np.asarray(column).dtype.kind not in "iu" for column in ids):
        raise refusals.MisshapenBatch("Journals, accounts and sub-accounts are whole numbers.")
    if len({np.shape(column) for column in (*ids, postings.pence)}) != 1 or n == 0:
        raise refusals.MisshapenBatch(
            "A batch needs at least one journal, and posting columns of one length."
        )
    if isinstance(journals.on, np.ndarray) and len(journals.on) != n:
        raise refusals.MisshapenBatch("A batch needs one day, or a day for each journal.")
    if not isinstance(journals.narrative, str) and len(journals.narrative) != n:
        raise refusals.MisshapenBatch("A batch needs one narrative, or one for each journal.")
    if (
        np.size(postings.journal)
        and not 0 <= np.min(postings.journal) <= np.max(postings.journal) < n
    ):
        raise refusals.MisshapenBatch(f"A posting names a journal beyond the {n} of the batch.")


def refuse_faults(draft: payload.Draft, accounts: Accounts) -> None:
    """Refuse a batch that the database would refuse, and say which journal is at fault.

    Raises:
        refusals.LedgerRefusal: of the kind that fits, naming the key of the first fault.
    """
    _refuse_doubled_keys(draft)
    _refuse_thin(draft)
    _refuse_amounts(draft)
    where = np.searchsorted(accounts.id, draft.account)
    where = np.minimum(where, len(accounts.id) - 1)
    _refuse_accounts(draft, accounts, where)
    _refuse_unbalanced(draft, accounts.fund[where])


def _refuse_doubled_keys(draft: payload.Draft) -> None:
    if len(set(draft.key)) == len(draft.key):
        return
    seen: set[str] = set()
    for key in draft.key:
        if key in seen:
            raise refusals.KeyDoubled(f"The batch names {key} twice. Post it once.")
        seen.add(key)


def _refuse_thin(draft: payload.Draft) -> None:
    if len(draft.key) > models.MOST_JOURNALS:
        raise refusals.MisshapenBatch(
            f"A batch holds at most {models.MOST_JOURNALS:,} journals. Divide it."
        )
    thin = np.flatnonzero(np.diff(draft.first) < 2)
    if thin.size:
        raise refusals.TooFewLines(f"{draft.key[thin[0]]} needs at least two lines.")
    if draft.line.max() > np.iinfo(np.int16).max:
        longest = draft.key[int(np.argmax(np.diff(draft.first)))]
        raise refusals.MisshapenBatch(f"{longest} has over 32,767 lines. Divide it.")


def _refuse_amounts(draft: payload.Draft) -> None:
    size = np.abs(draft.pence)
    fault = np.flatnonzero((draft.pence == 0) | (size > models.LARGEST_POSTING_PENCE) | (size < 0))
    if fault.size:
        raise refusals.NotAnAmount(
            f"{_key(draft, fault)} has a line of {money.pounds(int(draft.pence[fault[0]]))}. "
            "A line must be more than nought and at most £10,000,000,000."
        )


def _refuse_accounts(draft: payload.Draft, accounts: Accounts, where: NDArray[Any]) -> None:
    if not len(accounts.id):
        raise refusals.UnknownAccount("The chart of accounts is empty. Lay it first.")
    fault = np.flatnonzero(accounts.id[where] != draft.account)
    if fault.size:
        raise refusals.UnknownAccount(
            f"{_key(draft, fault)} posts to account {draft.account[fault[0]]}, "
            "which is not in the chart."
        )
    fault = np.flatnonzero(accounts.control[where] != (draft.sub_account >= 0))
    if fault.size:
        needs = "needs" if accounts.control[where[fault[0]]] else "cannot have"
        code = models.Account.objects.get(pk=int(draft.account[fault[0]])).code
        raise refusals.UnknownSubAccount(
            f"{_key(draft, fault)} posts to {code}, which {needs} a sub-account."
        )


def _refuse_unbalanced(draft: payload.Draft, fund: NDArray[np.int64]) -> None:
    _, column = np.unique(fund, return_inverse=True)
    totals = np.zeros((len(draft.key), int(column.max()) + 1), np.int64)
    np.add.at(totals, (draft.journal, column), draft.pence)
    fault = np.argwhere(totals != 0)
    if fault.size:
        journal, in_fund = fault[0]
        which = int(fund[np.flatnonzero(column == in_fund)[0]])
        raise refusals.Unbalanced(
            f"{draft.key[journal]} does not balance in the {models.Fund.objects.get(pk=which)}: "
            f"debits less credits are {money.pounds(int(totals[journal, in_fund]))}."
        )


def _key(draft: payload.Draft, fault: NDArray[Any]) -> str:
    return str(draft.key[draft.journal[fault[0]]])
