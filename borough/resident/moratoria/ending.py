"""How a moratorium ends: for one debt, for all before its days are over, or by its days."""

from datetime import date, timedelta

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.resident.moratoria import capabilities, commands, laying, models, queries

Why = models.Why
RUNS_OUT = commanding.system("moratorium", capabilities.RECORD_MORATORIUM)


@commanding.command(capabilities.RECORD_MORATORIUM)
def release_debt(
    *, debt: models.NoticeDebt, why: str, by: commanding.Actor, on: date
) -> models.Release:
    """Take one debt out of a moratorium that goes on for the others (regulations 18 and 19).

    Raises:
        commands.HasEnded: the moratorium is over.
        commands.NotInside: the debt is not in it, or not any more.
    """
    commands.refuse_ended(debt.notice, on)
    if not debt.is_inside or models.Release.objects.filter(debt=debt).exists():
        raise commands.NotInside("That debt is not in the moratorium.")
    ends = on + timedelta(1)
    laying.end_holds([debt], ends, on=on)
    release = models.Release.objects.create(
        debt=debt, ends=ends, why=Why(why), recorded_on=on, by=by.reference
    )
    facts.record(
        "resident.moratorium_debt_released",
        about=[debt.notice.person_id],
        thing=debt.notice.thing,
        by=by,
        on=on,
        debt=debt.pk,
        ends=ends,
        why=release.get_why_display().lower(),
    )
    return release


@commanding.command(capabilities.RECORD_MORATORIUM)
def end_notice(*, notice: models.Notice, why: str, by: commanding.Actor, on: date) -> models.Ending:
    """End a moratorium before its days are over: everybody may act from tomorrow.

    Raises:
        commands.HasEnded: it is over.
        commands.NotADay: it lapses by itself; that is recorded when its day has come.
    """
    commands.refuse_ended(notice, on)
    if Why(why) == Why.LAPSED:
        raise commands.NotADay("Its days are not over. Choose why it ends before.")
    ends = on + timedelta(1)
    laying.end_holds(queries.still_held(notice), ends, on=on)
    return _end(notice, ends, Why(why), by=by, on=on)


@commanding.command(capabilities.RECORD_MORATORIUM)
def record_lapses(*, by: commanding.Actor, on: date) -> list[models.Ending]:
    """Record the end of every moratorium whose days are over, so that none ends in silence."""
    endings = []
    for notice in queries.without_end():
        stands = queries.clock_of(notice, on=on)
        if stands.has_ended and stands.ends is not None:
            endings.append(_end(notice, stands.ends, Why.LAPSED, by=by, on=on))
    return endings


def _end(
    notice: models.Notice, ends: date, why: models.Why, *, by: commanding.Actor, on: date
) -> models.Ending:
    ending = models.Ending.objects.create(
        notice=notice, ends=ends, why=why, recorded_on=on, by=by.reference
    )
    facts.record(
        "resident.moratorium_ended",
        about=[notice.person_id],
        thing=notice.thing,
        by=by,
        on=on,
        title=notice.get_kind_display(),
        ends=ends,
        why=ending.get_why_display().lower(),
    )
    return ending
