from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.mandate_given",
        "{officer} seals for the {side} from {starts:day}",
        concerns="nobody: officers act, they are not who it is about",
        keep_years=12,
    ),
    FactKind(
        "partnership.mandate_ended",
        "{officer} sealed for the {side} until {ends:day}",
        concerns="nobody: officers act, they are not who it is about",
        keep_years=12,
    ),
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
