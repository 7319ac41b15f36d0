"""What can be asked of budgets, joint plans and the fund."""

from borough.kernel.joining import Capability

RECORD_STATEMENT = Capability(
    "resident.record_statement", "record what a household has and needs in a month"
)
AGREE_PLAN = Capability("resident.agree_plan", "agree, change and end one plan for all debts")
REVIEW_PLAN = Capability(
    "resident.review_plan", "agree a plan that takes longer than the council’s months"
)
ASK_REMITTANCE = Capability(
    "resident.ask_remittance", "make ready what is held for others, to be passed on"
)
GRANT_REMITTANCE = Capability(
    "resident.grant_remittance", "pass on what is held for others, as the second of two"
)
LOAD_GUIDELINES = Capability(
    "resident.load_guidelines", "load the council’s own guidelines of what households spend"
)

ALL = (
    RECORD_STATEMENT,
    AGREE_PLAN,
    REVIEW_PLAN,
    ASK_REMITTANCE,
    GRANT_REMITTANCE,
    LOAD_GUIDELINES,
)
