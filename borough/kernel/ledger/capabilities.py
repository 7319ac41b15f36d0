from borough.kernel.joining import Capability

CLOSE_PERIOD = Capability("kernel.close_period", "close a period of the ledger")
REOPEN_PERIOD = Capability("kernel.reopen_period", "open a closed period of the ledger again")
POST_LATE = Capability("kernel.post_late", "post into a period that is closed but for late entries")

ALL = (CLOSE_PERIOD, REOPEN_PERIOD, POST_LATE)
