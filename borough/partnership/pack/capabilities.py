"""Who may read the board pack, and who may draw one up."""

from borough.kernel.joining import Capability

SEE_PACKS = Capability("partnership.see_packs", "read the joint board pack")
MAKE_PACK = Capability("partnership.make_pack", "draw up the joint board pack")

ALL = (SEE_PACKS, MAKE_PACK)
