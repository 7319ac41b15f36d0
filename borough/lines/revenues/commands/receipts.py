"""Payments: recording one at a counter, and setting one against another year."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.bank import matching
from borough.kernel.ledger import payload
from borough.kernel.ledger.commands import opening
from borough.kernel.ledger.commands import posting as ledger
from borough.lines.revenues import allotting, billing, capabilities, models, receiving
from borough.lines.revenues.commands import changing
from borough.rules import years

SOURCE = "revenues.allotments"


class NothingBilled(commanding.Refusal):
    """The account has no year to pay."""


class NotAnAmount(commanding.Refusal):
    """Nothing, or less than nothing, was paid."""


class NothingToSet(commanding.Refusal):
    """So much of that receipt does not stand against that year."""


@commanding.command(capabilities.TAKE_PAYMENTS)
def record_payment(
    *,
    account: models.Account,
    pence: int,
    key: str,
    year: years.Year | None = None,
    by: commanding.Actor,
    on: date,
) -> None:
    """Record one payment; ``key`` (a receipt number) makes sure that it counts once.

    Raises:
        NotAnAmount: the amount is not more than nothing.
        NothingBilled: no year of the account has been billed.
    """
    if pence <= 0:
        raise NotAnAmount("Enter an amount of more than nothing.")
    target = matching.Target(billing.KIND, account.reference)
    try:
        receiving.receive(
            [matching.Receipt(key, target, pence, on, year.name if year else "")], by=by, on=on
        )
    except matching.UnknownTarget as error:
        raise NothingBilled(f"Account {account.reference} has not been billed yet.") from error


@commanding.command(capabilities.SET_RECEIPTS)
def set_against_year(
    *,
    account: models.Account,
    key: str,
    from_year: str,
    to_year: str,
    pence: int,
    by: commanding.Actor,
    on: date,
) -> None:
    """Set a receipt, or a part of it, against another year of the account.

    What was posted stays; the difference is posted, and both moves are logged.

    Args:
        account: whose receipt it is.
        key: the receipt's own.
        from_year: the year that it pays now, such as ``2024-25``.
        to_year: the year that it shall pay.
        pence: how much of it.
        by: who acts.
        on: today.

    Raises:
        NothingToSet: the years are the same or unknown, or less than that stands against the one.
    """
    source, to = _years(account, from_year, to_year)
    rows = models.Allotment.objects.filter(key=key)
    stands = sum(rows.filter(sub_account=source).values_list("pence", flat=True))
    if not 0 < pence <= stands:
        raise NothingToSet(f"That much of this receipt does not stand against {from_year}.")
    ledger.post(
        source=SOURCE,
        key=f"{key}/{rows.count()}",
        on=on,
        narrative=f"A payment set against {to_year} instead of {from_year}",
        lines=[
            payload.Line(receiving.TO_PAYER, pence, source),
            payload.Line(receiving.TO_PAYER, -pence, to),
        ],
        by=by,
    )
    _log(key, {source: -pence, to: pence}, by=by, on=on)
    changing.record(
        "revenues.payment_set",
        account,
        on=on,
        by=by,
        pence=pence,
        from_year=from_year,
        to_year=to_year,
    )


def _years(account: models.Account, from_year: str, to_year: str) -> tuple[int, int]:
    """Return the sub-accounts of two years, held until both moves are posted."""
    subs = allotting.sub_accounts([account.reference]).get(account.reference, {})
    if from_year == to_year or not {from_year, to_year} <= subs.keys():
        raise NothingToSet("Choose two different years that the account has been billed for.")
    source, to = subs[from_year][0], subs[to_year][0]
    for number in sorted((source, to)):
        opening.lock_sub_account(number)
    return source, to


def _log(key: str, moves: dict[int, int], *, by: commanding.Actor, on: date) -> None:
    for sub_account, pence in moves.items():
        models.Allotment.objects.create(
            key=key,
            sub_account_id=sub_account,
            pence=pence,
            rule=allotting.OFFICER,
            by=by.reference,
            on=on,
        )
