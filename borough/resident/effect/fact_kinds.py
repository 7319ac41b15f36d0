"""That something was counted: what was found is kept with the run, and is about nobody."""

from borough.kernel.joining import FactKind

MEASURED = "resident.effect_measured"

KINDS = (
    FactKind(
        MEASURED,
        "Counted: {title}, {period}",
        concerns="the run",
    ),
)
