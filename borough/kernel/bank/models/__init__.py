"""What the bank's rooms keep: details, statements and what became of their entries."""

from borough.kernel.bank.models.details import BankDetails
from borough.kernel.bank.models.statements import (
    Entry,
    Placed,
    SetAside,
    StatementFile,
    Stopped,
    TakenUp,
)

__all__ = [
    "BankDetails",
    "Entry",
    "Placed",
    "SetAside",
    "StatementFile",
    "Stopped",
    "TakenUp",
]
