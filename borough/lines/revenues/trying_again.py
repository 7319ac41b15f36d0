"""May a collection that came back be tried a second time? Asked as any other act upon a debt."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.kernel.holds import acts, kinds
from borough.kernel.holds import commands as holds
from borough.kernel.holds import queries as asking
from borough.lines.revenues import steps
from borough.rules import years

_DEBTS = """
select s.id, s.reference, s.part, a.id from ledger_subaccount s
join revenues_account a on a.reference = s.reference
where s.id = any(%s::bigint[])
"""


def held(sub_accounts: Sequence[int], on: date) -> NDArray[np.bool_]:
    """Tell of each year of an account whether something stands against it, bool (n,).

    While the transaction lasts no hold can be placed. A need that comes before a letter is met by
    the way in which the letter leaves, and does not stand against the collection.

    Args:
        sub_accounts: ids of the ledger.
        on: the day of the collection, or of telling that it is to be.
    """
    if not sub_accounts:
        return np.zeros(0, np.bool_)
    holds.asking()
    with connection.cursor() as cursor:
        cursor.execute(_DEBTS, [arrays.of_ids(sub_accounts)])
        rows = cursor.fetchall()
    found = _debts(rows)
    answers = asking.may_we_act(list(found.values()), acts.COLLECT_AGAIN, on)
    needs = kinds.needs_first()
    stands = {
        number
        for number, reasons in zip(found, answers, strict=True)
        if any(one.kind not in needs for one in reasons)
    }
    return np.array([one in stands for one in sub_accounts], np.bool_)


def _debts(rows: Sequence[tuple[int, str, str, int]]) -> dict[int, asking.Debt]:
    found: dict[int, asking.Debt] = {}
    for part in sorted({part for _, _, part, _ in rows}):
        mine = [row for row in rows if row[2] == part]
        people = steps.liable([account for *_, account in mine], years.Year.named(part))
        for number, reference, _, account in mine:
            thing = f"revenues.account/{reference}"
            found[number] = asking.Debt(thing, people.get(account, ()), part)
    return found
