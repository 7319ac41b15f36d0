"""The card of Revenues: Council Tax."""

from borough.kernel.joining import AccountKind, Door, ServiceLine, Signal
from borough.lines.revenues import capabilities, fact_kinds
from borough.lines.revenues.queries import worries

LINE = ServiceLine(
    slug="revenues",
    title="Revenues",
    capabilities=capabilities.ALL,
    fact_kinds=fact_kinds.KINDS,
    account_kinds=(
        AccountKind("revenues.council_tax", "Council Tax", control="CT-PAYERS"),
        AccountKind(
            "revenues.council_tax_costs", "Costs of the court (Council Tax)", control="CT-COSTS"
        ),
        AccountKind(
            "revenues.unallocated",
            "Money received and not yet matched",
            control="CT-UNALLOCATED",
            is_debt=False,
        ),
    ),
    doors=(
        Door(
            "Annual billing",
            "Prepare a year, look at what it comes to, commit it, watch it go.",
            "revenues:billing",
            capabilities.PREVIEW_BILLING,
        ),
        Door(
            "Letters",
            "Write the letters that wait: reminders, agreements, notices; see what was left out.",
            "revenues:correspondence",
            capabilities.SEND_LETTERS,
        ),
        Door(
            "Receipts",
            "Load a file of payments; see what was set aside and why.",
            "revenues:receipts",
            capabilities.TAKE_PAYMENTS,
        ),
        Door(
            "Collected",
            "How much of each year is in, counted from the ledger down to its rows.",
            "revenues:collected",
            capabilities.SEE_RETURNS,
        ),
        Door(
            "Arrangements",
            "Who agreed to pay by instalments, and whom to ring because one is late.",
            "revenues:arrangements",
            capabilities.AGREE_ARRANGEMENT,
        ),
        Door(
            "Taxbase return",
            "The government’s return, counted from the records of any day.",
            "revenues:taxbase",
            capabilities.SEE_RETURNS,
        ),
    ),
    signals=(Signal(worries.LATE, "An arrangement to pay runs late", worries.look),),
    urls="borough.lines.revenues.urls",
    find="borough.lines.revenues.finders.find",
    waits="borough.lines.revenues.waiting.waits",
    stays="borough.lines.revenues.stays.stays",
    furnish="borough.lines.revenues.furnishing.furnish",
    live="borough.lines.revenues.living.STEPS",
    account_page="revenues:account",
)
