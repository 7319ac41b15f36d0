"""What a household can spare, what it agreed to pay, and the help it was given."""

from borough.resident.plans.models.plans import Plan, Share
from borough.resident.plans.models.statements import Figure, Statement

__all__ = ["Figure", "Plan", "Share", "Statement"]
