"""Moving the instalments that are still to come, by a new bill: to another day, or further."""

from datetime import date, timedelta

import numpy as np

from borough.kernel import dated
from borough.kernel.bank import working_days
from borough.lines.revenues import laws, models, notices
from borough.lines.revenues.queries import due, instalments
from borough.rules import direct_debit, money, years

TWELVE = 12  # instalments, to March: SI 1992/613 regulation 21(1A)


def follow_plan(account: models.Account, *, on: date) -> list[models.Bill]:
    """Issue the bills by which what is to come is paid as the account pays today.

    None after a reminder of this year: what it asks for stands.
    """
    plan = account.plans.filter(dated.holds_on(on)).first()
    if plan is None or due.of_account(account.pk, years.Year.holding(on), on) is not None:
        return []
    return move(account, plan.payment_day, to_march=plan.instalments == TWELVE, on=on)


def move(
    account: models.Account, payment_day: int, *, to_march: bool = False, on: date
) -> list[models.Bill]:
    """Issue a bill of the same charge for each year whose instalments to come move.

    The first is late enough for fourteen days' notice and for the advance notice of the Direct
    Debit, else all go to the next month; what the year has no month for is spread over the others.

    Args:
        account: whose instalments.
        payment_day: of the month, 1 to 28.
        to_march: spread what is to come over all months that are left of the year, as who asks for
            twelve instalments has a right to (SI 1992/613 regulation 21(1A)).
        on: the day of issue.
    """
    newest = models.Bill.objects.filter(account=account).order_by("year", "-version")
    bills = newest.distinct("year")
    return [made for bill in bills if (made := _moved(bill, payment_day, to_march=to_march, on=on))]


def _moved(bill: models.Bill, payment_day: int, *, to_march: bool, on: date) -> models.Bill | None:
    """Return the new bill; None when nothing of this one is to come, or it is so already."""
    year = years.Year(bill.year)
    [asked] = instalments.asked_for(notices.newest(np.array([bill.account_id]), year))
    soonest = on + timedelta(days=notices.least_days(year))
    coming = [(day, pence) for day, pence in asked if day is not None and day >= soonest]
    if not coming:
        return None
    first = _first(coming[0][0], payment_day, max(soonest, _told(on)))
    months, left = max(_months(first, year), 1), sum(pence for _, pence in coming)
    number = min(len(coming), months)
    if to_march:
        number = max(number, min(months, left // laws.of(year).values["least_instalment"]))
    if bill.payment_day == payment_day and number <= len(coming):
        return None
    other = coming[-1][1] if number == len(coming) else _nearest_pound(left, number)
    made: models.Bill = models.Bill.objects.create(
        account_id=bill.account_id,
        year=bill.year,
        version=bill.version + 1,
        issued=on,
        charge_pence=bill.charge_pence,
        earlier_pence=sum(pence for _, pence in asked) - left,
        instalments=number,
        first_pence=left - (number - 1) * other,
        other_pence=other if number > 1 else 0,
        first_due=first,
        payment_day=payment_day,
    )
    return made


def _first(was: date, payment_day: int, earliest: date) -> date:
    first = was.replace(day=payment_day)
    return first if first >= earliest else direct_debit.months_later(first, 1)


def _told(on: date) -> date:
    """Return the first day for which a notice given today is in time."""
    return working_days.later(on, direct_debit.figure("advance_notice_working_days", on))


def _months(first: date, year: years.Year) -> int:
    """Return how many months the year has from the month of a day on."""
    return (year.ends.year - first.year) * 12 + year.ends.month - first.month


def _nearest_pound(left: int, number: int) -> int:
    return 100 * int(money.pence(np.array([left]), 100 * number)[0])
