"""Who records what came of asking, and who confirms before a step against somebody."""

from borough.kernel.joining import Capability

CHECK_HELP = Capability(
    "resident.check_help", "record what came of asking about help that may be due"
)
CONFIRM_STEP = Capability(
    "resident.confirm_step", "confirm that you read what is recorded before a step against somebody"
)

ALL = (CHECK_HELP, CONFIRM_STEP)
