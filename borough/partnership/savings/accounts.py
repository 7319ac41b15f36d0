"""What the partner charges, year by year: an expense of the council, and the actual of the bridge.

An invoice or a credit note is a journal; the charge of a year is the balance of its sub-account,
and nobody can enter it.
"""

from borough.kernel.joining import AccountKind

CHARGE = AccountKind(
    "partnership.charge",
    "Charged by the partner under the contract",
    control="PARTNER-CHARGE",
    is_debt=False,
)
OWED = "PARTNER-OWED"
CONTRACT = "contract"
"""The reference of its sub-accounts; their part is the year."""
KINDS = (CHARGE,)
