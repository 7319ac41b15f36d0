"""What has to be paid of a year now, and since when: instalments, or all once they are lost."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from borough.lines.revenues import laws, overdue
from borough.lines.revenues.queries import stages, unwritten
from borough.rules import parameters, years
from borough.rules.council_tax import recovery as rules
from borough.rules.council_tax.recovery import Rung


@dataclass(frozen=True)
class Due:
    """What n accounts have to pay of a year now; columns (n,).

    Attributes:
        pence: never below nought.
        since: the day by which the oldest of it was to be paid; NaT where nothing is due.
        is_all: whether nothing of the year falls due later.
    """

    pence: NDArray[np.int64]
    since: NDArray[np.datetime64]
    is_all: NDArray[np.bool_]


def of(standing: overdue.Standing, reached: stages.Stages) -> Due:
    """Return what accounts have to pay on the day of their standing.

    Args:
        standing: how they stand by their instalments.
        reached: the stage of each, in the same order.
    """
    values = parameters.InForce(laws.sheet(), standing.on)
    at = position(standing, reached, values)
    pence = rules.due_pence(at, standing.on, values)
    # Where no instalment is late, a summons or an order asked for what is due.
    since = np.where(np.isnat(standing.since), reached.rung_on, standing.since)
    return Due(
        pence=pence,
        since=np.where(pence > 0, since, np.datetime64("NaT")),
        is_all=(pence > 0) & (pence >= standing.balance_pence),
    )


@dataclass(frozen=True, slots=True)
class DueOfOne:
    """What one account has to pay of a year now, and how far recovery has come, since when."""

    pence: int
    is_all: bool
    stage: str
    stage_on: date


def of_account(account_id: int, year: years.Year, on: date) -> DueOfOne | None:
    """Return what an account has to pay of a year; None where no step was taken for it."""
    standing = overdue.standing(year, on, account_ids=[account_id])
    reached = stages.stages(standing.account, year, on)
    if not len(standing.account) or reached.rung[0] == Rung.NONE:
        return None
    owing = of(standing, reached)
    return DueOfOne(
        pence=int(owing.pence[0]),
        is_all=bool(owing.is_all[0]),
        stage=reached.words()[0],
        stage_on=reached.rung_on[0].item(),
    )


def position(
    standing: overdue.Standing, reached: stages.Stages, figures: parameters.InForce
) -> rules.Position:
    """Return how accounts stand as the rules of recovery read it."""
    week = np.full(
        len(standing.account), np.datetime64(standing.on + timedelta(figures["reminder_days"] - 1))
    )
    return rules.Position(
        version=standing.version,
        issued=standing.issued,
        charged_pence=standing.charged_pence,
        received_pence=standing.received_pence,
        asked_pence=standing.asked_pence,
        soon_pence=standing.schedule.asked_by(week),
        since=standing.since,
        last_day=standing.schedule.last_day,
        rung=reached.rung,
        rung_on=_told_on(reached),
        rung_level_pence=reached.level_pence,
        rung_version=reached.version,
        reminders=reached.reminders,
    )


def _told_on(reached: stages.Stages) -> NDArray[np.datetime64]:
    """Return the day from which the days of each notice count: when its letter left, if later.

    They begin with the day on which the notice is issued (SI 1992/613 regs 23(1) and 33(1)); one
    that was posted later than it was written gives no fewer.
    """
    notices = np.isin(reached.rung, [Rung.REMINDER, Rung.SECOND_REMINDER, Rung.FINAL_NOTICE])
    went = unwritten.went(np.where(notices, reached.step, 0))
    return np.asarray(np.fmax(reached.rung_on, went), "datetime64[D]")
