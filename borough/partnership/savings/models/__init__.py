"""The terms as they were signed, and what is claimed under them. A state is a row, never a field.

Everything only grows; the database itself keeps claims within their line and evidence exact.
"""

from borough.partnership.savings.models.entries import (
    Dispute,
    Entry,
    Event,
    Evidence,
    Share,
    Traced,
    Withdrawn,
)
from borough.partnership.savings.models.terms import Line, RuleSet, ScopeChange

__all__ = [
    "Dispute",
    "Entry",
    "Event",
    "Evidence",
    "Line",
    "RuleSet",
    "ScopeChange",
    "Share",
    "Traced",
    "Withdrawn",
]
