from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.pack_made",
        "Board pack {pack} was drawn up: {content}",
        concerns="nobody",
        keep_years=12,
    ),
)
