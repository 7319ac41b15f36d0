"""Direct Debit instructions: set up, move to another day, stop, go on, cancel."""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.people.models import Person
from borough.lines.revenues import capabilities, instructing, models, moving_days, telling
from borough.lines.revenues.commands import changing
from borough.rules import direct_debit

_METHOD = models.Plan.Method


class AlreadyInstructed(commanding.Refusal):
    """An instruction of the account is in force."""


class NotADay(commanding.Refusal):
    """The payment day is not on offer."""


@commanding.command(capabilities.SET_UP_DIRECT_DEBIT)
def set_up(
    *,
    account: models.Account,
    payer: Person,
    given: instructing.Given,
    source: str,
    agreed_on: date,
    payment_day: int,
    by: commanding.Actor,
    on: date,
) -> models.Instruction:
    """Take a payer's authority to collect; the account then pays by Direct Debit.

    Nothing is collected before another officer has confirmed the bank details, the banks have the
    instruction, and the payer was told of amounts and days in time.

    Args:
        account: what is paid by it.
        payer: whose bank account it is; need not be liable.
        given: the bank account, as it was given.
        source: how the authority was given, an ``Instruction.Source``.
        agreed_on: when.
        payment_day: of the month, 1 to 28.
        by: who keys it.
        on: today.

    Raises:
        AlreadyInstructed: one is in force; cancel it first.
        NotADay: not a day that every month has, or agreed in the future or too long ago.
        bank.NotBankDetails, bank.CannotBelongTogether: mistyped.
    """
    changing.refuse_days(account, on)
    _refuse_day(payment_day)
    _refuse_agreed(agreed_on, on)
    if account.instructions.filter(dated.touches(on, None)).exists():
        raise AlreadyInstructed(
            f"Account {account.reference} has a Direct Debit. Cancel it first, then set up another."
        )
    details = instructing.details_of(payer, given, by=by, on=on)
    instruction: models.Instruction = account.instructions.create(
        details=details,
        reference=instructing.next_reference(account),
        source=source,
        agreed_on=agreed_on,
        starts=on,
    )
    instructing.pay_by(account, _METHOD.DIRECT_DEBIT, payment_day, on=on)
    moving_days.move(account, payment_day, on=on)
    telling.tell(account.pk, account.pk, on=on)
    changing.record(
        "revenues.direct_debit_set_up",
        account,
        on=on,
        by=by,
        also_about=(payer.pk,),
        reference=instruction.reference,
        payment_day=payment_day,
    )
    return instruction


@commanding.command(capabilities.SET_UP_DIRECT_DEBIT)
def cancel(
    *,
    instruction: models.Instruction,
    why: str = models.Instruction.Ended.PAYER,
    by: commanding.Actor,
    on: date,
) -> None:
    """End an instruction from today; what is on its way still arrives. The banks are told next.

    Raises:
        instructing.NotInForce: it has ended.
    """
    instructing.end(instruction, why=why, by=by, on=on)


@commanding.command(capabilities.SET_UP_DIRECT_DEBIT)
def change_day(
    *, account: models.Account, payment_day: int, by: commanding.Actor, on: date
) -> None:
    """Collect on another day of the month: the instalments to come move, with a new bill.

    Raises:
        instructing.NotInForce: the account has no Direct Debit.
        NotADay: not a day that every month has.
    """
    _refuse_day(payment_day)
    if not account.instructions.filter(dated.holds_on(on)).exists():
        raise instructing.NotInForce(f"Account {account.reference} has no Direct Debit.")
    instructing.pay_by(account, _METHOD.DIRECT_DEBIT, payment_day, on=on)
    moving_days.move(account, payment_day, on=on)
    telling.tell(account.pk, account.pk, on=on)
    changing.record(
        "revenues.direct_debit_day_changed", account, on=on, by=by, payment_day=payment_day
    )


@commanding.command(capabilities.SET_UP_DIRECT_DEBIT)
def stop(
    *,
    instruction: models.Instruction,
    why: str = models.Stop.Why.OFFICER,
    by: commanding.Actor,
    on: date,
) -> None:
    """Collect nothing by an instruction until somebody lets it go on.

    Raises:
        instructing.NotInForce: it has ended, or is stopped already.
    """
    instructing.halt(instruction, why=why, by=by, on=on)


@commanding.command(capabilities.SET_UP_DIRECT_DEBIT)
def resume(*, instruction: models.Instruction, by: commanding.Actor, on: date) -> None:
    """Collect again by an instruction that was stopped.

    Raises:
        instructing.NotInForce: it is not stopped.
    """
    if not instructing.go_on(instruction, by=by, on=on):
        raise instructing.NotInForce("This Direct Debit is not stopped.")


def _refuse_agreed(agreed_on: date, on: date) -> None:
    if agreed_on > on:
        raise NotADay("The instruction cannot have been given after today.")
    months = direct_debit.figure("dormant_after_months", on)
    if agreed_on < direct_debit.months_later(on, -months):
        raise NotADay(
            f"A bank forgets an instruction that is not used for {months} months. Look at the year "
            "again, or ask the payer for a new one."
        )


def _refuse_day(payment_day: int) -> None:
    if not 1 <= payment_day <= 28:
        raise NotADay("Choose a payment day from 1 to 28: every month has these.")
