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
from borough.lines.revenues.models.collections import (
    Collection,
    CollectionItem,
    Credited,
    SentFile,
)
from borough.lines.revenues.models.households import AnnexeDiscount, Disregard, Household
from borough.lines.revenues.models.instructions import (
    AdvanceNotice,
    Instruction,
    InstructionMessage,
    Stop,
)
from borough.lines.revenues.models.occupations import Exemption, Occupation, PremiumException
from borough.lines.revenues.models.owners import Grant, OwnerLiable
from borough.lines.revenues.models.placements import (
    Agent,
    AgentFile,
    AgentReturn,
    AgentRow,
    Recall,
    ReturnRow,
)
from borough.lines.revenues.models.plans import Plan
from borough.lines.revenues.models.receipts import Allotment
from borough.lines.revenues.models.recovery import Step
from borough.lines.revenues.models.reductions import DisabledReduction, Reduction
from borough.lines.revenues.models.refunds import Refund, RefundDecision
from borough.lines.revenues.models.remedies import (
    AttachedAmount,
    Attachment,
    Deduction,
    DeductionTakenBack,
    Remedy,
)
from borough.lines.revenues.models.returned import (
    Advice,
    AdviceFile,
    Settled,
    TriedAgain,
)
from borough.lines.revenues.models.reviews import Review, ReviewAnswer, ReviewLetter
from borough.lines.revenues.models.write_offs import WriteBack, WriteOff, WriteOffDecision

__all__ = [
    "Account",
    "AdvanceNotice",
    "Advice",
    "AdviceFile",
    "Agent",
    "AgentFile",
    "AgentReturn",
    "AgentRow",
    "Allotment",
    "AnnexeDiscount",
    "Arrangement",
    "ArrangementContact",
    "ArrangementWarning",
    "AttachedAmount",
    "Attachment",
    "Band",
    "Bill",
    "Change",
    "Collection",
    "CollectionItem",
    "Credited",
    "Deduction",
    "DeductionTakenBack",
    "DisabledReduction",
    "Disregard",
    "Exemption",
    "Grant",
    "Household",
    "Instruction",
    "InstructionMessage",
    "Liability",
    "Occupation",
    "OwnerLiable",
    "Plan",
    "PremiumException",
    "Recall",
    "Reduction",
    "Refund",
    "RefundDecision",
    "Remedy",
    "ReturnRow",
    "Review",
    "ReviewAnswer",
    "ReviewLetter",
    "SentFile",
    "Settled",
    "Step",
    "Stop",
    "TriedAgain",
    "WriteBack",
    "WriteOff",
    "WriteOffDecision",
]
