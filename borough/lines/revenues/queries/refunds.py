"""Credits that can be paid back, and refunds that wait for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from borough.kernel.bank.models import BankDetails
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening
from borough.lines.revenues import allotting, models


@dataclass(frozen=True, slots=True)
class Credit:
    """A year in credit, and what of that nobody has asked to be paid back yet."""

    year: str
    sub_account_id: int
    credit_pence: int
    asked_pence: int

    @property
    def left_pence(self) -> int:
        """What may still be asked for."""
        return self.credit_pence - self.asked_pence


def credits_of(reference: str) -> list[Credit]:
    """Return the years of an account that are in credit, newest first."""
    subs = allotting.sub_accounts([reference]).get(reference, {})
    return [
        Credit(year, number, -balance, _asked(number))
        for year, (number, balance) in sorted(subs.items(), reverse=True)
        if balance < 0
    ]


def owed_elsewhere(reference: str) -> int:
    """Return what is owed for those years of an account that are not in credit, in pence."""
    subs = allotting.sub_accounts([reference]).get(reference, {})
    return sum(balance for _, balance in subs.values() if balance > 0)


def details_of(account: models.Account) -> Sequence[BankDetails]:
    """Return the bank details, of those liable, to which money may go."""
    liable = account.liabilities.values("person_id")
    rows = BankDetails.objects.filter(person__in=liable, withdrawn_by=None).order_by("-pk")
    return [one for one in rows if one.may_be_used]


def waiting() -> QuerySet[models.Refund]:
    """Return the refunds that nobody has decided on, the oldest first."""
    rows = models.Refund.objects.filter(decision=None)
    return rows.select_related("account", "details", "sub_account").order_by("pk")


def credit_left(sub_account: int) -> int:
    """Return what of a credit nobody has asked to be paid back yet, in pence.

    The sub-account is held until the transaction ends: two who ask at once follow one another.
    """
    opening.lock_sub_account(sub_account)
    credit = -ledger.balances([sub_account])[sub_account]
    return credit - _asked(sub_account)


def _asked(sub_account: int) -> int:
    rows = models.Refund.objects.filter(sub_account=sub_account, decision=None)
    return sum(rows.values_list("pence", flat=True))
