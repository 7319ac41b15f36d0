"""Which years of Council Tax are inside a moratorium, and what stops when they are.

Council Tax of a year is no qualifying debt, except where all its instalments have fallen due and
one is unpaid, or a reminder under regulation 23(1) has been served (SI 2020/1311 reg 5(4)(k)). With
a reminder, all that is left of the year is inside.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from django.db.models import Q

from borough.kernel import commanding, dated
from borough.kernel.holds.moratoria import Covered
from borough.kernel.pages import wording
from borough.lines.revenues import costs, models, overdue, recalling, remedying, steps
from borough.lines.revenues.queries import accounts, court, unwritten
from borough.rules import years

LAW = "SI 2020/1311 regulation 5(4)(k)"
ALL_DUE = f"All instalments of the year have fallen due, and not all is paid ({LAW}(i))"
REMINDED = f"A reminder was served, so all that is left of the year is inside ({LAW}(ii))"
NOT_YET = (
    "Outside: not all instalments have fallen due and no reminder was served, so it is still to be "
    f"paid as it falls due ({LAW})"
)
COSTS_ALONE = "Costs of the court, which are owed in full (SI 2020/1311 regulation 5(1))"
_PREFIX = "revenues.account/"


def covered(people: Sequence[int], kind: str, starts: date, on: date) -> list[Covered]:
    """Return each year of Council Tax that these people owe, oldest first, and whether it is in."""
    del kind, on  # both reach the same debts; an account answers for the first day itself
    rows = models.Account.objects.filter(liabilities__person__in=people).distinct()
    return [
        one
        for account in rows.order_by("pk")
        for one in of_account(account, starts)
        if set(one.people) & set(people)
    ]


def of_account(account: models.Account, starts: date) -> list[Covered]:
    """Return each year of an account that is owed, oldest first, and whether it is inside."""
    names = sorted(one.year for one in accounts.owed_by_year(account.reference))
    found = [_of_year(account, year, starts) for year in names]
    return [one for one in found if one is not None]


def stand_still(inside: Sequence[Covered], *, by: commanding.Actor, on: date) -> None:
    """Call back at once whatever an enforcement agent has of these debts.

    An attachment of earnings that runs may go on; no new one begins, for the hold forbids it.
    """
    del by  # calling back follows from the notice by itself, whoever recorded it
    wanted = Q()
    for one in inside:
        if one.thing.startswith(_PREFIX):
            reference = one.thing.removeprefix(_PREFIX)
            wanted |= Q(account__reference=reference, year=years.Year.named(one.part).first)
    if not wanted:
        return
    rows = models.Remedy.objects.filter(
        wanted, dated.holds_on(on), kind=remedying.Kind.AGENT
    ).select_related("account")
    for remedy in rows.order_by("pk"):
        recalling.recall(remedy, models.Recall.Why.HOLD, by=recalling.BY, on=on)


def _of_year(account: models.Account, year: years.Year, starts: date) -> Covered | None:
    standing = overdue.standing(year, starts, account_ids=[account.pk])
    tax = int(standing.balance_pence[0]) if len(standing.account) else 0
    extra = costs.owed([account.reference], year).get(account.reference, 0)
    if tax <= 0 and extra <= 0:
        return None
    why = _why(account, year, starts, standing, tax)
    return Covered(
        thing=account.thing,
        part=year.name,
        title=f"Council Tax {year.name}, account {account.reference}"
        + (", with costs" if extra > 0 else ""),
        people=steps.liable([account.pk], year).get(account.pk, ()),
        pence=max(tax, 0) + max(extra, 0),
        is_inside=why != NOT_YET,
        why=why,
        remarks=tuple(_remarks(account, year, starts)) if why != NOT_YET else (),
    )


def _why(
    account: models.Account,
    year: years.Year,
    starts: date,
    standing: overdue.Standing,
    tax_pence: int,
) -> str:
    if tax_pence <= 0:
        return COSTS_ALONE
    if bool(standing.asked_pence[0] >= standing.charged_pence[0]):
        return ALL_DUE
    return REMINDED if _was_reminded(account, year, starts) else NOT_YET


def _was_reminded(account: models.Account, year: years.Year, by: date) -> bool:
    """Tell whether a reminder of the year had gone: one that was never written served nobody."""
    reminders = models.Step.objects.filter(
        account=account,
        year=year.first,
        kind__in=[models.Step.Kind.REMINDER, models.Step.Kind.SECOND_REMINDER],
    )
    went = unwritten.went(list(reminders.values_list("pk", flat=True)))
    return bool((went <= np.datetime64(by)).any())


def _remarks(account: models.Account, year: years.Year, starts: date) -> list[str]:
    found = []
    hearing = _open_hearing(account, year, starts)
    if hearing is not None:
        found.append(
            f"Tell the court before the hearing of {wording.day(hearing)} that a moratorium has "
            "begun (SI 2020/1311 regulation 10)"
        )
    for remedy in models.Remedy.objects.filter(account=account, year=year.first, ends=None):
        if remedy.kind == remedying.Kind.AGENT:
            found.append(f"{remedy.reference} is with an enforcement agent: it is called back")
        else:
            found.append(
                f"{remedy.reference} attaches earnings and may go on as it was ordered; no new "
                "one begins"
            )
    return found


def _open_hearing(account: models.Account, year: years.Year, starts: date) -> date | None:
    called = models.Step.objects.filter(account=account, year=year.first, hearing__isnull=False)
    newest = called.order_by("-number").values_list("hearing", flat=True).first()
    if newest is None:
        return None
    cases = court.cases(newest, on=starts)
    mine = (one for one in cases if one.account_id == account.pk and one.year == year)
    return newest if any(one.is_open for one in mine) else None
