"""Debts that can be given up, what stands against collecting them, and what waits to be decided."""

from datetime import date

from django.db.models import QuerySet

from borough.kernel.holds import queries as holds
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening
from borough.lines.revenues import allotting, models


def owed_by_year(reference: str) -> dict[str, int]:
    """Return the years of an account that are owed for, the oldest first, in pence."""
    subs = allotting.sub_accounts([reference]).get(reference, {})
    return {year: balance for year, (_, balance) in sorted(subs.items()) if balance > 0}


def left_to_write_off(sub_account: int) -> int:
    """Return what of a debt nobody has asked to be written off yet, in pence.

    The sub-account is held until the transaction ends: two who ask at once follow one another.
    """
    opening.lock_sub_account(sub_account)
    owed = ledger.balances([sub_account])[sub_account]
    asked = models.WriteOff.objects.filter(sub_account=sub_account, decision=None)
    return owed - sum(asked.values_list("pence", flat=True))


def stays(account: models.Account, year: str, on: date) -> list[holds.Reason]:
    """Return what stands against collecting a debt by any act: holds, needs, arrangements, claims.

    A debt that somebody is being helped with is not given up in passing.
    """
    people = tuple(account.liabilities.values_list("person_id", flat=True))
    standing = holds.standing(holds.Debt(account.thing, people, year), on)
    return list(dict.fromkeys(reason for reasons in standing.values() for reason in reasons))


def waiting() -> QuerySet[models.WriteOff]:
    """Return the write-offs that nobody has decided on, the oldest first."""
    rows = models.WriteOff.objects.filter(decision=None)
    return rows.select_related("account", "sub_account").order_by("pk")


def of_account(account: models.Account) -> QuerySet[models.WriteOff]:
    """Return the write-offs of an account, newest first."""
    rows = models.WriteOff.objects.filter(account=account)
    return rows.select_related("sub_account", "decision", "write_back").order_by("-pk")
