"""Who may see measures, have them counted, dispute them and propose what they should come to."""

from borough.kernel.joining import Capability

SEE_MEASURES = Capability("partnership.see_measures", "see what both partners measure")
COUNT_MEASURES = Capability("partnership.count_measures", "have measures counted now")
DISPUTE_MEASURE = Capability(
    "partnership.dispute_measure", "dispute a figure for the partner for whom they sit"
)
PROPOSE_TARGET = Capability("partnership.propose_target", "propose what a measure should come to")

ALL = (SEE_MEASURES, COUNT_MEASURES, DISPUTE_MEASURE, PROPOSE_TARGET)
