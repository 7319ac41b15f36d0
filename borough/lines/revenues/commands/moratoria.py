"""A breathing space, a mental health crisis moratorium or an insolvency of one account.

A moratorium that is told for a person, with all debts, is recorded once for all services, on the
page of the resident. This is for what is told of this account alone.
"""

from datetime import date

from borough.kernel import commanding
from borough.kernel.holds import capabilities, kinds
from borough.kernel.holds import commands as holds
from borough.kernel.holds import moratoria as asking
from borough.kernel.holds.models import Hold
from borough.lines.revenues import models, moratoria

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
        holds.UnknownKind: the law knew no such thing on that day.
        holds.NotADay: it is over, or has not begun.
    """
    holds.statutory_days(kind, starts, on)  # before its debts are looked for on that day
    people = models.Liability.objects.filter(account=account).values_list("person_id", flat=True)
    about = tuple(dict.fromkeys(people))
    if kind not in kinds.MORATORIA:
        return [_place(account, "", about, kind, starts, by=by, on=on)]
    inside = [one for one in moratoria.of_account(account, starts) if one.is_inside]
    if not inside:
        raise NotAMoratoriumDebt(
            "Council Tax of this account is not in it: nothing is owed of a year of which all "
            "instalments have fallen due, and no reminder has been sent for this one."
        )
    placed = [_place(account, one.part, about, kind, starts, by=by, on=on) for one in inside]
    asking.stand_still(inside, by=by, on=on)
    return placed


def _place(
    account: models.Account,
    part: str,
    about: tuple[int, ...],
    kind: str,
    starts: date,
    *,
    by: commanding.Actor,
    on: date,
) -> Hold:
    upon = holds.Upon(thing=account.thing, part=part, about=about, line=LINE)
    return holds.place_statutory_hold(kind=kind, upon=upon, starts=starts, by=by, on=on)
