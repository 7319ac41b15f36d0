"""Who may seal what a side thinks, and hand it in; who may say who does it for a panel."""

from borough.kernel.joining import Capability

SEAL = Capability("partnership.seal", "seal what the partner for whom they sit thinks")
GIVE_MANDATES = Capability("partnership.give_mandates", "say who seals for a panel")

ALL = (SEAL, GIVE_MANDATES)
