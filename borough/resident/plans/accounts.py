"""What we hold for others: their shares of a plan's payments, until they are passed on."""

from borough.kernel.joining import AccountKind

HELD = AccountKind("resident.held", "Held for others", control="HELD-FOR-OTHERS", is_debt=False)
KINDS = (HELD,)
