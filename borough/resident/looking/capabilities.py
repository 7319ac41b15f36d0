"""Who looks again at what others opened, and who opens a record in an emergency."""

from borough.kernel.joining import Capability

REVIEW_LOOKS = Capability(
    "resident.review_looks", "look again at which records officers opened, and why"
)
OPEN_IN_EMERGENCY = Capability(
    "resident.open_in_emergency",
    "open one resident's whole picture for half an hour in an emergency; a team leader is told",
)

ERASE_PAST = Capability(
    "resident.erase_past",
    "erase what is past the time for which it is kept",
)

ALL = (REVIEW_LOOKS, OPEN_IN_EMERGENCY, ERASE_PAST)
