"""The card of the shared table: what can be asked of it, and what it records.

Each room adds a line of each kind; what it brings is in files of its own.
"""

from borough.kernel import joining
from borough.partnership.decisions import capabilities as decisions
from borough.partnership.decisions import fact_kinds as decision_facts
from borough.partnership.files import fact_kinds as file_facts
from borough.partnership.measures import capabilities as measures
from borough.partnership.measures import fact_kinds as measure_facts
from borough.partnership.next_year import capabilities as next_year
from borough.partnership.next_year import fact_kinds as next_year_facts
from borough.partnership.pack import capabilities as pack
from borough.partnership.pack import fact_kinds as pack_facts
from borough.partnership.peers import capabilities as peers
from borough.partnership.promises import capabilities as promises
from borough.partnership.promises import fact_kinds as promise_facts
from borough.partnership.register import capabilities as register
from borough.partnership.register import fact_kinds as register_facts
from borough.partnership.savings import accounts as savings_accounts
from borough.partnership.savings import capabilities as savings
from borough.partnership.savings import fact_kinds as savings_facts
from borough.partnership.sealed import capabilities as sealed
from borough.partnership.sealed import fact_kinds as sealed_facts
from borough.partnership.seats import capabilities as seats
from borough.partnership.seats import fact_kinds as seat_facts
from borough.partnership.surveys import capabilities as surveys
from borough.partnership.surveys import fact_kinds as survey_facts
from borough.partnership.surveys import measures as survey_measures
from borough.partnership.twenty import fact_kinds as twenty_facts
from borough.partnership.work import capabilities as work
from borough.partnership.work import measures as work_measures

CARD = joining.ServiceLine(
    slug="partnership",
    title="Partnership",
    capabilities=(
        *seats.ALL,
        *measures.ALL,
        *peers.ALL,
        *surveys.ALL,
        *work.ALL,
        *savings.ALL,
        *sealed.ALL,
        *decisions.ALL,
        *promises.ALL,
        *next_year.ALL,
        *pack.ALL,
        *register.ALL,
    ),
    account_kinds=savings_accounts.KINDS,
    fact_kinds=(
        *seat_facts.KINDS,
        *measure_facts.KINDS,
        *file_facts.KINDS,
        *survey_facts.KINDS,
        *savings_facts.KINDS,
        *sealed_facts.KINDS,
        *decision_facts.KINDS,
        *twenty_facts.KINDS,
        *promise_facts.KINDS,
        *next_year_facts.KINDS,
        *pack_facts.KINDS,
        *register_facts.KINDS,
    ),
    measures=(*survey_measures.ALL, *work_measures.ALL),
    hears={
        "change.benefit_realised": "borough.partnership.savings.hearing.hear",
        "change.benefit_taken_back": "borough.partnership.savings.hearing.hear_withdrawal",
        "change.answer_taken_in": "borough.partnership.next_year.hearing.hear_handover",
        "change.ideas_joined": "borough.partnership.next_year.hearing.hear_joining",
        "change.idea_answered": "borough.partnership.next_year.hearing.hear_answer",
        "change.requested": "borough.partnership.register.hearing.hear",
        "change.decided": "borough.partnership.register.hearing.hear",
        "change.risk_raised": "borough.partnership.register.hearing.hear",
        "change.risk_ended": "borough.partnership.register.hearing.hear",
        "change.initiative_moved": "borough.partnership.next_year.hearing.hear_moves",
    },
    furnish="borough.partnership.furnishing.furnish",
    waits="borough.partnership.waiting.waits",
    doors=(
        joining.Door(
            "Year by year",
            "What the contract saved, how much work there was, how satisfied residents were.",
            "partnership:history",
            savings.SEE_SAVINGS,
        ),
        joining.Door(
            "Measures",
            "What both partners see: each figure counted, with what it cannot see.",
            "partnership:measures",
            measures.SEE_MEASURES,
        ),
        joining.Door(
            "Promises",
            "What was promised, and whether it was kept, worked out from its evidence.",
            "partnership:promises",
            promises.SEE_PROMISES,
        ),
        joining.Door(
            "What residents said",
            "Whether they were satisfied, by service: who was asked, and who answered.",
            "partnership:surveys",
            measures.SEE_MEASURES,
        ),
        joining.Door(
            "Work",
            "How much there was to do, for services whose own system is not Borough yet.",
            "partnership:work",
            measures.SEE_MEASURES,
        ),
        joining.Door(
            "Other councils",
            "With which councils this one is compared: load their published figures.",
            "partnership:peers",
            peers.LOAD_PEERS,
        ),
        joining.Door(
            "Decisions",
            "What both decide on the same information: sealed apart, opened at once.",
            "partnership:decisions",
            decisions.SEE_DECISIONS,
        ),
        joining.Door(
            "Savings",
            "What the contract should have cost, what it did, and which savings both signed.",
            "partnership:savings",
            savings.SEE_SAVINGS,
        ),
        joining.Door(
            "Next year",
            "What both will do better or differently, and what became of last year’s answers.",
            "partnership:next_years",
            next_year.SEE_NEXT_YEAR,
        ),
        joining.Door(
            "Board pack",
            "One paper for the joint board, the same for both partners.",
            "partnership:packs",
            pack.SEE_PACKS,
        ),
        joining.Door(
            "Contracts",
            "The register of contracts: with whom, for how much, until when.",
            "partnership:contracts",
            register.SEE_CONTRACTS,
        ),
        joining.Door(
            "Health of the contract",
            "How the contract is looked after, in eleven areas, by what the records say.",
            "partnership:health",
            register.SEE_HEALTH,
        ),
        joining.Door(
            "Take everything away",
            "One file with all that the partnership holds, for either partner, on any day.",
            "partnership:leaving",
            register.TAKE_AWAY,
        ),
        joining.Door(
            "Seats",
            "Who sits at the table for which partner, and may sign for it.",
            "partnership:seats",
            seats.GIVE_SEATS,
        ),
    ),
)
