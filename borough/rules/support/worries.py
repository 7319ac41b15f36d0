"""The few sums by which an early worry is seen in a service's own figures.

Their figures (how many weeks, how many per cent) stand with the signals, under `asks`.
"""

import datetime

from borough.rules import money, parameters
from borough.rules.money import Flag, Pence

DEDUCTIONS = "support/deductions.yaml"


def deduction_cap_percent(on: datetime.date) -> int | None:
    """Return the most that may be taken from Universal Credit, as a share of the allowance.

    None on a day for which no figure is known.
    """
    try:
        cap: int = parameters.InForce(parameters.load_file(DEDUCTIONS), on)[
            "uc_deduction_cap_percent"
        ]
    except parameters.NoSuchFigure:
        return None
    return cap


def at_deduction_cap(deducted_pence: Pence, allowance_pence: Pence, percent: int) -> Flag:
    """Return True where as much is taken from Universal Credit as may be, (n,).

    The cap is cut to whole pence: whoever is a part of a penny below it is at it.
    """
    cap = money.pence(allowance_pence * percent, 100, money.DOWN)
    return (allowance_pence > 0) & (deducted_pence >= cap)


def fell_by(before_pence: Pence, after_pence: Pence, percent: int) -> Flag:
    """Return True where an award fell by at least so many per cent, or ended, (n,)."""
    return (before_pence > 0) & ((before_pence - after_pence) * 100 >= before_pence * percent)


def owes_weeks(owed_pence: Pence, weekly_rent_pence: Pence, weeks: int) -> Flag:
    """Return True where at least so many weeks' rent are owed, (n,); never without a rent."""
    return (weekly_rent_pence > 0) & (owed_pence >= weekly_rent_pence * weeks)
