"""Carrying a credit from one account to another of the same people."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.ledger import payload
from borough.kernel.ledger.commands import opening, posting
from borough.kernel.ledger.models import Journal
from borough.lines.revenues import capabilities, models, receiving
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import accounts

SOURCE = "revenues.transfers"


class NothingToTransfer(commanding.Refusal):
    """No year of the account is in credit."""


class NotTheirs(commanding.Refusal):
    """Nobody is liable on both accounts: it would be somebody else's money."""


class NotBilled(commanding.Refusal):
    """The other account has no year to carry the credit to."""


@commanding.command(capabilities.TRANSFER_CREDIT)
def transfer_credit(
    *, source: models.Account, to: models.Account, by: commanding.Actor, on: date
) -> list[Journal]:
    """Carry what each year of one account is in credit to the other; return the journals.

    It goes to the same year of the other account, or to its newest year where there is none.

    Raises:
        NotTheirs: nobody is liable on both.
        NothingToTransfer: there is no credit.
        NotBilled: the other account has not been billed.
    """
    _refuse_strangers(source, to)
    both = (*accounts.owed_by_year(source.reference), *accounts.owed_by_year(to.reference))
    for number in sorted(one.sub_account_id for one in both):  # as whoever carries it back does
        opening.lock_sub_account(number)
    in_credit = [one for one in accounts.owed_by_year(source.reference) if one.balance_pence < 0]
    if not in_credit:
        raise NothingToTransfer(f"Account {source.reference} is not in credit.")
    journals = [_post(source, to, one, by=by, on=on) for one in in_credit]
    changing.record(
        "revenues.credit_transferred",
        source,
        on=on,
        by=by,
        pence=-sum(one.balance_pence for one in in_credit),
        to=to.reference,
    )
    return journals


def _refuse_strangers(source: models.Account, to: models.Account) -> None:
    liable = source.liabilities.values("person_id")
    if source.pk == to.pk or not to.liabilities.filter(person_id__in=liable).exists():
        raise NotTheirs(
            f"Nobody is liable on account {source.reference} and on account {to.reference}. "
            "Refund the credit instead."
        )


def _post(
    source: models.Account,
    to: models.Account,
    credit: accounts.YearOwed,
    *,
    by: commanding.Actor,
    on: date,
) -> Journal:
    years = accounts.owed_by_year(to.reference)
    if not years:
        raise NotBilled(f"Account {to.reference} has not been billed. Bill it first.")
    into = next((one for one in years if one.year == credit.year), years[0])
    pence = -credit.balance_pence
    before = Journal.objects.filter(
        source=SOURCE, key__startswith=f"{source.reference}/{credit.year.name}/"
    ).count()
    return posting.post(
        source=SOURCE,
        key=f"{source.reference}/{credit.year.name}/{before + 1}",
        on=on,
        narrative=f"Credit of account {source.reference} carried to account {to.reference}",
        lines=[
            payload.Line(receiving.TO_PAYER, pence, credit.sub_account_id),
            payload.Line(receiving.TO_PAYER, -pence, into.sub_account_id),
        ],
        by=by,
    )
