"""What was given to each application, on a sub-account of its own: what a strand spent is a sum."""

from borough.kernel.joining import AccountKind

AWARDS = AccountKind(
    "resident.fund", "Given from the hardship fund", control="FUND-AWARDS", is_debt=False
)
CONTROL = AWARDS.control
KINDS = (AWARDS,)
