"""Who looks again at what others opened."""

from borough.kernel.joining import Capability

REVIEW_LOOKS = Capability(
    "resident.review_looks", "look again at which records officers opened, and why"
)

ALL = (REVIEW_LOOKS,)
