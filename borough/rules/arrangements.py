"""Arrangements to pay: what is agreed, when it falls due, and whether it is kept.

Plain arithmetic over many arrangements at once. The terms are few numbers, so the instalments are
worked out and never stored: the first takes the odd amount, as in a bill, and is the smaller one.

*More money never makes it worse*: every answer here improves, or stays, as more is received.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from borough.rules import money

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]
DAY, MONTH = "datetime64[D]", "datetime64[M]"
NEVER = np.datetime64("NaT", "D")

EVERY_DAYS = {"weekly": 7, "fortnightly": 14, "four_weekly": 28, "monthly": 0}
"""Days from one instalment to the next; 0 for the same day of every month."""

A_YEAR = {
    "weekly": 52,
    "fortnightly": 26,
    "four_weekly": 13,
    "monthly": 12,
    "quarterly": 4,
    "annual": 1,
}
"""How often a year, for saying what an amount comes to in a month."""


class State(IntEnum):
    """How an arrangement stands on a day, the worse the higher."""

    PAID = 0
    KEPT = 1
    LATE = 2
    WARNED = 3
    BROKEN = 4


@dataclass(frozen=True)
class Terms:
    """What was agreed, as columns (n,).

    Attributes:
        number: how many instalments, 1 or more.
        first_pence, other_pence: the first and each of the others.
        first_due: the day of the first, datetime64[D].
        every_days: days between instalments; 0 for every month.
        payment_day: the day of the month, 1 to 31; in a shorter month its last day.
    """

    number: Ints
    first_pence: Ints
    other_pence: Ints
    first_due: Days
    every_days: Ints
    payment_day: Ints

    def due_on(self, nth: Ints) -> Days:
        """Return the day of the nth instalment of each, the first being 0, datetime64[D] (n,)."""
        by_days = self.first_due + self.every_days * nth
        month = self.first_due.astype(MONTH) + nth
        last = (month + 1).astype(DAY) - 1
        by_months = np.minimum(month.astype(DAY) + (self.payment_day - 1), last)
        return np.where(self.every_days > 0, by_days, by_months)

    @property
    def last_due(self) -> Days:
        """The day of the last instalment."""
        return self.due_on(self.number - 1)

    @property
    def total_pence(self) -> Ints:
        """All instalments together."""
        return self.up_to(self.number)

    def fallen(self, on: np.datetime64) -> Ints:
        """Return how many instalments were due before ``on``: the day itself may still be used."""
        days = (on - self.first_due).astype(np.int64)
        by_days = (days + np.maximum(self.every_days, 1) - 1) // np.maximum(self.every_days, 1)
        by_months = (on.astype(MONTH) - self.first_due.astype(MONTH)).astype(np.int64)
        this_month = self.due_on(np.maximum(by_months, 0))
        by_months = by_months + (this_month < on)
        count = np.where(self.every_days > 0, by_days, by_months)
        return np.where(days > 0, np.clip(count, 0, self.number), 0)

    def up_to(self, count: Ints) -> Ints:
        """Return what the first ``count`` instalments come to, int64 (n,) pence."""
        others: Ints = np.maximum(count - 1, 0) * self.other_pence
        return np.where(count > 0, self.first_pence + others, 0)

    def covered(self, pence: Ints) -> Ints:
        """Return how many instalments an amount pays in full, int64 (n,), oldest first."""
        others = np.maximum(pence - self.first_pence, 0) // np.maximum(self.other_pence, 1)
        return np.where(pence >= self.first_pence, np.clip(1 + others, 1, self.number), 0)


@dataclass(frozen=True)
class Figures:
    """The council's own rules: how late, how short, and how long to put it right."""

    late_after_days: int
    tolerance_pence: int
    days_to_put_right: int


@dataclass(frozen=True)
class Standing:
    """How arrangements stand on a day, as columns (n,).

    Attributes:
        state: of :class:`State`.
        asked_pence: what had fallen due before the day.
        short_pence: what of that is missing; never more than what is still owed.
        late_since: the day of the oldest instalment that is not paid, NaT where none is late.
    """

    state: Ints
    asked_pence: Ints
    short_pence: Ints
    late_since: Days


def spread(debt_pence: Ints, other_pence: Ints) -> tuple[Ints, Ints]:
    """Return number and first instalment where each but the first is ``other_pence``, (n,) each.

    The odd amount comes first, so the first payment is never larger than the others.
    """
    number = money.pence(debt_pence, other_pence, money.UP)
    return number, debt_pence - (number - 1) * other_pence


def over(debt_pence: Ints, number: Ints) -> Ints:
    """Return the amount of each instalment that clears a debt in a number of them, (n,) pence."""
    each: Ints = money.pence(debt_pence, number, money.UP)
    return each


def standing(
    terms: Terms,
    received_pence: Ints,
    owed_pence: Ints,
    *,
    warned_on: Days,
    put_right_by: Days,
    on: np.datetime64,
    figures: Figures,
) -> Standing:
    """Return how each arrangement stands on a day.

    Args:
        terms: what was agreed.
        received_pence: what has been received for it since it was agreed, int64 (n,).
        owed_pence: what is still owed of the debts that it covers, int64 (n,).
        warned_on: the day of the newest warning letter, NaT where none was sent.
        put_right_by: the last day to put it right, as that letter says.
        on: the day asked for.
        figures: the council's rules.
    """
    asked = terms.up_to(terms.fallen(on))
    short = np.clip(np.minimum(asked - received_pence, owed_pence), 0, None)
    oldest = terms.covered(received_pence + figures.tolerance_pence)
    is_short = short > figures.tolerance_pence
    late_since = np.where(is_short, terms.due_on(np.minimum(oldest, terms.number - 1)), NEVER)
    days = (on - late_since).astype(np.int64)  # NaT gives the least int64
    late = is_short & (days > figures.late_after_days)
    # A warning speaks of what was late when it was sent, not of a miss after that was put right.
    warned = late & (warned_on >= late_since)
    broken = warned & (put_right_by < on)
    state = np.select(
        [owed_pence <= 0, broken, warned, late],
        [State.PAID, State.BROKEN, State.WARNED, State.LATE],
        State.KEPT,
    ).astype(np.int64)
    return Standing(state, asked, short, late_since)


def a_month(pence: Ints, every: str) -> Ints:
    """Return what an amount comes to in a month, to the nearest penny, a tie upward, (n,)."""
    each: Ints = money.pence(pence * A_YEAR[every], 12)
    return each
