"""The payer's new bank account, as the bank that they left or joined has told us.

Where the account moved within its bank, or the bank amended the instruction, the instruction lives
on with the new details. Where it moved to another bank the new one does not have it yet: another
is lodged in its place, and the payer is told before anything is collected by it. A second officer
confirms the details either way, by keying them again.
"""

from datetime import date

from borough.kernel import commanding
from borough.kernel.bank import advices
from borough.kernel.bank.models import BankDetails
from borough.lines.revenues import capabilities, instructing, models, returning, telling
from borough.lines.revenues.commands import keying, returned
from borough.lines.revenues.queries import new_details as queries

_STOPPED_FOR = models.Stop.Why.DETAILS


class NoNewDetails(commanding.Refusal):
    """The bank gave no other account, or it is about no instruction that is in force."""


@commanding.command(capabilities.SET_UP_DIRECT_DEBIT)
def take_over(
    *,
    advice: models.Advice,
    given: instructing.Given,
    by: commanding.Actor,
    on: date,
) -> models.Instruction:
    """Collect from the payer's new bank account, keyed from the bank's advice.

    Nothing is collected from it before another officer has confirmed it.

    Args:
        advice: of an account that moved, with the new one in its file.
        given: the new account, as the officer reads it from the bank's report.
        by: who keys it.
        on: today.

    Returns:
        The instruction by which is collected from now on.

    Raises:
        NoNewDetails: the advice has none, or the instruction has ended.
        keying.Differs: what was keyed is not what the bank's file says.
        returning.AlreadySettled: somebody was quicker.
        bank.NotBankDetails, bank.CannotBelongTogether: mistyped.
    """
    held, found = advice.instruction, queries.of_advice(advice)
    if held is None or found is None:
        raise NoNewDetails(
            "The bank gave no new account. Ask the payer for another instruction, and set it up."
        )
    if held.ends is not None:
        raise NoNewDetails(f"Direct Debit {held.reference} has ended. Set up another.")
    _refuse_other(given, found)
    returning.settle_once(advice, outcome=returned.DONE, by=by, on=on)
    details = instructing.details_of(held.details.person, given, by=by, on=on)
    anew = advices.is_lodged_anew(advice.kind, advice.code, on=advice.on)
    now = _replaced(held, details, by=by, on=on) if anew else _amended(held, details, by=by, on=on)
    instructing.record("revenues.direct_debit_details_changed", now, by=by, on=on)
    return now


def _refuse_other(given: instructing.Given, found: queries.NewDetails) -> None:
    if not instructing.is_account(given.sort_code, given.account_number, found.account):
        raise keying.Differs(
            "This is not the account that the bank’s file gives. Look again at its report; if the "
            "payer says otherwise, cancel the Direct Debit and set it up anew."
        )


def _amended(
    held: models.Instruction, details: BankDetails, *, by: commanding.Actor, on: date
) -> models.Instruction:
    """Give an instruction that lives on its new details; what was stopped for them goes on."""
    held.details = details
    held.save(update_fields=["details"])
    if held.stops.filter(why=_STOPPED_FOR, ends=None).exists():
        instructing.go_on(held, by=by, on=on)
    return held


def _replaced(
    held: models.Instruction, details: BankDetails, *, by: commanding.Actor, on: date
) -> models.Instruction:
    """Lodge another instruction with the new bank; the old one has ended it, and is not told."""
    account = held.account
    instructing.end(held, why=models.Instruction.Ended.BANK, by=by, on=on)
    held.refresh_from_db(fields=["ends"])
    now: models.Instruction = account.instructions.create(
        details=details,
        reference=instructing.next_reference(account),
        source=held.source,
        agreed_on=held.agreed_on,
        starts=held.ends or on,
    )
    instructing.pay_by(account, models.Plan.Method.DIRECT_DEBIT, None, on=now.starts)
    telling.tell(account.pk, account.pk, on=now.starts)
    return now
