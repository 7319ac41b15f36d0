"""What can happen to a record of another service: whose it is found to be, and whose not."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind("resident.joined", "A record of {source} joined", concerns="the person"),
    FactKind("resident.split", "A record of {source} is somebody else’s", concerns="the person"),
    FactKind(
        "resident.left_undecided",
        "Whether a record of {source} is theirs was left undecided",
        concerns="the person",
    ),
    FactKind(
        "resident.linking_asked", "The comparing of all records asked for", concerns="the run"
    ),
    FactKind(
        "resident.linked",
        "Records compared: {joined} joined, {waiting} for a person to decide",
        concerns="the run",
    ),
)
