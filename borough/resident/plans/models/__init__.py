"""What a household can spare, what it agreed to pay, what it paid, and what was passed on."""

from borough.resident.plans.models.guidelines import Guideline
from borough.resident.plans.models.payments import (
    Part,
    Remittance,
    RemittanceBack,
    RemittanceLine,
    Remitted,
    Split,
    Undone,
)
from borough.resident.plans.models.plans import Plan, Share
from borough.resident.plans.models.statements import Figure, Statement

__all__ = [
    "Figure",
    "Guideline",
    "Part",
    "Plan",
    "Remittance",
    "RemittanceBack",
    "RemittanceLine",
    "Remitted",
    "Share",
    "Split",
    "Statement",
    "Undone",
]
