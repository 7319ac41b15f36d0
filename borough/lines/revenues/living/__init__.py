"""What the office of Revenues does on a day of the town that lives on: by its own commands alone.

Two invented officers act, so that whatever needs a second person has one.
"""

from borough.kernel.living import Step
from borough.lines.revenues.living import billing, counting, moving, paying

STEPS = (
    Step("Annual billing", billing.bill_the_year),
    Step("Moves and deaths", moving.record),
    Step("Payments from the bank", paying.receive),
    Step("Figures of collecting", counting.count_the_month),
)
