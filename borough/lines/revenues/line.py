"""The card of Revenues: Council Tax."""

from borough.kernel.holds import acts
from borough.kernel.joining import AccountKind, Door, Measure, Purpose, ServiceLine
from borough.kernel.people.purposes import PROPOSED
from borough.lines.revenues import arriving, capabilities, fact_kinds, routine, signals
from borough.lines.revenues.queries import collected, volumes

# What asks for money that is late goes on paper, whatever somebody asked for.
BY_EMAIL = (
    "revenues.bill",
    "revenues.advance_notice",
    "revenues.arrangement_agreed",
    "revenues.refund_paid",
    "revenues.closing_statement",
)

# Every kind of letter, with the act of recovery that it is. A bill, and the statement that closes
# an account, are notices of what is due: they press nobody.
LETTERS = {
    "revenues.bill": "",
    "revenues.reminder": acts.REMINDER,
    "revenues.second_reminder": acts.REMINDER,
    "revenues.final_notice": acts.FINAL_NOTICE,
    "revenues.summons": acts.SUMMONS,
    "revenues.liability_order": acts.LIABILITY_ORDER,
    "revenues.arrangement_agreed": "",
    "revenues.arrangement_worry": acts.CHASE,
    "revenues.arrangement_broken": acts.CHASE,
    "revenues.advance_notice": "",
    "revenues.direct_debit_returned": acts.COLLECT_AGAIN,
    "revenues.direct_debit_ended": "",
    "revenues.refund_paid": "",
    "revenues.refund_details": "",
    "revenues.discount_review": "",
    "revenues.closing_statement": "",
}

