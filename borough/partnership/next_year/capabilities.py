"""Who may see what is asked about next year, and who may prepare it. Sides seal by `sealed`'s."""

from borough.kernel.joining import Capability

SEE_NEXT_YEAR = Capability(
    "partnership.see_next_year", "see what both partners will do better or differently"
)
PREPARE_NEXT_YEAR = Capability(
    "partnership.prepare_next_year", "prepare what both partners will do better or differently"
)

ALL = (SEE_NEXT_YEAR, PREPARE_NEXT_YEAR)
