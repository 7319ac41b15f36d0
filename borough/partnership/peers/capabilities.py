"""Who may say with which other councils this one is compared."""

from borough.kernel.joining import Capability

LOAD_PEERS = Capability(
    "partnership.load_peers", "load the published figures of other councils, and sets of them"
)

ALL = (LOAD_PEERS,)
