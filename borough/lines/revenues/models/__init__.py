"""What is true about Council Tax accounts and dwellings, in dated rows.

Rows say what is so, never what is owed: the charge is worked out from them, and the difference to
what the ledger holds is posted.
"""

from borough.lines.revenues.models.accounts import Account, Liability
from borough.lines.revenues.models.arrangements import (
    Arrangement,
    ArrangementContact,
    ArrangementWarning,
)
from borough.lines.revenues.models.bands import Band
from borough.lines.revenues.models.billing import Bill
from borough.lines.revenues.models.changes import Change
from borough.lines.revenues.models.households import AnnexeDiscount, Disregard, Household
from borough.lines.revenues.models.occupations import Exemption, Occupation, PremiumException
from borough.lines.revenues.models.plans import Plan
from borough.lines.revenues.models.receipts import ReceiptFile, SetAside
from borough.lines.revenues.models.recovery import Step
from borough.lines.revenues.models.reductions import DisabledReduction, Reduction

__all__ = [
    "Account",
    "AnnexeDiscount",
    "Arrangement",
    "ArrangementContact",
    "ArrangementWarning",
    "Band",
    "Bill",
    "Change",
    "DisabledReduction",
    "Disregard",
    "Exemption",
    "Household",
    "Liability",
    "Occupation",
    "Plan",
    "PremiumException",
    "ReceiptFile",
    "Reduction",
    "SetAside",
    "Step",
]
