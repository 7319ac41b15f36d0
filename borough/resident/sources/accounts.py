"""What is owed to somebody else, kept beside the council's own money and never within it."""

from borough.kernel.joining import AccountKind

MEMORANDUM = AccountKind(
    "resident.memorandum", "Owed to somebody else", control="MEMO-OWED", is_debt=False
)

KINDS = (MEMORANDUM,)
