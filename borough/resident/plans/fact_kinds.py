"""What can happen with budgets, joint plans and the fund: ids, never what somebody earns."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "resident.statement_recorded",
        "A financial statement recorded ({form} form)",
        concerns="the person whose household it is",
        sensitive=True,
    ),
)
