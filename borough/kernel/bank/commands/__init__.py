"""What can be done with bank details: key, confirm by another officer, withdraw."""

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

__all__ = [
    "AlreadyKeyed",
    "AlreadySettled",
    "CannotBelongTogether",
    "NotBankDetails",
    "SamePerson",
    "confirm_details",
    "key_details",
    "withdraw_details",
]
