"""Credits that can be paid back, and refunds that wait for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from borough.kernel import commanding
from borough.kernel.bank.models import BankDetails, Payment
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening
from borough.kernel.pages import wording
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


def on_their_way() -> QuerySet[models.Refund]:
    """Return the refunds that were granted and have not gone to the bank, the oldest first."""
    rows = models.Refund.objects.filter(
        decision__payment__isnull=False,
        decision__payment__sent=None,
        decision__payment__taken_back=None,
    )
    return rows.select_related("account", "details", "sub_account").order_by("pk")


def became_of(payment: Payment) -> str:
    """Say in a sentence what became of a payment that was granted."""
    if taken_back := getattr(payment, "taken_back", None):
        return f"It never went: it is back on the account since {wording.day(taken_back.on)}."
    if came_back := getattr(payment, "came_back", None):
        return (
            f"The payee’s bank sent it back: it is back on the account since "
            f"{wording.day(came_back.on)}. Ask the payee for other bank details before it is "
            "asked for again."
        )
    if sent := getattr(payment, "sent", None):
        return f"It went to the bank with file {sent.file.serial}."
    return "It goes with the next file of payments."


def details_of(account: models.Account) -> Sequence[BankDetails]:
    """Return the bank details, of those liable, to which money may go."""
    liable = account.liabilities.values("person_id")
    rows = BankDetails.objects.filter(person__in=liable, withdrawn_by=None).order_by("-pk")
    return [one for one in rows if one.may_be_used]


def why_not_theirs(refund: models.Refund, officer: commanding.Actor) -> str:
    """Say why an officer may not grant a refund; "" where nothing of theirs stands against it."""
    if officer.reference == refund.asked_by:
        return "You asked for this refund. A colleague decides on it."
    if officer.reference == refund.keyed_by:
        return (
            "You keyed the bank details of this refund. A colleague who neither asked for it nor "
            "keyed them decides on it."
        )
    return ""


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
