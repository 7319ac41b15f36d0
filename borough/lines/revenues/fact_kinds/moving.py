"""Moves, and changes that were undone."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.moved",
        "A move recorded from {starts:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.change_undone",
        "Undone: {title}. {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.credit_transferred",
        "A credit of {pence:£} carried from account {account} to account {to}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.award_ended",
        "Council Tax Reduction ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.relief_ended",
        "Discretionary relief ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.death_settled",
        "What follows from a death was settled: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.grant_recorded",
        "Probate granted on {granted:day}: exempt until {ends:day}, {change_pence:£}"
        " on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.owner_made_liable",
        "The owner is liable, class {letter}, from {starts:day}: {change_pence:£}"
        " on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.owner_no_longer_liable",
        "Class {letter} ended from {starts:day}, whoever lives there is liable: {change_pence:£}"
        " on account {account}",
        concerns=PAYERS,
    ),
)
