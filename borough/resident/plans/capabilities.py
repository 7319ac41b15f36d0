"""What can be asked of budgets, joint plans and the fund."""

from borough.kernel.joining import Capability

RECORD_STATEMENT = Capability(
    "resident.record_statement", "record what a household has and needs in a month"
)

ALL = (RECORD_STATEMENT,)
