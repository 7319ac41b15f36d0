"""What was opened in an emergency, and what came of looking again."""

from borough.kernel.joining import FactKind

REVIEWED = "resident.look_reviewed"
OPENED_IN_EMERGENCY = "resident.opened_in_emergency"
EMERGENCY_REVIEWED = "resident.emergency_reviewed"
ERASED = "resident.erased"

KINDS = (
    FactKind(
        ERASED,
        "Erased, for it was past its time before {before}: {count} {kind}",
        concerns="nobody by name",
    ),
    FactKind(
        REVIEWED,
        "A look of {officer} was looked at again: {outcome}",
        concerns="the look and the officer",
        sensitive=True,
    ),
    FactKind(
        OPENED_IN_EMERGENCY,
        "The whole picture was opened in an emergency: {reason}",
        concerns="the resident",
        sensitive=True,
    ),
    FactKind(
        EMERGENCY_REVIEWED,
        "What {officer} opened in an emergency was looked at again: {outcome}",
        concerns="the resident and the officer",
        sensitive=True,
    ),
)
