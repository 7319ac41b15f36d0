"""How an account pays, and what it paid."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.plan_chosen",
        "{instalments} instalments on day {payment_day} of the month, from {starts:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.payment_received",
        "{pence:£} received for Council Tax {year} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.payment_set",
        "{pence:£} of a payment on account {account} set against {to_year} instead of {from_year}",
        concerns=PAYERS,
    ),
)
