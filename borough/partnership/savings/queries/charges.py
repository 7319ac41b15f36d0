"""What the partner charged for a year, read from the ledger: its sub-account is the answer."""

from datetime import date

from borough.kernel.ledger import models as ledger
from borough.kernel.ledger import queries
from borough.partnership.savings import accounts
from borough.rules import years

SOURCE = "partnership.charge"


def statement(year: years.Year, on: date) -> list[queries.Entry]:
    """Return invoices and credit notes of a year, up to a day, each with the charge after it."""
    found = queries.sub_account_ids(accounts.CHARGE.slug, [accounts.CONTRACT], year.name)
    if accounts.CONTRACT not in found:
        return []
    return [one for one in queries.statement(found[accounts.CONTRACT]) if one.on <= on]


def charged_pence(year: years.Year, on: date) -> int | None:
    """Return the charge of a year, net of credit notes; None where nothing was charged yet."""
    rows = statement(year, on)
    return rows[-1].balance_pence if rows else None


def charged_years() -> list[years.Year]:
    """Return the years for which anything was ever charged, in order."""
    rows = ledger.SubAccount.objects.filter(kind=accounts.CHARGE.slug, reference=accounts.CONTRACT)
    return sorted(years.Year.named(one) for one in rows.values_list("part", flat=True))


def of_journal(journal: ledger.Journal) -> list[ledger.Posting]:
    """Return the lines of an invoice or a credit note."""
    rows = ledger.Posting.objects.filter(journal=journal).select_related("sub_account")
    return list(rows.order_by("line"))
