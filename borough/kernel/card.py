"""The kernel's own card: what it can be asked to do, and what it records."""

from borough.kernel import joining
from borough.kernel.bank import capabilities as bank
from borough.kernel.bank import fact_kinds as bank_facts
from borough.kernel.holds import capabilities as holds
from borough.kernel.holds import fact_kinds as hold_facts
from borough.kernel.ledger import capabilities as ledger
from borough.kernel.ledger import fact_kinds as ledger_facts
from borough.kernel.officers import capabilities as officers
from borough.kernel.officers import fact_kinds as officer_facts
from borough.kernel.people import capabilities as people
from borough.kernel.people import fact_kinds as people_facts

CARD = joining.ServiceLine(
    slug="kernel",
    title="Borough",
    capabilities=(*officers.ALL, *people.ALL, *ledger.ALL, *holds.ALL, *bank.ALL),
    fact_kinds=(
        *officer_facts.KINDS,
        *people_facts.KINDS,
        *ledger_facts.KINDS,
        *hold_facts.KINDS,
        *bank_facts.KINDS,
    ),
    doors=(
        joining.Door(
            "Officers and roles",
            "Who may do what, from which day, and what the law reserves to the council.",
            "officers",
            officers.MANAGE_ROLES,
        ),
    ),
    find="borough.kernel.people.finders.find",
)
