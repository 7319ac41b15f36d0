"""Whether somebody is behind with Council Tax today, of whichever year."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import joining
from borough.kernel.ledger.models import SubAccount
from borough.lines.revenues import billing, overdue
from borough.lines.revenues.queries import due, stages
from borough.lines.revenues.signals import liable
from borough.rules import years

SERVICE = "council_tax"


def behind(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who is liable on an account of which anything has to be paid now and is not."""
    who = liable.liable(people, on)
    late: set[int] = set()
    for year in _years(on):
        stood = overdue.standing(year, on, account_ids=who.accounts)
        owing = due.of(stood, stages.stages(stood.account, year, on))
        late.update(stood.account[owing.pence > 0].tolist())
    account = np.array(sorted(late), np.int64)
    return who.seen(account, np.full(len(account), np.datetime64(on)), [SERVICE] * len(account))


def _years(on: date) -> list[years.Year]:
    """Return the years of which anything is kept, up to the one of the day."""
    parts = SubAccount.objects.filter(kind=billing.KIND).values_list("part", flat=True).distinct()
    kept = [years.Year.named(part) for part in parts.order_by("part")]
    return [year for year in kept if year.starts <= on]
