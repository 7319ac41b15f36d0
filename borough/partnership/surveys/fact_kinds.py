from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.invited",
        "{count} invitations to say whether one was satisfied were made",
        concerns="nobody: whom they went to is not known here",
        keep_years=12,
    ),
    FactKind(
        "partnership.answered",
        "An invitation to say whether one was satisfied was answered",
        concerns="nobody: who answered is not known here",
        keep_years=12,
    ),
)
