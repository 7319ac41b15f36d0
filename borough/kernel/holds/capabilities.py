from borough.kernel.joining import Capability

SEE_HOLDS = Capability("kernel.see_holds", "see which debts are left alone, and why")
PLACE_HOLD = Capability("kernel.place_hold", "place, review and lift a hold on a debt")
PLACE_STATUTORY_HOLD = Capability(
    "kernel.place_statutory_hold", "record a breathing space or an insolvency, and its end"
)

RECORD_CALL = Capability(
    "kernel.record_call", "record that somebody was telephoned before a letter"
)

ALL = (SEE_HOLDS, PLACE_HOLD, PLACE_STATUTORY_HOLD, RECORD_CALL)
