"""The card of the residents' floor: what can be asked of it, and what it records.

Each room adds a line of each kind; what it brings is in files of its own.
"""

from borough.kernel import joining
from borough.kernel.officers import capabilities as officers
from borough.resident import purposes
from borough.resident.deciding import capabilities as deciding
from borough.resident.deciding import fact_kinds as deciding_facts
from borough.resident.effect import capabilities as effect
from borough.resident.effect import fact_kinds as effect_facts
from borough.resident.figures import capabilities as figures
from borough.resident.figures import fact_kinds as figures_facts
from borough.resident.fund import accounts as fund_accounts
from borough.resident.fund import capabilities as fund
from borough.resident.fund import fact_kinds as fund_facts
from borough.resident.fund import worries as fund_worries
from borough.resident.identity import capabilities as identity
from borough.resident.identity import fact_kinds as identity_facts
from borough.resident.looking import capabilities as looking
from borough.resident.looking import fact_kinds as looking_facts
from borough.resident.looking import purposes as looking_purposes
from borough.resident.moratoria import capabilities as moratoria
from borough.resident.moratoria import fact_kinds as moratorium_facts
from borough.resident.own import capabilities as own_door
from borough.resident.own import fact_kinds as own_door_facts
from borough.resident.plans import accounts as plan_accounts
from borough.resident.plans import capabilities as plans
from borough.resident.plans import fact_kinds as plan_facts
from borough.resident.plans import splitting
from borough.resident.signals import capabilities as signals
from borough.resident.signals import fact_kinds as signal_facts
from borough.resident.signals import measures as signal_measures
from borough.resident.signals import own
from borough.resident.sources import accounts as source_accounts
from borough.resident.sources import capabilities as sources
from borough.resident.sources import fact_kinds as source_facts

CARD = joining.ServiceLine(
    slug="resident",
    title="Residents",
    joins=True,
    capabilities=(
        *purposes.CAPABILITIES,
        *sources.ALL,
        *identity.ALL,
        *moratoria.ALL,
        *plans.ALL,
        *fund.ALL,
        *signals.ALL,
        *own_door.ALL,
        *looking.ALL,
        *deciding.ALL,
        *figures.ALL,
        *effect.ALL,
    ),
    purposes=(*purposes.ALL, *looking_purposes.ALL),
    account_kinds=(*source_accounts.KINDS, *fund_accounts.KINDS, *plan_accounts.KINDS),
    fact_kinds=(
        *source_facts.KINDS,
        *identity_facts.KINDS,
        *moratorium_facts.KINDS,
        *plan_facts.KINDS,
        *fund_facts.KINDS,
        *signal_facts.KINDS,
        *own_door_facts.KINDS,
        *looking_facts.KINDS,
        *deciding_facts.KINDS,
        *figures_facts.KINDS,
        *effect_facts.KINDS,
    ),
    signals=(*own.ALL, *fund_worries.ALL),
    measures=signal_measures.ALL,
    looks_again="borough.resident.signals.hearing.hear",
    doors=(
        joining.Door(
            "Support queue",
            "Who may need help before any debt is pressed, in order, and why; take a case.",
            "support-queue",
            signals.WORK_SUPPORT,
        ),
        joining.Door(
            "Hardship fund",
            "What is asked of it, by when it is decided on, what is left to give.",
            "fund:fund",
            fund.SEE_FUND,
        ),
        joining.Door(
            "Held for others",
            "What came with plans for all debts and is owed to others; passing it on.",
            "plans:held",
            plans.ASK_REMITTANCE,
        ),
        joining.Door(
            "Who looked",
            "Looks at records that stand out, and two in a hundred at random: look at them again.",
            "looks-to-review",
            looking.REVIEW_LOOKS,
        ),
        joining.Door(
            "Who is helped, in figures",
            "How many residents are helped and how, by month, without small numbers.",
            "figures",
            figures.SEE_FIGURES,
        ),
        joining.Door(
            "Opened in an emergency",
            "Records that others opened for half an hour: ask about each within the hour.",
            "emergencies",
            looking.REVIEW_LOOKS,
        ),
        joining.Door(
            "Officers who are residents",
            "Who opens no record of their own as an officer: said by one, agreed by another.",
            "officer-residents",
            officers.RECOGNISE_OFFICERS,
        ),
        joining.Door(
            "What help comes to",
            "Whom help reaches and whom it misses, in numbers without names; papers to publish.",
            "effect",
            effect.SEE_EFFECT,
        ),
        joining.Door(
            "Feeds from other systems",
            "Load what others hold: rents, charges, awards, deaths; whose it is and by what right.",
            "sources:sources",
            sources.SEE_SOURCES,
        ),
        joining.Door(
            "Who is who",
            "Records of other services: whose they are, and which wait for a person to decide.",
            "identity:links",
            identity.REVIEW_LINKS,
        ),
        joining.Door(
            "Breathing space",
            "Moratoria that run: until when, what they leave alone, what is due next.",
            "moratoria",
            moratoria.SEE_MORATORIA,
        ),
    ),
    hears={
        "resident.joined": "borough.resident.moratoria.hearing.hear_joined",
        "resident.feed_taken_in": "borough.resident.moratoria.hearing.hear_feed",
    },
    letters={"resident.code": "", **plan_facts.LETTERS, **fund_facts.LETTERS},
    waits="borough.resident.waiting.waits",
    opens="borough.resident.looking.emergencies.opens",
    offers="borough.resident.fund.offering.offers",
    recognises="borough.resident.plans.splitting.recognise",
    receives="borough.resident.receiving.receive",
    clears=splitting.CLEARS,
    leaves=splitting.LEAVES,
    pays_out="borough.resident.plans.splitting.undo",
    moratorium="borough.resident.moratoria.others.covered",
    stays="borough.resident.stays.stays",
)
