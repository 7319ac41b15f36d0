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
from borough.kernel.outgoing import capabilities as outgoing
from borough.kernel.outgoing import fact_kinds as outgoing_facts
from borough.kernel.people import capabilities as people
from borough.kernel.people import fact_kinds as people_facts
from borough.kernel.people import purposes
from borough.kernel.post import capabilities as post
from borough.kernel.post import fact_kinds as post_facts

CARD = joining.ServiceLine(
    slug="kernel",
    title="The office",
    capabilities=(
        *officers.ALL,
        *people.ALL,
        *ledger.ALL,
        *holds.ALL,
        *bank.ALL,
        *post.ALL,
        *outgoing.ALL,
    ),
    purposes=purposes.ALL,
    fact_kinds=(
        *officer_facts.KINDS,
        *people_facts.KINDS,
        *ledger_facts.KINDS,
        *hold_facts.KINDS,
        *bank_facts.KINDS,
        *post_facts.KINDS,
        *outgoing_facts.KINDS,
    ),
    account_kinds=(
        joining.AccountKind(
            "kernel.suspense",
            "Money received whose owner is being looked for",
            control="SUSPENSE",
            is_debt=False,
        ),
        joining.AccountKind(
            "kernel.payable",
            "Money that goes out with the next file",
            control="PAYABLE",
            is_debt=False,
        ),
    ),
    doors=(
        joining.Door(
            "Post",
            "What came in and waits: file it where it belongs, deal with it, the oldest first.",
            "post",
            post.HANDLE_POST,
        ),
        joining.Door(
            "Outgoing post",
            "The day’s post for the printer; what is given by hand, what is held and why.",
            "outgoing",
            outgoing.SEND_POST,
        ),
        joining.Door(
            "Officers and roles",
            "Who may do what, from which day, and what the law reserves to the council.",
            "officers",
            officers.MANAGE_ROLES,
        ),
        joining.Door(
            "Bank statements",
            "Load a statement or a file of receipts; see what was set aside and why.",
            "bank:statements",
            bank.LOAD_STATEMENTS,
        ),
        joining.Door(
            "Suspense",
            "Money whose owner is looked for: how much, since when, whose it may be.",
            "bank:suspense",
            bank.PLACE_RECEIPTS,
        ),
        joining.Door(
            "Payments",
            "What has been decided and goes out with the next file; the files that went.",
            "bank:payments",
            bank.SEND_PAYMENTS,
        ),
    ),
    find="borough.kernel.people.finders.find",
    waits="borough.kernel.waiting.waits",
)
