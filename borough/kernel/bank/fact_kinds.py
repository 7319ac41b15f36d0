"""What can happen at the bank's desk: that it happened and how much, never a number or a name."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind("kernel.bank_details_keyed", "Bank details keyed", concerns="the person"),
    FactKind("kernel.bank_details_confirmed", "Bank details confirmed", concerns="the person"),
    FactKind("kernel.bank_details_withdrawn", "Bank details withdrawn", concerns="the person"),
    FactKind("kernel.statement_loaded", "A bank statement loaded", concerns="the file"),
    FactKind(
        "kernel.statement_taken_in",
        "A bank statement taken in: {entries} entries, {received_pence:£} received, "
        "{suspense_pence:£} in suspense",
        concerns="the file",
    ),
    FactKind(
        "kernel.entry_taken_up",
        "An entry that had been stopped was posted: {pence:£}",
        concerns="the entry",
    ),
    FactKind(
        "kernel.row_taken_in",
        "A row of a statement that had been set aside was taken in: {pence:£}",
        concerns="the entry",
    ),
    FactKind(
        "kernel.paid_out_matched",
        "{pence:£} that left the bank was found to be {matched_with}",
        concerns="the entry",
    ),
    FactKind(
        "kernel.receipt_placed",
        "{pence:£} that waited in suspense given to account {account}",
        concerns="the entry",
    ),
    FactKind(
        "kernel.payments_sent",
        "{payments} payments sent to the bank, {pence:£}, in file {serial}",
        concerns="the file",
    ),
    FactKind("kernel.payment_came_back", "A payment of {pence:£} came back", concerns="the payee"),
)
