from borough.kernel.joining import Capability

KEY_BANK_DETAILS = Capability("kernel.key_bank_details", "key somebody's bank details")
CONFIRM_BANK_DETAILS = Capability(
    "kernel.confirm_bank_details", "confirm bank details that somebody else keyed"
)

ALL = (KEY_BANK_DETAILS, CONFIRM_BANK_DETAILS)
