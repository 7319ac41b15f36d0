"""Bacs Standard 18: payments and collections as the scheme reads them.

    content = standard18.write(submission)
    assert standard18.read(content).submission == standard18.as_sent(submission)

The layout is a table (``layout``), so that a bureau's correction is a change of data. The reader
knows nothing of that table: it has the positions of its own, so each proves the other.
"""

from borough.kernel.bank.standard18.folding import Folded, fold
from borough.kernel.bank.standard18.items import (
    CREDITS,
    DEBITS,
    INSTRUCTIONS,
    Item,
    NotStandard18,
    Originator,
    Submission,
)
from borough.kernel.bank.standard18.reading import Read, read
from borough.kernel.bank.standard18.writing import as_sent, write

__all__ = [
    "CREDITS",
    "DEBITS",
    "INSTRUCTIONS",
    "Folded",
    "Item",
    "NotStandard18",
    "Originator",
    "Read",
    "Submission",
    "as_sent",
    "fold",
    "read",
    "write",
]
