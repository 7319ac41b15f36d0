"""The card of Change: ideas, initiatives, what they bring, and changes of what was agreed."""

from borough.kernel.joining import Door, OwnDoor, ServiceLine
from borough.lines.change import capabilities, fact_kinds, measures

LINE = ServiceLine(
    slug="change",
    title="Change",
    capabilities=capabilities.ALL,
    fact_kinds=fact_kinds.KINDS,
    measures=measures.ALL,
    hears={"partnership.answer_chosen": "borough.lines.change.hearing.hear"},
    doors=(
        Door(
            "Board",
            "Every initiative by its stage, how long it has been there, what is late.",
            "change:board",
            capabilities.SEE_CHANGE,
        ),
        Door(
            "Value against risk",
            "What initiatives are hoped to bring, what may go wrong, what came of it.",
            "change:portfolio",
            capabilities.SEE_CHANGE,
        ),
        Door(
            "Ideas",
            "What residents, staff and officers sent in; read, join and answer it in time.",
            "change:ideas",
            capabilities.SEE_CHANGE,
        ),
        Door(
            "Send an idea",
            "What could be done better or differently? You are told what becomes of it.",
            "change:idea_new",
            capabilities.SEND_IDEA,
        ),
        Door(
            "Change requests",
            "Changes of what was agreed: what each does to price, measures, staff and privacy.",
            "change:requests",
            capabilities.SEE_CHANGE,
        ),
        Door(
            "Lessons",
            "What was learned from earlier initiatives: search it before the next.",
            "change:lessons",
            capabilities.SEE_CHANGE,
        ),
    ),
    own_doors=(
        OwnDoor(
            "Send us an idea",
            "What could the council do better or differently? You get a reference, and we answer.",
            "change:idea",
        ),
    ),
    urls="borough.lines.change.urls",
    furnish="borough.lines.change.furnishing.furnish",
    furnish_last="borough.lines.change.furnishing.take_up",
    waits="borough.lines.change.waiting.waits",
)