LINE = ServiceLine(
    slug="revenues",
    title="Revenues",
    capabilities=capabilities.ALL,
    purposes=(
        Purpose(
            "revenues.collecting",
            "Billing and collecting Council Tax",
            "Local Government Finance Act 1992, section 14 and Schedule 2",
            kept=PROPOSED,
        ),
    ),
    fact_kinds=fact_kinds.KINDS,
    account_kinds=(
        AccountKind("revenues.council_tax", "Council Tax", control="CT-PAYERS"),
        AccountKind(
            "revenues.unallocated",
            "Direct Debits that came back and are not yet matched",
            control="CT-UNALLOCATED",
            is_debt=False,
        ),
        AccountKind(
            "revenues.council_tax_costs", "Costs of the court (Council Tax)", control="CT-COSTS"
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
            "Direct Debits",
            "Prepare a collection, commit it, fetch its file; load what the banks send back.",
            "revenues:collections",
            capabilities.PREPARE_COLLECTION,
        ),
        Door(
            "Write-offs",
            "Debts that a colleague asked to be given up: decide on them.",
            "revenues:write_offs",
            capabilities.WRITE_OFF,
        ),
        Door(
            "Refunds",
            "Credits that a colleague asked to be paid back: decide on them.",
            "revenues:refunds",
            capabilities.DECIDE_REFUND,
        ),
        Door(
            "Collected",
            "How much of each year is in, counted from the ledger down to its rows.",
            "revenues:collected",
            capabilities.SEE_RETURNS,
        ),
        Door(
            "Recovery",
            "Prepare reminders, final notices and summonses; see who is left alone, and why.",
            "revenues:recoveries",
            capabilities.PREVIEW_RECOVERY,
        ),
        Door(
            "Arrangements",
            "Who agreed to pay by instalments, and whom to ring because one is late.",
            "revenues:arrangements",
            capabilities.AGREE_ARRANGEMENT,
        ),
        Door(
            "Reviews of discounts",
            "Draw whom to ask whether they live alone still; see the answers.",
            "revenues:reviews",
            capabilities.PREPARE_REVIEW,
        ),
        Door(
            "What is about to run out",
            "Premiums, exemptions, exceptions and disregards that begin or end soon.",
            "revenues:clocks",
            capabilities.SEE_CLOCKS,
        ),
        Door(
            "Homes without anybody liable",
            "Homes in the valuation list for which nobody is billed.",
            "revenues:nobody_liable",
            capabilities.SEE_CLOCKS,
        ),
        Door(
            "Enforcement agents",
            "What is with them, what came back, and calling debts back at once.",
            "revenues:placements",
            capabilities.PREPARE_PLACING,
        ),
        Door(
            "Taxbase return",
            "The government’s return, counted from the records of any day.",
            "revenues:taxbase",
            capabilities.SEE_RETURNS,
        ),
    ),
    signals=signals.ALL,
    hears={
        "kernel.hold_placed": "borough.lines.revenues.recalling.hear",
        "kernel.death_recorded": "borough.lines.revenues.recalling.hear",
        "kernel.need_recorded": "borough.lines.revenues.recalling.hear",
        "revenues.arrangement_agreed": "borough.lines.revenues.recalling.hear",
        "revenues.summons_withdrawn": "borough.lines.revenues.recalling.hear",
        "revenues.order_refused": "borough.lines.revenues.recalling.hear",
        "revenues.payment_received": "borough.lines.revenues.recalling.hear_payment",
        "revenues.payment_collected": "borough.lines.revenues.recalling.hear_payment",
        "revenues.costs_paid": "borough.lines.revenues.recalling.hear_payment",
        "revenues.payment_set": "borough.lines.revenues.recalling.hear_payment",
        "revenues.credit_transferred": "borough.lines.revenues.recalling.hear_payment",
        "revenues.written_off": "borough.lines.revenues.recalling.hear_less",
        "revenues.rebilled": "borough.lines.revenues.recalling.hear_less",
        "resident.share_agreed": "borough.lines.revenues.joint_plans.hear",
    },
    measures=(
        Measure(
            "revenues.collected_in_year",
            "Council Tax collected in the year",
            unit="percent",
            better="higher",
            read=collected.in_year,
            blind_to="Residents who paid by going without; see who asks for help beside it.",
            numerator="Pence received for the year by its 31 March, prepaid included, less refunds",
            denominator="Pence that everybody liable had to pay for the year",
            ties_to="QRC4, in-year collection rate",
            rows="revenues:collected",
            beside=("revenues.changes",),
            gathers="numerator",
        ),
        Measure(
            "revenues.accounts",
            "Council Tax accounts open",
            unit="count",
            better="neither",
            read=volumes.accounts,
            blind_to="How much work each account makes; see the changes beside it.",
            numerator="Accounts open on the day, or on the last day of a year that is over",
            denominator="One: it is a count",
            beside=("revenues.changes",),
        ),
        Measure(
            "revenues.changes",
            "Changes of circumstances worked on",
            unit="count",
            better="neither",
            read=volumes.changes,
            blind_to="How long each took, and those that nobody told us.",
            numerator="Moves, deaths, discounts, exemptions, bands and the like that were recorded",
            denominator="One: it is a count",
            gathers="numerator",
        ),
    ),
    urls="borough.lines.revenues.urls",
    find="borough.lines.revenues.finders.find",
    waits="borough.lines.revenues.waiting.waits",
    stays="borough.lines.revenues.stays.stays",
    routines=routine.ALL,
    monitors="borough.lines.revenues.monitoring.groups",
    offers="borough.lines.revenues.queries.help.offers",
    stands="borough.lines.revenues.queries.standing.stands",
    recognises="borough.lines.revenues.recognising.recognise",
    proposes="borough.lines.revenues.arriving.propose",
    receives="borough.lines.revenues.arriving.receive",
    takes_back="borough.lines.revenues.arriving.take_back",
    clears=arriving.CLEARS,
    deals="borough.lines.revenues.pages.incoming.deals",
    leaves=arriving.LEAVES,
    pays_out="borough.lines.revenues.arriving.pay_out",
    furnish="borough.lines.revenues.furnishing.furnish",
    live="borough.lines.revenues.living.STEPS",
    account_page="revenues:account",
    by_email=BY_EMAIL,
    letters=LETTERS,
    moratorium="borough.lines.revenues.moratoria.covered",
    stands_still="borough.lines.revenues.moratoria.stand_still",
    pressed="borough.lines.revenues.pressed.pressed",
)
