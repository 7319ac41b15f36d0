"""Confirming bank details by keying them a second time, without seeing the first."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.bank import commands as bank
from borough.kernel.bank.models import BankDetails
from borough.lines.revenues import capabilities, instructing


class Differs(commanding.Refusal):
    """What the second officer keyed is not what the first did."""


@commanding.command(capabilities.SET_UP_DIRECT_DEBIT)
def confirm_by_keying(
    *,
    details: BankDetails,
    sort_code: str,
    account_number: str,
    by: commanding.Actor,
    on: date,
) -> BankDetails:
    """Confirm details by keying them again from what the payer gave.

    Raises:
        Differs: they are not the same; nobody is told which figure is wrong.
        bank.SamePerson: the same officer keyed them.
    """
    first = (details.sort_code, details.account_number)
    if not instructing.is_account(sort_code, account_number, first):
        raise Differs(
            "This is not what your colleague keyed. Look again at what the payer gave us; if it is "
            "right, cancel the Direct Debit and set it up anew."
        )
    return bank.confirm_details(details=details, by=by, on=on)
