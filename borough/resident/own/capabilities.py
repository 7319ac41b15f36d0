"""What an officer may do for a resident's own account, and what the resident may do in it."""

from borough.kernel.joining import Capability

SEND_CODE = Capability(
    "resident.send_code", "send a resident the code that opens their own account with us"
)
KEEP_OWN = Capability(
    "resident.keep_own", "open one's own account with the council, and write to it from there"
)

ALL = (SEND_CODE, KEEP_OWN)
