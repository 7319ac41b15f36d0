"""What Revenues adds to a made-up town: accounts, the year billed as it went, and what was paid."""

from borough.kernel import commanding, furnishing
from borough.lines.revenues.furnishing import (
    accounts,
    arrears,
    collections,
    instructions,
    paying,
    receipts,
    year,
)
from borough.rules import years

BY = commanding.system("town")


def furnish(town: furnishing.Town, progress: furnishing.Progress) -> None:
    """Furnish the town's council tax: this year as it went until today, the next not yet billed."""
    this = years.Year.holding(town.on)
    payers = paying.draw(town)
    opened = accounts.open_all(town, payers, this, progress)
    year.bill_as_it_went(town, opened, this, by=BY, progress=progress)
    owed = arrears.bring_forward(town, opened, payers, this, by=BY, progress=progress)
    receipts.receive(town, opened, payers, owed, this, by=BY, progress=progress)
    instructions.give(town, opened, payers, this, progress=progress)
    collections.remember(town, by=BY, progress=progress)
