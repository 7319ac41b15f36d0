"""Who sees, in numbers without names, what help comes to; and who has it counted."""

from borough.kernel.joining import Capability

SEE_EFFECT = Capability(
    "resident.see_effect", "see in numbers whether help reaches people and whom it misses"
)
MEASURE_EFFECT = Capability(
    "resident.measure_effect", "have it counted whether help reaches people and whom it misses"
)

ALL = (SEE_EFFECT, MEASURE_EFFECT)
