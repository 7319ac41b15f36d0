"""What can be asked of budgets, joint plans and the fund."""

from borough.kernel.joining import Capability

RECORD_STATEMENT = Capability(
    "resident.record_statement", "record what a household has and needs in a month"
)
AGREE_PLAN = Capability("resident.agree_plan", "agree, change and end one plan for all debts")
REVIEW_PLAN = Capability(
    "resident.review_plan", "agree a plan that takes longer than the council’s months"
)

ALL = (RECORD_STATEMENT, AGREE_PLAN, REVIEW_PLAN)
