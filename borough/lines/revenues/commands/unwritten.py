"""Withdrawing a notice whose letter was never written: nobody was told, so it never counted.

The law's days begin on the day on which a notice is issued; one that was not written on that day
would give too few. Withdrawn, it may be sent again when nothing stands against it.
"""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding
from borough.lines.revenues import capabilities, models, recovering, steps
from borough.lines.revenues.queries import unwritten
from borough.rules import years

HAPPENED = "revenues.notice_withdrawn"


class NothingToWithdraw(commanding.Refusal):
    """No notice is without its letter, or it was written meanwhile."""


@commanding.command(capabilities.WITHDRAW_NOTICE)
def withdraw_notice(
    *, account: models.Account, year: years.Year, by: commanding.Actor, on: date
) -> None:
    """Withdraw the newest reminder or final notice of a year, of which no letter was written.

    Raises:
        NothingToWithdraw: its letter was written, or there is none.
    """
    models.Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    notice = unwritten.withdrawable(account, year.first)
    if notice is None:
        raise NothingToWithdraw(
            f"No notice for {year.name} on account {account.reference} is without its letter."
        )
    _withdraw([notice], year, by=by, on=on)


@commanding.command(capabilities.WITHDRAW_NOTICE)
def withdraw_overdue(*, by: commanding.Actor, on: date) -> int:
    """Withdraw every reminder and final notice whose day passed with no letter; return how many.

    Raises:
        NothingToWithdraw: there is none.
    """
    ids = unwritten.overdue(on)
    accounts = set(models.Step.objects.filter(pk__in=ids).values_list("account_id", flat=True))
    held = models.Account.objects.select_for_update(no_key=True).filter(pk__in=accounts)
    list(held.order_by("pk").values_list("pk"))
    notices = list(models.Step.objects.filter(pk__in=set(ids) & set(unwritten.overdue(on))))
    if not notices:
        raise NothingToWithdraw("Every notice of an earlier day has its letter.")
    for first in sorted({one.year for one in notices}):
        mine = [one for one in notices if one.year == first]
        _withdraw(mine, years.Year(first), by=by, on=on)
    return len(notices)


def _withdraw(
    notices: Sequence[models.Step], year: years.Year, *, by: commanding.Actor, on: date
) -> None:
    references = dict(
        models.Account.objects.filter(pk__in=[one.account_id for one in notices]).values_list(
            "pk", "reference"
        )
    )
    wanted = [
        steps.Wanted(
            account_id=one.account_id,
            reference=references[one.account_id],
            act_pence=one.act_pence,
            balance_pence=one.balance_pence,
            level_pence=one.level_pence,
            bill_version=one.bill_version,
        )
        for one in notices
    ]
    taken = steps.take(models.Step.Kind.NOTICE_WITHDRAWN, wanted, year, on=on)
    recovering.record(HAPPENED, taken, year, by=by, on=on)
