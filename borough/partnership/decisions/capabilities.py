"""Who may see decisions, and prepare them. Positions are sealed by who may seal."""

from borough.kernel.joining import Capability

SEE_DECISIONS = Capability("partnership.see_decisions", "see what both partners decide")
PREPARE_DECISION = Capability("partnership.prepare_decision", "prepare what both partners decide")

ALL = (SEE_DECISIONS, PREPARE_DECISION)
