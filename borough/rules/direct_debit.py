"""The Direct Debit Scheme as arithmetic: who may be collected from, how much, under which code.

Nothing is collected that the payer was not told of in time, and never more than is owed.
"""

import calendar
import enum
import re
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.rules import parameters

SHEET = parameters.load("direct_debit")

FIRST, USUAL, AGAIN, LAST = "01", "17", "18", "19"
NEW_INSTRUCTION, INSTRUCTION_CANCELLED = "0N", "0C"

_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9./& -]{4,16}[A-Z0-9./&-]")
_RESERVED = "DDIC"
_LEAST_ALPHANUMERIC = 6


class Reason(enum.IntEnum):
    """Why nothing is collected, in the order in which the reasons are looked at; NONE: it is."""

    NONE = 0
    NO_INSTRUCTION = 1
    NOT_CONFIRMED = 2
    NOT_YET_LIVE = 3
    DECEASED = 4
    STOPPED = 5
    DORMANT = 6
    ARRANGED = 7
    PAID = 8
    NOT_TOLD = 9
    TOLD_TOO_LATE = 10
    LEFT_ALONE = 11


@dataclass(frozen=True)
class Standing:
    """How things stand for n instalments on the day of collection, as columns (n,).

    Attributes:
        instructed: bool, an instruction is in force.
        confirmed: bool, a second person has confirmed its bank details.
        live_from: the first day on which it may be used, NaT before it was sent to the bank.
        deceased: bool, the payer or the only person liable is recorded as having died.
        stopped: bool, collecting is stopped for a while.
        used: the day of its last use: a collection, or being lodged.
        arranged: bool, an arrangement asks for this debt instead of the notices.
        told: the day on which the payer was told of amount and day, NaT where not.
        instalment_pence: what was told.
        asked_pence: all that the notices ask for until and with this instalment.
        received_pence: received so far, collections on their way included.
        owed_pence: what the year still owes, less collections on their way.
    """

    instructed: NDArray[np.bool_]
    confirmed: NDArray[np.bool_]
    live_from: NDArray[np.datetime64]
    deceased: NDArray[np.bool_]
    stopped: NDArray[np.bool_]
    used: NDArray[np.datetime64]
    arranged: NDArray[np.bool_]
    told: NDArray[np.datetime64]
    instalment_pence: NDArray[np.int64]
    asked_pence: NDArray[np.int64]
    received_pence: NDArray[np.int64]
    owed_pence: NDArray[np.int64]


def choose(
    standing: Standing, *, on: date, tell_by: date
) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Return what to collect of each instalment, pence, and the first reason for nothing.

    An instalment is made smaller by what was paid towards it, and by what is no longer owed; it
    is never made larger.

    Args:
        standing: how things stand, (n,).
        on: the day on which the money moves.
        tell_by: the last day on which telling the payer was in time.

    Returns:
        int64 (n,) pence, nought wherever there is a reason; int8 (n,), a :class:`Reason`.
    """
    left = np.minimum(
        np.minimum(standing.instalment_pence, standing.asked_pence - standing.received_pence),
        standing.owed_pence,
    )
    day = np.datetime64(on)
    against = {
        Reason.NO_INSTRUCTION: ~standing.instructed,
        Reason.NOT_CONFIRMED: ~standing.confirmed,
        Reason.NOT_YET_LIVE: ~(standing.live_from <= day),  # so where it is NaT
        Reason.DECEASED: standing.deceased,
        Reason.STOPPED: standing.stopped,
        Reason.DORMANT: standing.used < np.datetime64(dormant_before(on)),
        Reason.ARRANGED: standing.arranged,
        Reason.PAID: left <= 0,
        Reason.NOT_TOLD: np.isnat(standing.told),
        Reason.TOLD_TOO_LATE: standing.told > np.datetime64(tell_by),
    }
    why = np.select(list(against.values()), list(against), Reason.NONE).astype(np.int8)
    return np.where(why == Reason.NONE, left, 0), why


def codes(*, used_before: NDArray[np.bool_], is_last: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Return the transaction code of each collection, str (n,).

    The code for the last makes the bank forget the instruction, so it is kept for an account that
    has ended; a year's last instalment is a usual one, for the next year follows.

    Args:
        used_before: bool (n,), the instruction has been collected from.
        is_last: bool (n,), nothing will be collected by it again.
    """
    return np.where(used_before, np.where(is_last, LAST, USUAL), FIRST)


def figure(name: str, on: date) -> int:
    """Return a figure of the scheme in force on a day."""
    return int(SHEET[name].at(on).value)


def dormant_before(on: date) -> date:
    """Return the day before which an instruction was last used if banks have forgotten it."""
    return months_later(on, -figure("dormant_after_months", on))


def months_later(day: date, months: int) -> date:
    """Return the same day of another month, or the last that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def reference_fault(reference: str) -> str:
    """Return what is wrong with a reference for a new instruction, "" when nothing is.

    Six to eighteen characters that Bacs knows, at least six of them letters or figures and not all
    the same, the first of them one; never beginning with what is kept for indemnity claims.
    """
    alphanumeric = [one for one in reference if one.isalnum()]
    if not _REFERENCE.fullmatch(reference):
        return "It must have 6 to 18 characters: A to Z, 0 to 9, and . / & - or a space inside."
    if len(alphanumeric) < _LEAST_ALPHANUMERIC:
        return "At least six of its characters must be letters or figures."
    if len(set(alphanumeric)) == 1:
        return "Its letters and figures must not all be the same."
    if reference.startswith(_RESERVED):
        return "It must not begin with DDIC, which is kept for indemnity claims."
    return ""
