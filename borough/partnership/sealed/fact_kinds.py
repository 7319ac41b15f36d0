from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.round_asked",
        "A sealed round was asked for, until {closes:day}",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.sealed",
        "The {side} sealed what it thinks",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.handed_in",
        "The {side} handed in what it had sealed",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.opened",
        "What all sides had sealed was opened at once",
        concerns="nobody",
        keep_years=12,
    ),
)
