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
        "revenues.payment_bounced",
        "A payment of {pence:£} on account {account} was taken back by the payer’s bank",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.payment_set",
        "{pence:£} of a payment on account {account} set against {to_year} instead of {from_year}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.refund_asked",
        "A refund of {pence:£} of {year} asked for on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.refund_granted",
        "A refund of {pence:£} granted on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.refund_refused",
        "A refund of {pence:£} refused on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.refund_taken_back",
        "A refund of {pence:£} on account {account} taken back before it went",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.write_off_asked",
        "A write-off of {pence:£} of {year} asked for on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.write_off_refused",
        "A debt of {pence:£} on account {account} left as it is",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.written_off",
        "A debt of {pence:£} on account {account} written off",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.written_back",
        "A debt of {pence:£} on account {account} written back",
        concerns=PAYERS,
    ),
)
