"""What came of looking again at a look."""

from borough.kernel.joining import FactKind

REVIEWED = "resident.look_reviewed"

KINDS = (
    FactKind(
        REVIEWED,
        "A look of {officer} was looked at again: {outcome}",
        concerns="the look and the officer",
        sensitive=True,
    ),
)
