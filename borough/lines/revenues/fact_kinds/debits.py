"""Direct Debit: instructions, collections, and what banks send back."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.direct_debit_set_up",
        "Direct Debit {reference} set up for account {account}, on day {payment_day} of the month",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.direct_debit_ended",
        "Direct Debit {reference} of account {account} ended from {ends:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.direct_debit_details_changed",
        "Direct Debit {reference} of account {account} is for the payer’s new bank account",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.direct_debit_day_changed",
        "Direct Debit of account {account} moved to day {payment_day} of the month",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.direct_debit_stopped",
        "Collecting by Direct Debit {reference} stopped from {starts:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.direct_debit_resumed",
        "Collecting by Direct Debit {reference} goes on from {starts:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.payment_collected",
        "{pence:£} collected by Direct Debit for Council Tax {year} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.payment_returned",
        "{pence:£} collected by Direct Debit came back unpaid on account {account} (code {code})",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.indemnity_claimed",
        "{pence:£} collected on account {account} was paid back by the payer’s bank (code {code})",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.instructions_sent",
        "{lodged} new Direct Debit instructions and {cancelled} cancelled ones sent to the banks",
        concerns="the run",
    ),
    FactKind(
        "revenues.collection_committed",
        "The Direct Debit collection of {entry_day:day} committed",
        concerns="the run",
    ),
    FactKind(
        "revenues.collection_made",
        "The Direct Debit file of {entry_day:day} made: {items} collections, {pence:£}",
        concerns="the run",
    ),
    FactKind(
        "revenues.file_fetched",
        "The file {serial} for the banks was fetched",
        concerns="the run",
    ),
    FactKind(
        "revenues.collection_posted",
        "{items} Direct Debits posted as received: {pence:£}",
        concerns="the run",
    ),
    FactKind(
        "revenues.collection_credited",
        "The bank credited {pence:£} of Direct Debits",
        concerns="the run",
    ),
    FactKind(
        "revenues.advices_loaded",
        "A file of {kind} advices loaded: {advices} advices, {waiting} to be looked at",
        concerns="the file",
    ),
    FactKind(
        "revenues.return_placed",
        "A Direct Debit of {pence:£} that came back was found to be for {year}, owed again",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.advice_settled",
        "An advice of the bank about Direct Debit {reference} looked at: {outcome}",
        concerns=PAYERS,
    ),
)
