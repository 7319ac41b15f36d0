"""Breathing space and its kin, year by year: what of a Council Tax account is in one.

Council Tax of a year is no qualifying debt, except where all its instalments have fallen due and
one is unpaid, or a reminder under regulation 23(1) has been served (SI 2020/1311 reg 5(4)(k)).
"""

from datetime import date

import numpy as np

from borough.kernel import commanding
from borough.kernel.holds import capabilities, kinds
from borough.kernel.holds import commands as holds
from borough.kernel.holds.models import Hold
from borough.lines.revenues import models, overdue
from borough.lines.revenues.queries import accounts, unwritten
from borough.rules import years

LINE = "revenues"


class NotAMoratoriumDebt(commanding.Refusal):
    """No year of the account is a qualifying debt."""


@commanding.command(capabilities.PLACE_STATUTORY_HOLD)
def record_moratorium(
    *, account: models.Account, kind: str, starts: date, by: commanding.Actor, on: date
) -> list[Hold]:
    """Record what the law lays on the debts of an account: on each year that it covers.

    Args:
        account: whose debts.
        kind: a kind of hold that the law lays down; an insolvency covers all of the account.
        starts: the day on which it began.
        by: who records it.
        on: today.

    Raises:
        NotAMoratoriumDebt: no year is covered; the sentence says why not.
        holds.NotADay: it is over, or has not begun.
    """
    people = models.Liability.objects.filter(account=account).values_list("person_id", flat=True)
    about = tuple(dict.fromkeys(people))
    parts = _covered(account, starts) if kind in kinds.MORATORIA else [""]
    if not parts:
        raise NotAMoratoriumDebt(
            "Council Tax of this account is not in it: nothing is owed of a year of which all "
            "instalments have fallen due, and no reminder has been sent for this one."
        )
    return [
        holds.place_statutory_hold(
            kind=kind,
            upon=holds.Upon(thing=account.thing, part=part, about=about, line=LINE),
            starts=starts,
            by=by,
            on=on,
        )
        for part in parts
    ]


def _covered(account: models.Account, starts: date) -> list[str]:
    """Return the years that were qualifying debts on the day on which it began, oldest first."""
    names = [one.year for one in accounts.owed_by_year(account.reference)]
    return [year.name for year in sorted(names) if _qualifies(account, year, starts)]


def _qualifies(account: models.Account, year: years.Year, starts: date) -> bool:
    standing = overdue.standing(year, starts, account_ids=[account.pk])
    if not len(standing.account) or standing.balance_pence[0] <= 0:
        return False
    all_due = bool(standing.asked_pence[0] >= standing.charged_pence[0])
    return all_due or _was_reminded(account, year, starts)


def _was_reminded(account: models.Account, year: years.Year, by: date) -> bool:
    """Tell whether a reminder of the year had gone: one that was never written served nobody."""
    reminders = models.Step.objects.filter(
        account=account,
        year=year.first,
        kind__in=[models.Step.Kind.REMINDER, models.Step.Kind.SECOND_REMINDER],
    )
    went = unwritten.went(list(reminders.values_list("pk", flat=True)))
    return bool((went <= np.datetime64(by)).any())
