"""Money for the costs of the court, kept apart from the tax: the payer says what it is for."""

from datetime import date
from uuid import uuid4

from borough.kernel import commanding
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening
from borough.kernel.pages import wording
from borough.lines.revenues import capabilities, costs, models, returning
from borough.lines.revenues.commands import changing
from borough.rules import years


class NotADay(commanding.Refusal):
    """Nobody can have paid on that day."""


class NoCostsOwed(commanding.Refusal):
    """No costs are owed for the year, or less than was offered."""


@commanding.command(capabilities.TAKE_PAYMENTS)
def take_costs_payment(
    *,
    account: models.Account,
    year: years.Year,
    pence: int,
    received: date,
    by: commanding.Actor,
    on: date,
) -> None:
    """Record a payment of the costs of a year.

    Args:
        account: whose costs.
        year: of which year.
        pence: how much, more than nothing.
        received: the day on which it came in; it counts then, or today where the ledger has closed
            that month.
        by: who records it.
        on: today.

    Raises:
        NotADay: it is yet to come, or before the year.
        NoCostsOwed: it is more than the costs that are owed; the rest belongs to the tax.
    """
    if not year.starts <= received <= on:
        raise NotADay(f"Enter a day from {wording.day(year.starts)} to today.")
    ids = ledger.sub_account_ids(costs.KIND, [account.reference], costs.part(year))
    sub = ids.get(account.reference)
    if sub is None:
        raise NoCostsOwed(f"No costs of the court are owed for {year.name}.")
    opening.lock_sub_account(sub)
    owed = max(ledger.balances([sub])[sub], 0)
    if not 0 < pence <= owed:
        raise NoCostsOwed(
            f"Costs of £{owed // 100}.{owed % 100:02} are owed for {year.name}. Record no more "
            "than that here, and the rest as a payment of the tax."
        )
    counts_on = returning.open_day(received, on)
    costs.receive(sub, pence, key=f"costs/{uuid4().hex}", on=counts_on, by=by)
    changing.record(
        "revenues.costs_paid", account, on=on, by=by, year=year.name, pence=pence, received=received
    )
