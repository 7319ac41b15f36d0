"""What can happen to a hold. The kind may tell of somebody's health or troubles: sensitive."""

from borough.kernel.joining import FactKind

WHOM = "the persons who owe the debt that is left alone"
KINDS = (
    FactKind(
        "kernel.hold_placed",
        "Debt left alone from {starts:day}: {title}",
        concerns=WHOM,
        sensitive=True,
    ),
    FactKind(
        "kernel.hold_reviewed",
        "Hold looked at again ({title}): it stays, and is looked at by {review_by:day}",
        concerns=WHOM,
        sensitive=True,
    ),
    FactKind(
        "kernel.hold_lifted", "Hold ends on {ends:day}: {title}", concerns=WHOM, sensitive=True
    ),
    FactKind(
        "kernel.called_first",
        "Telephoned before a letter, and spoken with: it may go until {until:day}",
        concerns="the person",
        sensitive=True,
    ),
    FactKind(
        "kernel.call_not_answered",
        "Telephoned before a letter, and not reached",
        concerns="the person",
        sensitive=True,
    ),
)
