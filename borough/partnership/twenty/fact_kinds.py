from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.twenty_seeded",
        "The seed of the twenty cases was told, for the quarter from {starts:day}",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.twenty_drawn",
        "{count} cases of the quarter were drawn, for both to decide apart",
        concerns="nobody",
        keep_years=12,
    ),
)
