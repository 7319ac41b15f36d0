"""Who reads figures: nobody's record opens with them."""

from borough.kernel.joining import Capability

SEE_FIGURES = Capability(
    "resident.see_figures", "read how many residents are helped and how, without small numbers"
)

ALL = (SEE_FIGURES,)
