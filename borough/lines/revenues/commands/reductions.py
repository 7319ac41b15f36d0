"""Disabled band reductions and discretionary relief."""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.joining import Capability
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing


class AlreadyReduced(commanding.Refusal):
    """A reduction of this kind holds on one of those days already."""


class NotAnAward(commanding.Refusal):
    """The row is of the other kind."""


class NotAnAmount(commanding.Refusal):
    """The amount is not one that can be granted."""


@commanding.command(capabilities.CHANGE_REDUCTION)
def apply_disabled_reduction(
    *,
    account: models.Account,
    starts: date,
    ends: date | None = None,
    by: commanding.Actor,
    on: date,
) -> int:
    """Charge the home as one band lower (SI 1992/554); return the change in pence.

    Raises:
        AlreadyReduced: a reduction holds on one of those days.
    """
    changing.refuse_days(account, starts, ends)
    if account.disabled_reductions.filter(dated.touches(starts, ends)).exists():
        raise AlreadyReduced(
            f"Account {account.reference} has a disabled band reduction on those days already."
        )
    capability = capabilities.CHANGE_REDUCTION
    with changing.kept("revenues.reduction_applied", capability, account, by=by, on=on):
        account.disabled_reductions.create(starts=starts, ends=ends)
    change = changing.bill_again(account, on=on, by=by, because="disabled band reduction")
    changing.record(
        "revenues.reduction_applied", account, on=on, by=by, starts=starts, change_pence=change
    )
    return change


@commanding.command(capabilities.CHANGE_REDUCTION)
def end_disabled_reduction(
    *, reduction: models.DisabledReduction, ends: date, by: commanding.Actor, on: date
) -> int:
    """End a disabled band reduction from ``ends``; return the change in pence."""
    account = reduction.account
    changing.refuse_days(account, reduction.starts, ends)
    capability = capabilities.CHANGE_REDUCTION
    with changing.kept("revenues.reduction_ended", capability, account, by=by, on=on):
        reduction.ends = ends
        reduction.save(update_fields=["ends"])
    change = changing.bill_again(account, on=on, by=by, because="disabled band reduction ended")
    changing.record(
        "revenues.reduction_ended", account, on=on, by=by, ends=ends, change_pence=change
    )
    return change


@commanding.command(capabilities.GRANT_RELIEF)
def grant_relief(
    *,
    account: models.Account,
    year_pence: int,
    starts: date,
    ends: date | None = None,
    by: commanding.Actor,
    on: date,
) -> int:
    """Reduce what is payable under section 13A(1)(c); return the change in pence.

    Args:
        account: whose charge is reduced.
        year_pence: the relief at its full rate for a year; never more than the charge is taken.
        starts: the first day.
        ends: the first day without it, where it is known.
        by: who acts.
        on: the day of the decision.
    """
    changing.refuse_days(account, starts, ends)
    if year_pence <= 0:
        raise NotAnAmount("Enter the relief as an amount in pounds, more than nothing.")
    kind = models.Reduction.Kind.RELIEF
    rows = account.reductions.filter(kind=kind)
    if rows.filter(dated.touches(starts, ends)).exists():
        raise AlreadyReduced(f"Account {account.reference} has a relief on those days already.")
    with changing.kept("revenues.relief_granted", capabilities.GRANT_RELIEF, account, by=by, on=on):
        account.reductions.create(kind=kind, year_pence=year_pence, starts=starts, ends=ends)
    change = changing.bill_again(account, on=on, by=by, because="discretionary relief")
    changing.record(
        "revenues.relief_granted",
        account,
        on=on,
        by=by,
        year_pence=year_pence,
        starts=starts,
        change_pence=change,
    )
    return change


@commanding.command(capabilities.CHANGE_REDUCTION)
def end_award(*, reduction: models.Reduction, ends: date, by: commanding.Actor, on: date) -> int:
    """End Council Tax Reduction from ``ends``; return the change in pence.

    Raises:
        changing.NotADay: it would not last a day, or the account does not hold then.
        NotAnAward: it is a relief.
    """
    if reduction.kind != models.Reduction.Kind.SCHEME:
        raise NotAnAward("That is a discretionary relief. Whoever may grant one ends it.")
    return _end("revenues.award_ended", capabilities.CHANGE_REDUCTION, reduction, ends, by, on)


@commanding.command(capabilities.GRANT_RELIEF)
def end_relief(*, reduction: models.Reduction, ends: date, by: commanding.Actor, on: date) -> int:
    """End a discretionary relief from ``ends``; return the change in pence.

    Raises:
        changing.NotADay: it would not last a day, or the account does not hold then.
        NotAnAward: it is no relief.
    """
    if reduction.kind != models.Reduction.Kind.RELIEF:
        raise NotAnAward("That is Council Tax Reduction, not a discretionary relief.")
    return _end("revenues.relief_ended", capabilities.GRANT_RELIEF, reduction, ends, by, on)


def _end(
    what: str,
    capability: Capability,
    reduction: models.Reduction,
    ends: date,
    by: commanding.Actor,
    on: date,
) -> int:
    account = reduction.account
    changing.refuse_days(account, reduction.starts, ends)
    with changing.kept(what, capability, account, by=by, on=on):
        reduction.ends = ends
        reduction.save(update_fields=["ends"])
    change = changing.bill_again(account, on=on, by=by, because="an award ended")
    changing.record(what, account, on=on, by=by, ends=ends, change_pence=change)
    return change
