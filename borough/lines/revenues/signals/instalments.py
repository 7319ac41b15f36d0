"""A steady payer who misses an instalment or two: what changed is a reason to ask, not to press."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from borough.kernel import joining
from borough.lines.revenues import models, overdue
from borough.lines.revenues.signals import liable
from borough.rules import years
from borough.rules.support import signals

CODE = "S1"
A_MONTH = np.timedelta64(28, "D")  # whoever is later than that has missed the month


def missed(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See who paid steadily for months and has now missed an instalment or two.

    Steady is who, at no look back a month apart, was a month or more behind. A month of which
    nothing is recorded proves nothing, so it is not steady.
    """
    asks = signals.law(on).signals[CODE].asks
    who = liable.liable(people, on)
    year = years.Year.holding(on)
    stood = overdue.standing(year, on, account_ids=who.accounts)
    since, late = stood.since, _unpaid(stood)
    few = (late >= 1) & (late <= asks["missed_most"])
    account, since = stood.account[few], since[few]
    steady = _steady(account, since, asks["good_months"], year, on)
    account, since = account[steady], since[steady]
    named = dict(models.Account.objects.in_bulk(account.tolist()))
    things = [
        f"{named[number].thing}/{day}"
        for number, day in zip(account.tolist(), since.tolist(), strict=True)
    ]
    return who.seen(account, since, things)


def _unpaid(stood: overdue.Standing) -> NDArray[np.int64]:
    """Return how many instalments that fell due are not paid whole, (n,)."""
    schedule, since = stood.schedule, stood.since
    due = (schedule.day >= since[schedule.row]) & (schedule.day < np.datetime64(stood.on))
    return np.bincount(schedule.row[due], minlength=schedule.count).astype(np.int64)


def _steady(
    account: NDArray[np.int64],
    since: NDArray[np.datetime64],
    months: int,
    year: years.Year,
    on: date,
) -> NDArray[np.bool_]:
    """Return which accounts were not behind in the months before the day they missed, (n,)."""
    steady = ~_behind(overdue.standing(year.preceding, on, account_ids=account), account)
    day = on
    for _ in range(months + 3):  # what was missed may be three months old at most
        day = (day.replace(day=1) - timedelta(1)).replace(day=min(day.day, 28))
        asked = (np.datetime64(day) <= since) & (np.datetime64(day) >= _before(since, months))
        if asked.any():
            then = overdue.standing(years.Year.holding(day), day, account_ids=account)
            known = np.isin(account, then.account[then.version > 0])
            steady &= ~asked | (known & ~_behind(then, account))
    return steady


def _behind(then: overdue.Standing, account: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of the accounts were a month or more behind, (n,)."""
    with np.errstate(invalid="ignore"):
        long = (np.datetime64(then.on) - then.since) >= A_MONTH
    return np.isin(account, then.account[long & (then.overdue_pence > 0)])


def _before(since: NDArray[np.datetime64], months: int) -> NDArray[np.datetime64]:
    return (since.astype("datetime64[M]") - months).astype("datetime64[D]")
