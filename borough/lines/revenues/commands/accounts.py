"""Opening and closing accounts, and how an account pays."""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.people.models import Person
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import (
    billing,
    capabilities,
    keeping,
    models,
    moving_days,
    settling,
    telling,
)
from borough.lines.revenues.commands import changing

OWNERS = {models.Liability.Basis.OWNER, models.Liability.Basis.PRESCRIBED_OWNER}


class AlreadyLiable(commanding.Refusal):
    """Somebody else is liable for the dwelling on one of those days."""


class NobodyLiable(commanding.Refusal):
    """An account needs somebody who is liable."""


class NotInTheList(commanding.Refusal):
    """The dwelling has no band on the first day."""


class AlreadyClosed(commanding.Refusal):
    """The account has an end already."""


class OwnerIsLiable(commanding.Refusal):
    """The home is of a class whose owner is liable whoever lives there."""


class NotAPlan(commanding.Refusal):
    """The instalments or the payment day are not on offer."""


@commanding.command(capabilities.OPEN_ACCOUNT)
def open_account(
    *,
    dwelling: Dwelling,
    people: Sequence[Person],
    basis: str,
    starts: date,
    adults: int | None = None,
    by: commanding.Actor,
    on: date,
) -> models.Account:
    """Make the persons liable, jointly where several, from ``starts``, and bill them.

    Raises:
        NobodyLiable: no person is given.
        AlreadyLiable: an account of the dwelling holds on or after that day.
        NotInTheList: the dwelling has no band on that day.
        OwnerIsLiable: section 8 makes the owner liable, and somebody else is named.
        changing.NotAnAdult: somebody is under 18 on that day, and liable as a resident.
        laws.LawNotKnown: that year's figures are not loaded.
    """
    with keeping.kept(
        "revenues.account_opened", capabilities.OPEN_ACCOUNT, [dwelling], by=by, on=on
    ):
        _refuse_opening(dwelling, people, basis, starts)
        account = models.Account.objects.create(
            reference=settling.next_reference(), dwelling=dwelling, starts=starts
        )
        for place, person in enumerate(people):
            second = place > 0 and basis not in OWNERS  # owners together do not live there
            account.liabilities.create(
                person=person,
                basis=models.Liability.Basis.PARTNER if second else basis,
                starts=starts,
            )
        if adults is not None:
            account.households.create(adults=adults, starts=starts)
    changing.record("revenues.account_opened", account, on=on, by=by, starts=starts)
    billing.rebill([account], on=on, by=by, because="account opened")
    return account


@commanding.command(capabilities.OPEN_ACCOUNT)
def close_account(*, account: models.Account, ends: date, by: commanding.Actor, on: date) -> int:
    """End the liability from ``ends`` and bill again; return the change in pence.

    Raises:
        AlreadyClosed: it has an end, maybe since a moment ago.
        changing.NotADay: the account would not last a day.
    """
    capability = capabilities.OPEN_ACCOUNT
    with changing.kept("revenues.account_closed", capability, account, by=by, on=on):
        account = models.Account.objects.select_for_update().get(pk=account.pk)
        if account.ends is not None:
            raise AlreadyClosed(f"Account {account.reference} is closed already.")
        if ends <= account.starts:
            raise changing.NotADay("The account must last at least a day. Enter a later day.")
        settling.close(account, ends)
    change = changing.bill_again(account, on=on, by=by, because="account closed")
    changing.record("revenues.account_closed", account, on=on, by=by, ends=ends)
    return change


@commanding.command(capabilities.CHANGE_PLAN)
def choose_plan(
    *,
    account: models.Account,
    instalments: int,
    payment_day: int,
    starts: date,
    by: commanding.Actor,
    on: date,
) -> list[models.Bill]:
    """Record in how many instalments the account pays, and when; return the bills that follow it.

    From today or earlier, what is still to come of a year that was billed is asked for in this way
    by a new bill, unless a reminder of this year has gone out: what it asks for stands. From a
    later day on, the bill of the next year asks for it so.

    It is paid by Direct Debit while an instruction is in force, and else by its bill: setting an
    instruction up and cancelling it is what changes that.

    Raises:
        NotAPlan: not ten or twelve instalments, or a day that not every month has.
        changing.NotADay: the account does not hold on the first day.
    """
    changing.refuse_days(account, starts)
    if instalments not in (10, 12) or not 1 <= payment_day <= 28:
        raise NotAPlan("Choose 10 or 12 instalments, and a payment day from 1 to 28.")
    method = models.Plan.Method
    by_debit = account.instructions.filter(dated.holds_on(on)).exists()
    capability = capabilities.CHANGE_PLAN
    with changing.kept("revenues.plan_chosen", capability, account, by=by, on=on):
        dated.write_over(
            account.plans.all(),
            starts,
            None,
            account=account,
            instalments=instalments,
            payment_day=payment_day,
            method=method.DIRECT_DEBIT if by_debit else method.CASH,
        )
    bills = moving_days.follow_plan(account, on=on) if starts <= on else []
    if by_debit:
        telling.tell(account.pk, account.pk, on=on)
    changing.record(
        "revenues.plan_chosen",
        account,
        on=on,
        by=by,
        instalments=instalments,
        payment_day=payment_day,
        starts=starts,
    )
    return bills


def _refuse_opening(dwelling: Dwelling, people: Sequence[Person], basis: str, starts: date) -> None:
    if not people or basis not in models.Liability.Basis.values:
        raise NobodyLiable("Say who is liable, and why.")
    if basis not in OWNERS:
        for person in people:
            changing.refuse_minor(person, starts, "A child is not liable as a resident.")
    held = models.Account.objects.filter(dated.touches(starts, None), dwelling=dwelling).first()
    if held is not None:
        raise AlreadyLiable(
            f"Account {held.reference} holds for this home on or after that day. Close it first."
        )
    of_class = models.OwnerLiable.objects.filter(dated.holds_on(starts), dwelling=dwelling).first()
    if of_class is not None and basis != models.Liability.Basis.PRESCRIBED_OWNER:
        raise OwnerIsLiable(
            f"This home is of class {of_class.letter}: its owner is liable, whoever lives there "
            "(section 8). Open the account for the owner of a prescribed class, or end the class."
        )
    if not models.Band.objects.filter(dated.holds_on(starts), dwelling=dwelling).exists():
        raise NotInTheList(
            "The home has no band on that day. Record the band from the valuation list first."
        )
