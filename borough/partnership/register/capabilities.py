"""Who may enter contracts, look at the health of the contract, and take everything away."""

from borough.kernel.joining import Capability

SEE_CONTRACTS = Capability("partnership.see_contracts", "see the register of contracts")
RECORD_CONTRACT = Capability(
    "partnership.record_contract", "enter contracts, and what is changed of them"
)
SEE_HEALTH = Capability(
    "partnership.see_health", "see how the contract is looked after, by what the records say"
)
TAKE_AWAY = Capability(
    "partnership.take_away", "take away all that the partnership holds, as far as they may see it"
)

ALL = (SEE_CONTRACTS, RECORD_CONTRACT, SEE_HEALTH, TAKE_AWAY)
