"""Bills and the runs that make them."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.billed", "Council Tax {year}: {charge_pence:£} for the year", concerns=PAYERS
    ),
    FactKind(
        "revenues.rebilled",
        "Council Tax {year} worked out again: {charge_pence:£} for the year ({change_pence:£})",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.bill_issued", "Council Tax bill of {year} made as a letter", concerns=PAYERS
    ),
    FactKind(
        "revenues.billing_previewed",
        "Annual billing {year} prepared: {accounts} accounts, {charge_pence:£}",
        concerns="the run",
        keep_years=12,
    ),
    FactKind(
        "revenues.billing_committed",
        "Annual billing {year} committed",
        concerns="the run",
        keep_years=12,
    ),
    FactKind(
        "revenues.billing_done",
        "Annual billing {year} posted: {accounts} accounts, {charge_pence:£}",
        concerns="the run",
        keep_years=12,
    ),
    FactKind(
        "revenues.bills_sent",
        "Bills of {year} made as letters: {letters} for {notices} notices, {left_out} left out,"
        " {printed} printed",
        concerns="the run",
        keep_years=12,
    ),
)
