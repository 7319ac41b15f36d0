"""Arrangements to pay: agreed, changed, talked about, ended."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.arrangement_agreed",
        "Arrangement agreed: {debt_pence:£} in {number} payments from {first_due:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.arrangement_changed",
        "Arrangement changed: {debt_pence:£} in {number} payments from {first_due:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.arrangement_contacted",
        "Asked how the arrangement goes ({outcome})",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.arrangement_warned",
        "Letter about the arrangement: {short_pence:£} to be put right by {put_right_by:day}",
        concerns=PAYERS,
    ),
    FactKind("revenues.arrangement_ended", "Arrangement ended: {why}", concerns=PAYERS),
)
