"""What the office of Revenues does on a day of the town that lives on: by its own commands alone.

Two invented officers act, so that whatever needs a second person has one.
"""

from borough.kernel.living import Step
from borough.lines.revenues.living import (
    agents,
    answering,
    arranging,
    attaching,
    billing,
    counting,
    courts,
    debits,
    moving,
    paying,
    recovering,
    remitting,
    suspense,
    writing,
)

STEPS = (
    Step("Annual billing", billing.bill_the_year),
    Step("Moves and deaths", moving.record),
    Step("Instructions for the banks", debits.lodge),
    Step("Direct Debits collected", debits.collect),
    Step("Direct Debits posted", debits.post),
    Step("Direct Debits returned", debits.take_back),
    Step("Payments from the bank", paying.receive),
    Step("Money without a reference", suspense.place),
    Step("Money of agents and employers", remitting.arrive),
    Step("Arrangements looked after", arranging.look_after),
    Step("The court", courts.hear),
    Step("Recovery", recovering.recover),
    Step("Answers to notices", answering.answer),
    Step("Attachments of earnings", attaching.attach),
    Step("Enforcement agents", agents.place),
    Step("Letters of the day", writing.write),
    Step("Figures of collecting", counting.count_the_month),
)
