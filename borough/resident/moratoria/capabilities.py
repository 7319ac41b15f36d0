"""What can be asked of moratoria."""

from borough.kernel.joining import Capability

SEE_MORATORIA = Capability("resident.see_moratoria", "see who has a breathing space, until when")
RECORD_MORATORIUM = Capability(
    "resident.record_moratorium", "record a breathing space for all debts, and what comes of it"
)

ALL = (SEE_MORATORIA, RECORD_MORATORIUM)
