"""What other systems told, whose file told it, and on which days we held it to be so."""

from borough.resident.sources.models.feeds import Feed, FeedFile, SetAside, Staged, Withdrawal
from borough.resident.sources.models.told import (
    Award,
    AwardState,
    Consent,
    Contact,
    Debt,
    DebtState,
    Liable,
    Notice,
    NoticeDecision,
    Record,
    RecordState,
)

__all__ = [
    "Award",
    "AwardState",
    "Consent",
    "Contact",
    "Debt",
    "DebtState",
    "Feed",
    "FeedFile",
    "Liable",
    "Notice",
    "NoticeDecision",
    "Record",
    "RecordState",
    "SetAside",
    "Staged",
    "Withdrawal",
]
