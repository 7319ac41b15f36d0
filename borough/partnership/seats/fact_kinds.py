from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.seat_given",
        "{officer} sits for the {party} from {starts:day}",
        concerns="nobody: officers act, they are not who it is about",
    ),
    FactKind(
        "partnership.seat_left",
        "{officer} sat for the {party} until {ends:day}",
        concerns="nobody: officers act, they are not who it is about",
    ),
    FactKind(
        "partnership.signed",
        "{signed} was signed for the {party}",
        concerns="nobody",
        keep_years=12,
    ),
)
