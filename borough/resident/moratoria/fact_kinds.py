"""What can happen to a moratorium. It may tell of somebody's health: sensitive."""

from borough.kernel.joining import FactKind

WHOM = "the person who has the moratorium"
KINDS = (
    FactKind(
        "resident.moratorium_recorded",
        "{title} from {starts:day}: {inside} debts, {pence:£}, are left alone",
        concerns=WHOM,
        sensitive=True,
    ),
    FactKind(
        "resident.moratorium_searched",
        "Searched for further debts under the moratorium: {found} found",
        concerns=WHOM,
        sensitive=True,
    ),
    FactKind(
        "resident.moratorium_event",
        "Moratorium: {event}, on {happened:day}",
        concerns=WHOM,
        sensitive=True,
    ),
    FactKind(
        "resident.moratorium_debt_released",
        "A debt is out of the moratorium from {ends:day}: {why}",
        concerns=WHOM,
        sensitive=True,
    ),
    FactKind(
        "resident.moratorium_ended",
        "{title} ends on {ends:day}: {why}",
        concerns=WHOM,
        sensitive=True,
    ),
    FactKind(
        "resident.moratorium_notice_set_aside",
        "A notice of a moratorium set aside: {outcome}",
        concerns="nobody whom we know",
    ),
)
