"""Steps of recovery, and what the court said."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.reminded",
        "Reminder for {year}: {act_pence:£} to pay by {complied_by:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.reminded_again",
        "Second reminder for {year}: {act_pence:£} to pay by {complied_by:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.final_notice_sent",
        "Final notice for {year}: {act_pence:£} to pay by {complied_by:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.summoned",
        "Summoned for {year}: {act_pence:£} and costs of {costs_pence:£}, hearing on {hearing:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.order_made",
        "Liability order for {year}: {act_pence:£} and further costs of {costs_pence:£}",
        concerns=PAYERS,
    ),
    FactKind("revenues.order_refused", "The court refused an order for {year}", concerns=PAYERS),
    FactKind(
        "revenues.hearing_adjourned", "Hearing for {year} put off to {hearing:day}", concerns=PAYERS
    ),
    FactKind(
        "revenues.summons_withdrawn",
        "Summons for {year} withdrawn; costs taken back: {costs_pence:£}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.notice_withdrawn",
        "Notice for {year} withdrawn, as its letter was never written: {act_pence:£} asked for",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.costs_paid",
        "{pence:£} received for the costs of the court, {year}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.costs_given_back",
        "{pence:£} paid for costs that were taken back set against the tax of {year}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.recovery_committed",
        "Recovery for {year} committed: {step}, {accounts} accounts in the preview",
        concerns="the run",
    ),
    FactKind(
        "revenues.recovery_done",
        "Recovery for {year} done: {step}, {accounts} accounts, {pence:£}; {not_taken} kept out",
        concerns="the run",
    ),
)
