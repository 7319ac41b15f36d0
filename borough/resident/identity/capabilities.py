"""What can be asked about who is who."""

from borough.kernel.joining import Capability

REVIEW_LINKS = Capability(
    "resident.review_links", "say whether records of two services are one person"
)
RUN_LINKING = Capability(
    "resident.run_linking", "have the records of all services compared, and the certain joined"
)

ALL = (REVIEW_LINKS, RUN_LINKING)
