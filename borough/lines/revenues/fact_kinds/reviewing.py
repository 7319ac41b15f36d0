"""Reviews of single person discounts."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.review_asked",
        "Asked whether one adult lives there, letter {number}, on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.review_answered",
        "Review of the single person discount on account {account}: {answer}",
        concerns=PAYERS,
    ),
)
