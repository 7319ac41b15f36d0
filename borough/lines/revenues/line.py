"""The card of Revenues: Council Tax."""

from borough.kernel.joining import AccountKind, ServiceLine
from borough.lines.revenues import capabilities, fact_kinds

LINE = ServiceLine(
    slug="revenues",
    title="Revenues",
    capabilities=capabilities.ALL,
    fact_kinds=fact_kinds.KINDS,
    account_kinds=(
        AccountKind("revenues.council_tax", "Council Tax", control="CT-PAYERS"),
        AccountKind(
            "revenues.unallocated",
            "Money received and not yet matched",
            control="CT-UNALLOCATED",
            is_debt=False,
        ),
    ),
)
