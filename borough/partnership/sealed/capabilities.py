"""Who may seal what a partner thinks, and hand it in."""

from borough.kernel.joining import Capability

SEAL = Capability("partnership.seal", "seal what the partner for whom they sit thinks")

ALL = (SEAL,)
