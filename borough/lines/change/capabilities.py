"""What officers may be allowed to do about change."""

from borough.kernel.joining import Capability

SEND_IDEA = Capability("change.send_idea", "send an idea")
SEE_CHANGE = Capability("change.see_change", "see ideas, initiatives and what came of them")
SORT_IDEAS = Capability("change.sort_ideas", "sort, join and answer ideas")
LEAD_INITIATIVE = Capability(
    "change.lead_initiative", "begin initiatives, name their owners and move them on"
)
OWN_INITIATIVE = Capability(
    "change.own_initiative", "own an initiative as one of two, and keep what belongs to it"
)
REQUEST_CHANGE = Capability("change.request_change", "ask for a change of what was agreed")
ASSESS_CHANGE = Capability("change.assess_change", "assess what a change would do")
DECIDE_CHANGE = Capability("change.decide_change", "decide on business cases and changes")
SET_LIMITS = Capability("change.set_limits", "set how much is worked on at once, and how long")

ALL = (
    SEND_IDEA,
    SEE_CHANGE,
    SORT_IDEAS,
    LEAD_INITIATIVE,
    OWN_INITIATIVE,
    REQUEST_CHANGE,
    ASSESS_CHANGE,
    DECIDE_CHANGE,
    SET_LIMITS,
)
