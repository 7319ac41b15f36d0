"""Money that a bank took back for a Direct Debit that nobody knew: whose debt it becomes again."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.ledger import payload
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening, posting
from borough.lines.revenues import billing, capabilities, models, receiving, returning
from borough.lines.revenues.commands import changing, returned
from borough.lines.revenues.queries import returned as queries
from borough.rules import years


class NothingWaits(commanding.Refusal):
    """The money of this line has found its owner, or always had one."""


class NotBilled(commanding.Refusal):
    """The account has no debt of that year."""


@commanding.command(capabilities.LOAD_ADVICES)
def place_return(
    *,
    advice: models.Advice,
    account: models.Account,
    year: years.Year,
    by: commanding.Actor,
    on: date,
) -> None:
    """Say whose collection it was that came back: that account owes it again, and it is settled.

    Args:
        advice: of money that waits on the unallocated account.
        account: whose collection it was.
        year: which year of it the collection had paid.
        by: who has found out.
        on: today.

    Raises:
        NothingWaits: it is placed already.
        NotBilled: the account owes nothing for that year and never did.
    """
    waits = queries.unplaced([advice]).get(advice.pk)
    if waits is not None:
        opening.lock_sub_account(waits)
    if waits is None or not ledger.balances([waits])[waits]:
        raise NothingWaits("Somebody has placed this meanwhile, or it was known whose it is.")
    owes = ledger.sub_account_ids(billing.KIND, [account.reference], year.name)
    if account.reference not in owes:
        raise NotBilled(f"Account {account.reference} was not billed for {year.name}.")
    pence = ledger.balances([waits])[waits]
    posting.post(
        source=receiving.SOURCE,
        key=f"returned/placed/{advice.pk}",
        on=on,
        narrative="Direct Debit returned unpaid",
        lines=[
            payload.Line(receiving.TO_PAYER, pence, owes[account.reference]),
            payload.Line(receiving.UNMATCHED, -pence, waits),
        ],
        by=by,
    )
    returning.put_right(advice, by=by, on=on, outcome=returned.DONE)
    changing.record(
        "revenues.return_placed",
        account,
        on=on,
        by=by,
        pence=pence,
        year=year.name,
        reference=advice.reference,
    )
