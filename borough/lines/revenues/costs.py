"""Costs of the court: a debt of their own beside the year's tax, never mixed with it.

They belong to the General Fund, which pays the court, and not to the Collection Fund; so a payment
of costs has two lines where a payment of the tax has four.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import commanding
from borough.kernel.bank import matching
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening, posting
from borough.kernel.ledger.models import Posting, SubAccount
from borough.lines.revenues import billing, steps
from borough.rules import years

SOURCE, RECEIPTS = "revenues.costs", "revenues.receipts"
MOVED = "revenues.allotments"  # as a payment that is set against another year
KIND = "revenues.council_tax_costs"
CONTROL, INCOME = "CT-COSTS", "CT-COSTS-INCOME"


def part(year: years.Year) -> str:
    """Return what the debt of costs of a year is called, beside ``2025-26`` itself."""
    return f"{year.name} costs"


def post(
    taken: Sequence[steps.Wanted],
    year: years.Year,
    *,
    numbers: dict[int, int],
    people: dict[int, tuple[int, ...]],
    on: date,
    narrative: str,
    by: commanding.Actor,
) -> int:
    """Post the costs of steps, or take them back where they are negative; return their pence.

    Args:
        taken: the steps; those without costs are passed over.
        year: whose debt.
        numbers: the number of each step, by account id: with it, costs are posted once.
        people: everybody liable, by account id; each owes all of it.
        on: the day.
        narrative: what the payer reads on the statement.
        by: who acts.
    """
    rows = [one for one in taken if one.costs_pence]
    if not rows:
        return 0
    subs = _sub_accounts(rows, year, people)
    accounts = ledger.account_ids()
    pence = np.array([one.costs_pence for one in rows], np.int64)
    count = len(rows)
    columns = payload.Postings(
        journal=np.repeat(np.arange(count), 2),
        account=np.tile([accounts[CONTROL], accounts[INCOME]], count),
        sub_account=np.column_stack([subs, np.full(count, payload.NONE)]).ravel(),
        pence=np.column_stack([pence, -pence]).ravel(),
    )
    keys = [f"{year.name}/{one.reference}/{numbers[one.account_id]}" for one in rows]
    journals = payload.Journals(keys, on, narrative)
    posting.post_batch(source=SOURCE, journals=journals, postings=columns, by=by)
    return int(pence.sum())


def receive(
    sub_account: int,
    pence: int,
    *,
    key: str,
    on: date,
    by: commanding.Actor,
    origin: payload.Line | None = None,
) -> None:
    """Post a payment of costs: two lines, both of the General Fund.

    Args:
        sub_account: whose costs.
        pence: how much, more than nothing.
        key: unique for ever.
        on: the day on which it came in.
        by: who acts.
        origin: the line that the money comes from; the bank when None.
    """
    lines = [origin or payload.Line("BANK", pence), payload.Line(CONTROL, -pence, sub_account)]
    posting.post(
        source=RECEIPTS,
        key=key,
        on=on,
        narrative="Payment of costs received, thank you",
        lines=lines,
        by=by,
    )


def take_back(receipt: matching.Receipt, *, by: commanding.Actor, on: date) -> None:
    """Undo a payment of costs whose money a bank took back: the costs are owed again.

    Raises:
        matching.UnknownTarget: it was never received.
    """
    line = Posting.objects.filter(
        journal__source=RECEIPTS, journal__key=receipt.key, account__code=CONTROL
    ).first()
    if line is None or -line.pence != receipt.pence:
        raise matching.UnknownTarget(f"No such payment of {receipt.target.reference} stands.")
    posting.post(
        source=RECEIPTS,
        key=f"back/{receipt.key}",
        on=on,
        narrative="Your bank took this payment back",
        lines=[
            payload.Line("BANK", -receipt.pence),
            payload.Line(CONTROL, receipt.pence, line.sub_account_id),
        ],
        by=by,
    )


def give_back(
    reference: str, year: years.Year, *, number: int, by: commanding.Actor, on: date
) -> int:
    """Set what was paid of costs beyond what is owed against the tax; return how much, in pence.

    The General Fund had the money, so it owes it to the Collection Fund, as it does a receipt.

    Args:
        reference: of the account.
        year: whose costs, and whose tax.
        number: of the step that took the costs back: with it, it is done once.
        by: who acts.
        on: the day.
    """
    sub = parts_of(reference).get(year.name)
    if sub is None:
        return 0
    opening.lock_sub_account(sub)
    pence = -ledger.balances([sub])[sub]
    if pence <= 0:
        return 0
    tax = ledger.sub_account_ids(billing.KIND, [reference], year.name)[reference]
    posting.post(
        source=MOVED,
        key=f"costs/{year.name}/{reference}/{number}",
        on=on,
        narrative=f"Paid for costs that were taken back: set against the tax of {year}",
        lines=[
            payload.Line(CONTROL, pence, sub),
            payload.Line("OWED-TO-CF", -pence),
            payload.Line("CT-CASH-WITH-GF", pence),
            payload.Line("CT-PAYERS", -pence, tax),
        ],
        by=by,
    )
    return pence


def owed(references: Sequence[str], year: years.Year) -> dict[str, int]:
    """Return the costs still owed for a year in pence, by reference; those without any are out."""
    ids = ledger.sub_account_ids(KIND, references, part(year))
    balances = ledger.balances(ids.values())
    return {reference: balances[sub] for reference, sub in ids.items() if balances[sub]}


def parts_of(reference: str) -> dict[str, int]:
    """Return the sub-accounts of an account's costs, by the year that they are of."""
    rows = SubAccount.objects.filter(kind=KIND, reference=reference).values_list("part", "pk")
    return {name.removesuffix(" costs"): number for name, number in rows}


def _sub_accounts(
    rows: Sequence[steps.Wanted], year: years.Year, people: dict[int, tuple[int, ...]]
) -> NDArray[np.int64]:
    holders = [(row, person) for row, one in enumerate(rows) for person in people[one.account_id]]
    columns = np.array(holders, np.int64).reshape(-1, 2)
    return opening.open_sub_accounts(
        kind=KIND,
        references=[one.reference for one in rows],
        part=part(year),
        holders=(columns[:, 0].copy(), columns[:, 1].copy()),
    )
