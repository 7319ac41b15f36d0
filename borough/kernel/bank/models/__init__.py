"""What the bank's rooms keep: details, statements and what became of their entries."""

from borough.kernel.bank.models.details import BankDetails
from borough.kernel.bank.models.payments import CameBack, Payment, PaymentFile, Sent, TakenBack
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
    "CameBack",
    "Entry",
    "Payment",
    "PaymentFile",
    "Placed",
    "Sent",
    "SetAside",
    "StatementFile",
    "Stopped",
    "TakenBack",
    "TakenUp",
]
