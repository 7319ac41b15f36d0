"""The starting chart: funds, accounts and the book. More accounts are added, none is changed.

The Collection Fund is kept apart by statute (Local Government Finance Act 1988 s.89). The bank
account belongs to the General Fund, so a council tax receipt has four lines: the General Fund has
the cash and owes it; the Collection Fund is owed it and the payer owes less.

What residents owe to others (their rent, say) is no money of the council: it is kept in a fund of
its own, against one account, so that no total of the council's can contain a penny of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from borough.kernel import joining
from borough.kernel.ledger import models, refusals
from borough.rules import years

MAIN = "MAIN"
GENERAL_FUND = "GF"
COLLECTION_FUND = "CF"
MEMORANDUM = "MEMO"

FUNDS = {
    GENERAL_FUND: "General Fund",
    COLLECTION_FUND: "Collection Fund",
    MEMORANDUM: "Memorandum: money of others",
}
BOOKS = {MAIN: "Main book"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One account of the chart. ``control``: totals a sub-ledger, laid when a line declares it."""

    code: str
    title: str
    fund: str
    type: models.Account.Type
    control: bool = False


_TYPE = models.Account.Type
ACCOUNTS = (
    Entry("BANK", "Bank", GENERAL_FUND, _TYPE.ASSET),
    Entry("DD-IN-TRANSIT", "Direct Debits on their way to the bank", GENERAL_FUND, _TYPE.ASSET),
    Entry("REMITTED", "Passed on by agents and employers, on its way", GENERAL_FUND, _TYPE.ASSET),
    Entry(
        "SUSPENSE", "Receipts whose owner is not known", GENERAL_FUND, _TYPE.LIABILITY, control=True
    ),
    Entry("PAYABLE", "Payments that wait to go", GENERAL_FUND, _TYPE.LIABILITY, control=True),
    Entry("FUND-AWARDS", "Given from the hardship fund", GENERAL_FUND, _TYPE.EXPENSE, control=True),
    Entry(
        "PARTNER-CHARGE",
        "Charged by the partner under the contract",
        GENERAL_FUND,
        _TYPE.EXPENSE,
        control=True,
    ),
    Entry("PARTNER-OWED", "Owed to the partner under the contract", GENERAL_FUND, _TYPE.LIABILITY),
    Entry("HELD-FOR-OTHERS", "Held for others", GENERAL_FUND, _TYPE.LIABILITY, control=True),
    Entry("OWED-TO-CF", "Cash held for the Collection Fund", GENERAL_FUND, _TYPE.LIABILITY),
    Entry("CT-CASH-WITH-GF", "Cash held by the General Fund", COLLECTION_FUND, _TYPE.ASSET),
    Entry("CT-PAYERS", "Council tax payers", COLLECTION_FUND, _TYPE.ASSET, control=True),
    # What the court costs is the General Fund's, not the Collection Fund's.
    Entry("CT-COSTS", "Costs of the court owed", GENERAL_FUND, _TYPE.ASSET, control=True),
    Entry("CT-COSTS-INCOME", "Costs of the court charged", GENERAL_FUND, _TYPE.INCOME),
    Entry(
        "CT-UNALLOCATED",
        "Council tax not yet matched to a payer",
        COLLECTION_FUND,
        _TYPE.LIABILITY,
        control=True,
    ),
    Entry("CT-INCOME", "Council tax income", COLLECTION_FUND, _TYPE.INCOME),
    Entry("CT-REDUCTION", "Council tax reduction given", COLLECTION_FUND, _TYPE.EXPENSE),
    Entry("CT-WRITTEN-OFF", "Council tax written off", COLLECTION_FUND, _TYPE.EXPENSE),
    Entry("MEMO-OWED", "Owed by residents to others", MEMORANDUM, _TYPE.ASSET, control=True),
    Entry("MEMO-HELD", "Held by others", MEMORANDUM, _TYPE.LIABILITY),
)


@transaction.atomic
def lay_chart(*accounts: Entry) -> None:
    """Lay the starting chart, and any further accounts; what is there already stays.

    Raises:
        refusals.UnknownKind: a line's control account is not a control account of the chart.
    """
    _lay(models.Fund(code=code, title=title) for code, title in FUNDS.items())
    _lay(models.Book(code=code, title=title) for code, title in BOOKS.items())
    kinds = {kind.control: kind.slug for kind in joining.account_kinds().values()}
    funds = dict(models.Fund.objects.values_list("code", "pk"))
    _lay(
        models.Account(
            code=entry.code,
            title=entry.title,
            fund_id=funds[entry.fund],
            type=entry.type,
            control_for=kinds[entry.code] if entry.control else "",
        )
        for entry in (*ACCOUNTS, *accounts)
        # A line that is not here has none: a plain account of that name would bar it for ever.
        if not entry.control or entry.code in kinds
    )
    _refuse_strays(kinds)


def open_year(year: years.Year, *, book: str = MAIN) -> None:
    """Open the twelve periods of a financial year in a book; those that are there stay as is."""
    kept = models.Book.objects.get(code=book)
    months = [(year.first + (month + 3) // 12) * 100 + (month + 3) % 12 + 1 for month in range(12)]
    there = set(models.Period.objects.filter(book=kept).values_list("month", flat=True))
    models.Period.objects.bulk_create(
        [models.Period(book=kept, month=month) for month in months if month not in there],
        ignore_conflicts=True,
    )


def _lay(rows: Iterable[Any]) -> None:
    """Insert what is not there yet, by its code; whoever lays it at the same moment lays it."""
    wanted = list(rows)
    model = type(wanted[0])
    there = set(model._default_manager.values_list("code", flat=True))
    model._default_manager.bulk_create(
        [one for one in wanted if one.code not in there], ignore_conflicts=True
    )


def _refuse_strays(kinds: dict[str, str]) -> None:
    laid = dict(models.Account.objects.exclude(control_for="").values_list("code", "control_for"))
    for code, kind in kinds.items():
        if laid.get(code) != kind:
            raise refusals.UnknownKind(
                f"{kind} names the control account {code}, which is not a control account for it "
                "in the chart. Add it to the chart of accounts."
            )
