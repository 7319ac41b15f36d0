"""The year as it went: everybody billed in March, then whoever moved billed again month by month.

It is the line's own billing that does it; the town only brings the circumstances in, in the order
in which they became known.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import commanding, furnishing
from borough.lines.revenues import billing
from borough.lines.revenues.furnishing import accounts, staging
from borough.rules import years

PART = 20_000
TOLD_AFTER_DAYS = 11  # into the next month


def bill_as_it_went(
    town: furnishing.Town,
    opened: accounts.Opened,
    year: years.Year,
    *,
    by: commanding.Actor,
    progress: furnishing.Progress,
) -> None:
    """Bill the year, and bill again for each change of the year until the town's today."""
    spells, cut = town.spells, np.datetime64(opened.bills_go_out)
    begins = np.datetime64(year.starts)
    known = (spells.starts < cut) & ~(spells.ends < cut)
    liable = known & ~(spells.ends <= begins)
    with progress(f"Bills of {year}", int(liable.sum())):
        _bill(opened.ids[liable], year, on=opened.bills_go_out, by=by, because="annual billing")
    with progress("Moves of the year", int((spells.starts >= cut).sum())):
        staging.after(opened.rows, spells, opened.bills_go_out)
    changed = np.where(spells.starts >= cut, spells.starts, spells.ends)
    changed = np.where(changed >= cut, changed, np.datetime64("NaT"))
    touched = ~np.isnat(changed)
    told = _told(changed, town.on)
    with progress("Bills for who moved", int(touched.sum())):
        for day in np.unique(told[touched]):
            _bill(opened.ids[told == day], year, on=day.item(), by=by, because="a move")


def _told(changed: NDArray[np.datetime64], on: date) -> NDArray[np.datetime64]:
    """Return the day on which each change was billed: early in the next month, or today."""
    following = changed.astype("datetime64[M]") + np.timedelta64(1, "M")
    told = following.astype("datetime64[D]") + TOLD_AFTER_DAYS
    return np.where(told > np.datetime64(on), np.datetime64(on), told)


def _bill(
    ids: NDArray[np.int64], year: years.Year, *, on: date, by: commanding.Actor, because: str
) -> None:
    ordered = np.sort(ids).tolist()
    for at in range(0, len(ordered), PART):
        billing.bill_accounts(ordered[at : at + PART], year, on=on, by=by, because=because)
