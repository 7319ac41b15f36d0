"""What can be done at the bank's desk: details, statements, and money whose owner is sought."""

from borough.kernel.bank.commands.details import (
    AlreadyKeyed,
    AlreadySettled,
    CannotBelongTogether,
    NotBankDetails,
    SamePerson,
    confirm_details,
    key_details,
    withdraw_details,
)
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
    "AlreadyKeyed",
    "AlreadyLoaded",
    "AlreadySettled",
    "AlreadyTakenUp",
    "AnotherMustLook",
    "CannotBelongTogether",
    "MoreThanIsThere",
    "NotBankDetails",
    "NotMoneyIn",
    "NothingLeft",
    "Part",
    "SamePerson",
    "confirm_details",
    "key_details",
    "load_statement",
    "place_entry",
    "take_up_entry",
    "withdraw_details",
]
