"""The ladder of recovery as arithmetic: how an account stands in, the next step and its day out.

Council Tax (Administration and Enforcement) Regulations 1992 (SI 1992/613) regs 23, 33 to 35.
Paying always stops it: where nothing is overdue, no step is next, whatever went before. That is
kinder than regulation 23(3), by which a late payment does not bring the instalments back; applying
for an order is a power of the council, not a duty (reg.34(1)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Numbers = NDArray[np.int64]


class Rung(IntEnum):
    """A step of the ladder, or none."""

    NONE = 0
    REMINDER = 1
    SECOND_REMINDER = 2
    FINAL_NOTICE = 3
    SUMMONS = 4
    LIABILITY_ORDER = 5
    REFUSED = 6
    WITHDRAWN = 7


class Why(IntEnum):
    """Whether the next step may be taken today, and if not, why not."""

    READY = 0
    NO_BILL = 1
    NOTHING_OVERDUE = 2
    TOO_EARLY = 3
    BELOW_THE_LEAST = 4
    TOO_OLD = 5
    AT_COURT = 6
    AFTER_THE_ORDER = 7
    REFUSED_BY_THE_COURT = 8


NAMES = {
    Rung.REMINDER: "reminder",
    Rung.SECOND_REMINDER: "second_reminder",
    Rung.FINAL_NOTICE: "final_notice",
    Rung.SUMMONS: "summons",
}
FIGURES = (
    "reminder_days",
    "reminder_further_days",
    "reminders_a_year",
    "final_notice_days",
    "recovery_years",
    "new_bill_days",
    "recovery_grace_days",
    "recovery_least",
)


@dataclass(frozen=True)
class Position:
    """How n accounts stand for a year on a day; columns (n,), pence and days.

    Attributes:
        version: of the newest bill, 0 without one.
        issued: the day of that bill.
        charged_pence: what the year comes to.
        received_pence: what has been received for it.
        asked_pence: what had to be paid before today.
        soon_pence: what will have to be paid by the last day of a reminder sent today.
        since: the day by which the oldest unpaid amount was to be paid; NaT where none is overdue.
        last_day: of the last instalment.
        rung: the last step that counts.
        rung_on: its day; NaT for none.
        rung_level_pence: what it asks to have been paid for the year in all.
        rung_version: the bill on which it rests.
        reminders: how many have been sent for the year.
    """

    version: Numbers
    issued: Days
    charged_pence: Numbers
    received_pence: Numbers
    asked_pence: Numbers
    soon_pence: Numbers
    since: Days
    last_day: Days
    rung: Numbers
    rung_on: Days
    rung_level_pence: Numbers
    rung_version: Numbers
    reminders: Numbers


@dataclass(frozen=True)
class Ladder:
    """The next step of each account; columns (n,).

    Attributes:
        rung: ``Rung`` of the next step; NONE where there is none.
        why: ``Why``.
        starts: the first day on which it may be taken as things are; NaT where there is none.
        act_pence: what it would ask for.
        level_pence: what must have been paid for the year in all, then.
        balance_pence: all that is still to pay for the year, never below nought.
    """

    rung: Numbers
    why: Numbers
    starts: Days
    act_pence: Numbers
    level_pence: Numbers
    balance_pence: Numbers


def ladder(at: Position, on: date, figures: Mapping[str, Any]) -> Ladder:
    """Return the next step of each account as it stands on a day.

    Args:
        at: how the accounts stand.
        on: the day.
        figures: the values of ``FIGURES`` in force.
    """
    today = np.datetime64(on)
    rung = _next(at, today, figures)
    level = _level(at, rung)
    starts = _starts(at, rung, figures)
    act = np.maximum(level - at.received_pence, 0)
    why = _why(at, rung, starts, act, today, figures)
    none = rung == Rung.NONE
    return Ladder(
        rung=rung,
        why=why,
        starts=np.where(none, np.datetime64("NaT"), starts),
        act_pence=np.where(none, 0, act),
        level_pence=np.where(none, 0, level),
        balance_pence=np.maximum(at.charged_pence - at.received_pence, 0),
    )


def due_pence(at: Position, on: date, figures: Mapping[str, Any]) -> Numbers:
    """Return what n accounts have to pay now, (n,), pence, never below nought.

    Instalments that had fallen due before the day; all of the year once the right to pay it by
    instalments was lost (SI 1992/613 reg.23(3) and (4)); what a summons or an order asked for.
    Whoever is not behind and was not summoned pays by instalments again, as the ladder has it.

    Args:
        at: how the accounts stand.
        on: the day.
        figures: the values of ``FIGURES`` in force.
    """
    late = np.maximum(at.asked_pence - at.received_pence, 0)
    asked = np.minimum(at.rung_level_pence, at.charged_pence) - at.received_pence
    left = at.charged_pence - at.received_pence
    all_of_it = np.where(_lost(at, on, figures) & (late > 0), left, 0)
    at_court = np.where(np.isin(at.rung, [Rung.SUMMONS, Rung.LIABILITY_ORDER]), asked, 0)
    return np.asarray(np.maximum.reduce([late, all_of_it, at_court]), np.int64)


def complied_by(rung: int, on: date, figures: Mapping[str, Any]) -> date:
    """Return the last day on which to pay what a notice of this day asks for."""
    days = "final_notice_days" if rung == Rung.FINAL_NOTICE else "reminder_days"
    return on + timedelta(figures[days] - 1)


def falls_due(on: date, figures: Mapping[str, Any]) -> date:
    """Return the day on which the balance of the year is due after a reminder of this day.

    The period of the reminder, then as long again from the day of the failure, the day after it.
    """
    return on + timedelta(figures["reminder_days"] + figures["reminder_further_days"])


def earliest_hearing(on: date, figures: Mapping[str, Any]) -> date:
    """Return the first day on which an order may be made on a summons that is posted on this day.

    Fourteen days must have passed since the day of service (reg.35(2A)), so that day is not one.
    """
    return on + timedelta(figures["summons_service_days"] + figures["summons_days"] + 1)


def _stands(at: Position) -> NDArray[np.bool_]:
    """Tell which last steps still rest on the newest bill; a new bill begins anew."""
    return np.asarray(at.rung_version == at.version, np.bool_)


def _complied(at: Position) -> NDArray[np.bool_]:
    return np.asarray(
        at.received_pence >= np.minimum(at.rung_level_pence, at.charged_pence), np.bool_
    )


def _lost(at: Position, on: date, figures: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Tell who, being behind, has lost the right to pay the year by instalments."""
    days = figures["reminder_days"] + figures["reminder_further_days"]
    passed = np.datetime64(on) >= at.rung_on + np.timedelta64(days, "D")
    unheeded = _reminded(at) & _stands(at) & ~_complied(at) & passed
    again = _reminded(at) & _complied(at) & (at.reminders >= figures["reminders_a_year"])
    told = _stands(at) & (at.rung == Rung.FINAL_NOTICE)
    return np.asarray(unheeded | again | told, np.bool_)


