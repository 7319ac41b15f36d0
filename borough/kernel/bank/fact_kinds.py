"""What can happen to bank details: that it happened, never a number or a name."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind("kernel.bank_details_keyed", "Bank details keyed", concerns="the person"),
    FactKind("kernel.bank_details_confirmed", "Bank details confirmed", concerns="the person"),
    FactKind("kernel.bank_details_withdrawn", "Bank details withdrawn", concerns="the person"),
)
