from borough.kernel.joining import Capability

KEY_BANK_DETAILS = Capability("kernel.key_bank_details", "key somebody's bank details")
CONFIRM_BANK_DETAILS = Capability(
    "kernel.confirm_bank_details", "confirm bank details that somebody else keyed"
)
LOAD_STATEMENTS = Capability("kernel.load_statements", "load statements of the bank account")
TAKE_UP_ENTRIES = Capability(
    "kernel.take_up_entries", "post entries of a statement that were stopped to be looked at"
)
PLACE_RECEIPTS = Capability("kernel.place_receipts", "say whose money waits in suspense")
SEND_PAYMENTS = Capability(
    "kernel.send_payments", "send the payments that have been decided to the bank"
)

ALL = (
    KEY_BANK_DETAILS,
    CONFIRM_BANK_DETAILS,
    LOAD_STATEMENTS,
    TAKE_UP_ENTRIES,
    PLACE_RECEIPTS,
    SEND_PAYMENTS,
)
