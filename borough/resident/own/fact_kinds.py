"""What happens at the resident's own door; never what they wrote."""

from borough.kernel.joining import FactKind

CODE_SENT = "resident.code_sent"
OPENED = "resident.own_account_opened"
SIGNED_IN = "resident.own_signed_in"
CONTESTED = "resident.contested"

KINDS = (
    FactKind(
        CODE_SENT,
        "A code for their own account was sent by letter; it works until {until:day}",
        concerns="the resident",
    ),
    FactKind(
        OPENED,
        "Their own account was opened with the code of a letter",
        concerns="the resident",
    ),
    FactKind(
        CONTESTED,
        "They disagree with what happened on {of:day}; it waits among the post",
        concerns="the resident",
    ),
    FactKind(SIGNED_IN, "Signed in to their own account", concerns="the resident", keep_years=2),
)
