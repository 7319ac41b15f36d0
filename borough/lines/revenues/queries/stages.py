"""What stage recovery of a year has come to: read from the steps, for many accounts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from borough.kernel import arrays
from borough.lines.revenues import models
from borough.rules import years
from borough.rules.council_tax.recovery import Rung

Kind = models.Step.Kind
RUNGS = {
    Kind.REMINDER: Rung.REMINDER,
    Kind.SECOND_REMINDER: Rung.SECOND_REMINDER,
    Kind.FINAL_NOTICE: Rung.FINAL_NOTICE,
    Kind.SUMMONS: Rung.SUMMONS,
    Kind.LIABILITY_ORDER: Rung.LIABILITY_ORDER,
    Kind.REFUSED: Rung.REFUSED,
    Kind.WITHDRAWN: Rung.WITHDRAWN,
}
WORDS = {
    Rung.NONE: "No reminder sent",
    Rung.REMINDER: "Reminder sent",
    Rung.SECOND_REMINDER: "Second reminder sent",
    Rung.FINAL_NOTICE: "Final notice sent",
    Rung.SUMMONS: "Summoned to court",
    Rung.LIABILITY_ORDER: "Liability order",
    Rung.REFUSED: "Order refused by the court",
    Rung.WITHDRAWN: "Summons withdrawn",
}

_STEPS = """
select account_id, kind, issued - date '1970-01-01', level_pence, bill_version,
       hearing - date '1970-01-01', id
from revenues_step
where year = %s and issued <= %s and account_id = any(%s::bigint[])
order by account_id, number
"""


@dataclass(frozen=True)
class Stages:
    """The stage of each of n accounts on a day; columns (n,), in the order asked for.

    Attributes:
        rung: the last step that counts (a hearing put off is still a summons; a notice that was
            withdrawn before anybody was told of it never was).
        step: its id; 0 for none.
        rung_on: its day; NaT for none.
        level_pence: what it asks to have been paid for the year in all.
        version: the bill on which it rests.
        reminders: how many were sent for the year.
        hearing: the day of the court that it goes or went to; NaT for none.
    """

    rung: NDArray[np.int64]
    step: NDArray[np.int64]
    rung_on: NDArray[np.datetime64]
    level_pence: NDArray[np.int64]
    version: NDArray[np.int64]
    reminders: NDArray[np.int64]
    hearing: NDArray[np.datetime64]

    def words(self) -> list[str]:
        """Return the stage of each in words."""
        return [WORDS[Rung(one)] for one in self.rung.tolist()]


def stages(account_ids: Sequence[int] | NDArray[np.int64], year: years.Year, on: date) -> Stages:
    """Return the stage of each account for a year, from the steps up to a day.

    Args:
        account_ids: each once, in any order.
        year: whose debt.
        on: later steps do not count.
    """
    ids = np.asarray(account_ids, np.int64)
    count, never = len(ids), np.datetime64("NaT", "D")
    found = Stages(
        rung=np.zeros(count, np.int64),
        step=np.zeros(count, np.int64),
        rung_on=np.full(count, never),
        level_pence=np.zeros(count, np.int64),
        version=np.zeros(count, np.int64),
        reminders=np.zeros(count, np.int64),
        hearing=np.full(count, never),
    )
    place = {account: row for row, account in enumerate(ids.tolist())}
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, [year.first, on, arrays.of_ids(ids)])
        for account, taken in groupby(cursor.fetchall(), key=lambda step: step[0]):
            _read(found, place[account], list(taken))
    return found


def _read(found: Stages, row: int, taken: Sequence[Sequence[Any]]) -> None:
    """Read the stage of an account from its steps, the first first."""
    stands: list[Sequence[Any]] = []
    for step in taken:
        _, kind, _, _, _, hearing, _ = step
        if hearing is not None:
            found.hearing[row] = np.datetime64(hearing, "D")
        if kind == Kind.NOTICE_WITHDRAWN:
            stands.pop()
        elif kind != Kind.ADJOURNED:
            stands.append(step)
    if not stands:
        return
    _, kind, issued, level, version, _, number = stands[-1]
    found.rung[row], found.step[row] = RUNGS[Kind(kind)], number
    found.rung_on[row] = np.datetime64(issued, "D")
    found.level_pence[row], found.version[row] = level, version
    found.reminders[row] = sum(one[1] in (Kind.REMINDER, Kind.SECOND_REMINDER) for one in stands)


def history(account_id: int, year: years.Year) -> list[models.Step]:
    """Return the steps of an account's year, the first first."""
    rows = models.Step.objects.filter(account=account_id, year=year.first)
    return list(rows.order_by("number"))
