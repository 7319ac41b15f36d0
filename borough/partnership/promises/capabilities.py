"""Who may see the promises, propose them, and record what they are judged by."""

from borough.kernel.joining import Capability

SEE_PROMISES = Capability("partnership.see_promises", "see what was promised and how it stands")
PROPOSE_PROMISE = Capability("partnership.propose_promise", "propose a promise, or drop one")
RECORD_EVIDENCE = Capability(
    "partnership.record_evidence", "record what a promise is judged by: what was spent or done"
)
SEE_STAFF = Capability(
    "partnership.see_staff", "see the list of staff behind the promises, without their names"
)
RECORD_STAFF = Capability(
    "partnership.record_staff", "record who works where, who leaves, and who was trained"
)

ALL = (SEE_PROMISES, PROPOSE_PROMISE, RECORD_EVIDENCE, SEE_STAFF, RECORD_STAFF)
