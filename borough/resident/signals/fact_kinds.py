"""What happens when worries are looked for, and with a support case. Never why: that is no fact."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "resident.worries_looked_for",
        "Early worries looked for: {sightings} new, {in_band} residents for the support team,"
        " {for_message} for a message",
        concerns="the run",
    ),
    FactKind(
        "resident.capacity_set",
        "The support team can look at {places} residents a day",
        concerns="nobody: the team",
    ),
    FactKind(
        "resident.case_opened",
        "The support team looks after them; looked at again by {next_review:day}",
        concerns="the resident",
    ),
    FactKind(
        "resident.case_contacted",
        "Contact by the support team ({how}): {outcome}",
        concerns="the resident",
    ),
    FactKind(
        "resident.case_reviewed",
        "The support team looks again by {next_review:day}",
        concerns="the resident",
    ),
    FactKind(
        "resident.case_closed", "The support team has ended: {outcome}", concerns="the resident"
    ),
)
