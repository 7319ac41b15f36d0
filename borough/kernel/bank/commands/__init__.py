"""What can be done at the bank's desk: details, statements, and money whose owner is sought."""

from borough.kernel.bank.commands.details import (
    AlreadyKeyed,
    AlreadySettled,
    CannotBelongTogether,
    NotBankDetails,
    SamePerson,
    confirm_by_keying_again,
    confirm_details,
    key_details,
    withdraw_details,
)
from borough.kernel.bank.commands.paid_out import PAYMENTS, NotThatMoney, match_paid_out
from borough.kernel.bank.commands.payments import (
    CannotBeSent,
    ChangedMeanwhile,
    DoesNotMatch,
    NothingToSend,
    payment_came_back,
    send_payments,
)
from borough.kernel.bank.commands.rows import NotToBeTakenIn, take_in_row
from borough.kernel.bank.commands.statements import (
    AlreadyLoaded,
    AlreadyTakenUp,
    AnotherMustLook,
    NotMoneyIn,
    load_statement,
    take_up_entry,
)
from borough.kernel.bank.commands.suspense import (
    MoreThanIsThere,
    NothingLeft,
    Part,
    place_entry,
)

__all__ = [
    "PAYMENTS",
    "AlreadyKeyed",
    "AlreadyLoaded",
    "AlreadySettled",
    "AlreadyTakenUp",
    "AnotherMustLook",
    "CannotBeSent",
    "CannotBelongTogether",
    "ChangedMeanwhile",
    "DoesNotMatch",
    "MoreThanIsThere",
    "NotBankDetails",
    "NotMoneyIn",
    "NotThatMoney",
    "NotToBeTakenIn",
    "NothingLeft",
    "NothingToSend",
    "Part",
    "SamePerson",
    "confirm_by_keying_again",
    "confirm_details",
    "key_details",
    "load_statement",
    "match_paid_out",
    "payment_came_back",
    "place_entry",
    "send_payments",
    "take_in_row",
    "take_up_entry",
    "withdraw_details",
]
