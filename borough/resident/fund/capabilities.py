"""What can be asked of the hardship fund."""

from borough.kernel.joining import Capability

SEE_FUND = Capability("resident.see_fund", "see what is asked of the hardship fund, and its counts")
TAKE_APPLICATION = Capability(
    "resident.take_application", "take down what somebody asks of the hardship fund"
)
DECIDE_AWARD = Capability(
    "resident.decide_award", "decide on the hardship fund, alone up to the council’s limit"
)
DECIDE_LARGE_AWARD = Capability(
    "resident.decide_large_award",
    "give more from the hardship fund than one officer may, as the second of two",
)
LOAD_FUND_BUDGET = Capability(
    "resident.load_fund_budget", "load what the hardship fund may spend in a year"
)

ALL = (SEE_FUND, TAKE_APPLICATION, DECIDE_AWARD, DECIDE_LARGE_AWARD, LOAD_FUND_BUDGET)
