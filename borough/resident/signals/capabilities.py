"""What can be asked of early worries and of the support team's queue."""

from borough.kernel.joining import Capability

LOOK_FOR_WORRIES = Capability(
    "resident.look_for_worries", "have early worries looked for, to offer help"
)
WORK_SUPPORT = Capability("resident.work_support", "take the support case of a resident")
LEAD_SUPPORT = Capability(
    "resident.lead_support", "say how many residents the support team can look at in a day"
)

ALL = (LOOK_FOR_WORRIES, WORK_SUPPORT, LEAD_SUPPORT)
"""None opens anything by itself: who is in the queue, and why, the purpose of support shows."""