def _reminded(at: Position) -> NDArray[np.bool_]:
    return np.asarray(np.isin(at.rung, [Rung.REMINDER, Rung.SECOND_REMINDER]), np.bool_)


def _next(at: Position, on: np.datetime64, figures: Mapping[str, Any]) -> Numbers:
    unheeded = _reminded(at) & ~_complied(at)
    to_court = _stands(at) & (unheeded | (at.rung == Rung.FINAL_NOTICE))
    # Once a final notice or a summons went out the balance was due: no reminder brings it back.
    past = at.rung >= Rung.FINAL_NOTICE
    all_due = at.last_day < on
    ended = past | all_due | (at.reminders >= figures["reminders_a_year"])
    rung = np.select(
        [to_court, ended, at.reminders == 0],
        [Rung.SUMMONS, Rung.FINAL_NOTICE, Rung.REMINDER],
        Rung.SECOND_REMINDER,
    ).astype(np.int64)
    off = (at.version == 0) | (at.asked_pence <= at.received_pence) | _beyond(at)
    return np.asarray(np.where(off, Rung.NONE, rung), np.int64)


def _beyond(at: Position) -> NDArray[np.bool_]:
    there = np.isin(at.rung, [Rung.SUMMONS, Rung.LIABILITY_ORDER, Rung.REFUSED])
    return np.asarray(there, np.bool_)


def _level(at: Position, rung: Numbers) -> Numbers:
    """Return what is to have been paid in all: by a reminder what is due, otherwise everything."""
    by_notice = np.where(
        at.rung == Rung.FINAL_NOTICE,
        np.minimum(at.rung_level_pence, at.charged_pence),
        at.charged_pence,
    )
    soon = np.minimum(at.soon_pence, at.charged_pence)
    reminder = (rung == Rung.REMINDER) | (rung == Rung.SECOND_REMINDER)
    return np.asarray(
        np.select([reminder, rung == Rung.SUMMONS], [soon, by_notice], at.charged_pence), np.int64
    )


def _starts(at: Position, rung: Numbers, figures: Mapping[str, Any]) -> Days:
    """Return the first day of the step: after the law's own days, and the council's grace."""
    final = at.rung == Rung.FINAL_NOTICE
    wait = np.where(
        final,
        figures["final_notice_days"],
        figures["reminder_days"] + figures["reminder_further_days"],
    )
    by_notice = at.rung_on + wait.astype("timedelta64[D]")
    first = np.where(rung == Rung.SUMMONS, by_notice, at.since + 1)
    first = first + figures["recovery_grace_days"]
    return np.asarray(np.maximum(first, at.issued + figures["new_bill_days"]), "datetime64[D]")


def _why(
    at: Position,
    rung: Numbers,
    starts: Days,
    act: Numbers,
    on: np.datetime64,
    figures: Mapping[str, Any],
) -> Numbers:
    least = np.zeros(len(rung), np.int64)
    for one, name in NAMES.items():
        least[rung == one] = figures["recovery_least"][name]
    overdue = np.where(rung == Rung.SUMMONS, act, at.asked_pence - at.received_pence)
    months = at.since.astype("datetime64[M]") + 12 * figures["recovery_years"]
    over = months.astype("datetime64[D]") + (at.since - at.since.astype("datetime64[M]"))
    return np.select(
        [
            at.version == 0,
            at.rung == Rung.SUMMONS,
            at.rung == Rung.LIABILITY_ORDER,
            at.rung == Rung.REFUSED,
            at.asked_pence <= at.received_pence,
            overdue < least,
            (rung == Rung.SUMMONS) & (on >= over),
            starts > on,
        ],
        [
            Why.NO_BILL,
            Why.AT_COURT,
            Why.AFTER_THE_ORDER,
            Why.REFUSED_BY_THE_COURT,
            Why.NOTHING_OVERDUE,
            Why.BELOW_THE_LEAST,
            Why.TOO_OLD,
            Why.TOO_EARLY,
        ],
        Why.READY,
    ).astype(np.int64)
