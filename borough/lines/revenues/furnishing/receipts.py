"""What was paid until today: Direct Debits on their days, everything else on days of its own.

A day's collection is one journal with a line for each account, as the bank's file is one payment.
"""

from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import commanding, furnishing
from borough.kernel.ledger import commands as ledger
from borough.kernel.ledger import queries
from borough.lines.revenues import billing, notices
from borough.lines.revenues.furnishing import accounts, arrears, paying
from borough.rules import years

SOURCE = "revenues.receipts"
LINES_A_JOURNAL = 30_000  # a line's number is a small integer
SATURDAY = 5

_BILLS = """
select a.reference::int, s.id, b.version, b.earlier_pence, b.instalments, b.first_pence,
       b.other_pence, coalesce(b.first_due - date '1970-01-01', 0), b.payment_day,
       b.issued - date '1970-01-01',
       coalesce(lead(b.issued) over (partition by b.account_id order by b.version)
                - date '1970-01-01', 100000)
from revenues_bill b
join revenues_account a on a.id = b.account_id
join ledger_subaccount s on s.kind = %s and s.part = %s and s.reference = a.reference
where b.year = %s
order by b.account_id, b.version
"""


@dataclass(frozen=True)
class Payments:
    """Columns of p payments: what is paid on which day, by Direct Debit or not."""

    sub_account: NDArray[np.int64]
    on: NDArray[np.datetime64]
    pence: NDArray[np.int64]
    debit: NDArray[np.bool_]

    def __add__(self, other: "Payments") -> "Payments":
        names = Payments.__annotations__
        return Payments(*(np.concatenate([getattr(self, n), getattr(other, n)]) for n in names))


def receive(
    town: furnishing.Town,
    opened: accounts.Opened,
    payers: paying.Payers,
    owed: arrears.Owed,
    year: years.Year,
    *,
    by: commanding.Actor,
    progress: furnishing.Progress,
) -> None:
    """Post the receipts of the year until the day before the town's today."""
    paid = _instalments(town, opened, payers, year) + _earlier(town, owed, year)
    until = np.datetime64(town.on)
    for month in np.unique(paid.on[paid.on < until].astype("datetime64[M]")):
        chosen = (paid.on.astype("datetime64[M]") == month) & (paid.on < until)
        with progress(f"Receipts of {month.item():%B %Y}", int(chosen.sum())):
            _post(paid, np.flatnonzero(chosen), by)


def _instalments(
    town: furnishing.Town, opened: accounts.Opened, payers: paying.Payers, year: years.Year
) -> Payments:
    """Return what is paid of the instalments of the year's bills, each as its payer's habit is."""
    with connection.cursor() as cursor:
        cursor.execute(_BILLS, [billing.KIND, year.name, year.first])
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 11)
    spell = np.argsort(opened.references.astype(np.int64))[rows[:, 0] - accounts.FIRST_REFERENCE]
    version, earlier, number, first, other = rows[:, 2:7].T
    first_due, issued, superseded = rows[:, [7, 9, 10]].T.astype("datetime64[D]")
    asked = notices.Newest(version, earlier, number, first, other, first_due, rows[:, 8])
    due, pence = asked.due_days(), asked.amounts()
    stands = due < (superseded + notices.least_days(year))[:, None]
    bill, nth = np.nonzero(stands & (pence > 0))
    who = spell[bill]
    day = _days(furnishing.dice(town.seed, "revenues receipts"), payers, who, due[bill, nth])
    habit = payers.habit[who]
    paid = (habit != "never") & ((habit != "stops") | (nth < payers.stops_after[who]))
    paid &= day >= issued[bill]
    kept = np.flatnonzero(paid)
    return Payments(
        rows[bill[kept], 1], day[kept], pence[bill[kept], nth[kept]], payers.direct_debit[who[kept]]
    )


def _days(
    dice: np.random.Generator,
    payers: paying.Payers,
    who: NDArray[np.int64],
    due: NDArray[np.datetime64],
) -> NDArray[np.datetime64]:
    """Return the day of each payment: Direct Debits on the next working day, others at will."""
    mix = paying.figures()
    early = dice.integers(mix["early_days"][0], mix["early_days"][1] + 1, len(due))
    late = dice.integers(mix["late_days"][0], mix["late_days"][1] + 1, len(due))
    weekday = (due.astype(np.int64) + 3) % 7  # 1 January 1970 was a Thursday
    next_working = due + np.where(weekday >= SATURDAY, 7 - weekday, 0)
    on_time = np.where(payers.direct_debit[who], next_working, due - early)
    return np.where(payers.habit[who] == "late", due + late, on_time)


def _earlier(town: furnishing.Town, owed: arrears.Owed, year: years.Year) -> Payments:
    """Return the part payments of some who owed for earlier years."""
    dice = furnishing.dice(town.seed, "revenues earlier receipts")
    count = len(owed.pence)
    drawn = dice.integers(0, 1000, count)
    paid = np.flatnonzero(drawn < paying.figures()["earlier_part_paid_permille"])
    pence = owed.pence * dice.integers(2, 10, count) // 10
    day = np.datetime64(year.starts) + dice.integers(20, 330, count)
    return Payments(owed.sub_account[paid], day[paid], pence[paid], np.zeros(len(paid), np.bool_))


def _post(paid: Payments, rows: NDArray[np.int64], by: commanding.Actor) -> None:
    """Post these payments: a journal for each day and way of paying, in parts where it is long."""
    order = rows[np.lexsort((paid.sub_account[rows], paid.debit[rows], paid.on[rows]))]
    day, debit = paid.on[order], paid.debit[order]
    anew = np.append(True, (day[1:] != day[:-1]) | (debit[1:] != debit[:-1]))
    begins = np.flatnonzero(anew)
    nth = np.arange(len(order)) - begins[np.cumsum(anew) - 1]
    part = nth // LINES_A_JOURNAL
    first = np.flatnonzero(nth % LINES_A_JOURNAL == 0)
    journal = np.cumsum(nth % LINES_A_JOURNAL == 0) - 1
    total = np.add.reduceat(paid.pence[order], first)
    codes = queries.account_ids()
    sides = [codes["BANK"], codes["OWED-TO-CF"], codes["CT-CASH-WITH-GF"]]
    count = len(first)
    postings = ledger.Postings(
        journal=np.concatenate([np.repeat(np.arange(count), 3), journal]),
        account=np.concatenate([np.tile(sides, count), np.full(len(order), codes["CT-PAYERS"])]),
        sub_account=np.concatenate([np.full(3 * count, ledger.NONE), paid.sub_account[order]]),
        pence=np.concatenate([np.column_stack([total, -total, total]).ravel(), -paid.pence[order]]),
    )
    ways = np.where(debit[first], "direct-debit", "paid")
    keys = [
        f"{way}/{on}/{number + 1}"
        for way, on, number in zip(ways, day[first], part[first], strict=True)
    ]
    narrative = np.where(debit[first], "Direct Debit", "Payment received, thank you").tolist()
    journals = ledger.Journals(keys, day[first], narrative)
    ledger.post_batch(source=SOURCE, journals=journals, postings=postings, by=by)
