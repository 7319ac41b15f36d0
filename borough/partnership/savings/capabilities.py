"""Who may see the savings ledger, and who may propose, evidence and dispute for a partner."""

from borough.kernel.joining import Capability

SEE_SAVINGS = Capability("partnership.see_savings", "see the savings ledger")
PROPOSE_TERMS = Capability(
    "partnership.propose_terms", "propose the terms of the contract and its baseline"
)
RECORD_CHARGE = Capability(
    "partnership.record_charge", "record invoices and credit notes of the partner"
)
CLAIM_SAVING = Capability(
    "partnership.claim_saving", "claim a saving, and bring evidence, for the partner they sit for"
)
DISPUTE_SAVING = Capability(
    "partnership.dispute_saving", "dispute a saving for the partner for whom they sit"
)

ALL = (SEE_SAVINGS, PROPOSE_TERMS, RECORD_CHARGE, CLAIM_SAVING, DISPUTE_SAVING)
