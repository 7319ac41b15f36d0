"""What each source of the ledger means to those who pay: every figure of collecting rests on this.

A source that is not named here is counted as other, and shown so: nothing is left out quietly.
"""

from enum import StrEnum


class Meaning(StrEnum):
    """What a posting on a payer's account is."""

    CHARGE = "charge"
    CASH = "cash"
    REFUND = "refund"
    TRANSFER = "transfer"
    WRITTEN_OFF = "written_off"
    OTHER = "other"


TITLES = {
    Meaning.CHARGE: "Charged",
    Meaning.CASH: "Received",
    Meaning.REFUND: "Refunded",
    Meaning.TRANSFER: "Moved between accounts and years",
    Meaning.WRITTEN_OFF: "Written off",
    Meaning.OTHER: "Other",
}

MEANINGS = {
    "revenues.billing": Meaning.CHARGE,
    "revenues.brought_forward": Meaning.CHARGE,
    "revenues.receipts": Meaning.CASH,
    "revenues.refunds": Meaning.REFUND,
    "revenues.transfers": Meaning.TRANSFER,
    "revenues.allotments": Meaning.TRANSFER,
    "revenues.write_offs": Meaning.WRITTEN_OFF,
}

PAID = frozenset({Meaning.CASH, Meaning.REFUND, Meaning.TRANSFER})
"""What counts as collected: money in, less money given back, wherever it was first put."""


def meaning(source: str) -> Meaning:
    """Return what a source means."""
    return MEANINGS.get(source, Meaning.OTHER)
