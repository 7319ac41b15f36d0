"""Undoing a change that was wrong: the rows as they were, billed again, the difference posted.

Nothing of the change itself goes: it stays kept, and what undoes it stands beside it.
"""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db import models as orm
from django.db.models import F

from borough.kernel import commanding, joining
from borough.kernel.ledger.commands import posting
from borough.kernel.ledger.models import Journal
from borough.kernel.pages import wording
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import capabilities, keeping, models, moving_days
from borough.lines.revenues.commands import changing
from borough.lines.revenues.queries import changes

# Rows that are changed in place: bills and facts name an account, and of an address for letters
# only the days are kept.
LASTING = ("account", "correspondence")
PLAN_CHOSEN = "revenues.plan_chosen"  # changes no charge, but the days on which it is paid


class AlreadyUndone(commanding.Refusal):
    """The change was undone before, or is itself the undoing of one."""


class TouchedSince(commanding.Refusal):
    """Something later changed the same; the sentence says what is to be undone first."""


@commanding.command(capabilities.UNDO_CHANGE)
def undo_change(*, change: models.Change, by: commanding.Actor, on: date) -> int:
    """Make everything as it was before a change; return what that changes in the charges, pence.

    An account that the change opened stays, and holds on no day.

    Args:
        change: what was wrong.
        by: who undoes it; must be allowed to make such a change, too.
        on: the day of the new notices.

    Raises:
        AlreadyUndone: it was undone before.
        TouchedSince: a later change touched the same rows.
    """
    made_by = joining.capabilities()[change.capability]
    commanding.allow(by, made_by)
    homes, people = _homes(change), changes.people_in(change)
    with keeping.kept(
        "revenues.change_undone", made_by, homes, people=people, undoes=change, by=by, on=on
    ) as undoing:
        _refuse_undone(change)
        _refuse_touched(change)
        _put_back(change)
        undoing.journals += _reverse(change.journals, by=by, on=on)
    return _bill_again(change, homes, by=by, on=on)


def _refuse_undone(change: models.Change) -> None:
    if why := changes.why_final(change):
        raise AlreadyUndone(why)


def _refuse_touched(change: models.Change) -> None:
    for one in change.rows:
        row = keeping.KINDS[one["kind"]]._default_manager.filter(pk=one["id"]).first()
        if (keeping.row_of(one["kind"], row) if row else None) != one["after"]:
            raise _touched(change)


def _touched(change: models.Change) -> TouchedSince:
    later = changes.later(change)
    if later is None:
        return TouchedSince(
            "What this changed has changed since. Record what is so as a change of its own."
        )
    words = changes.title(later)
    return TouchedSince(
        f"{words} of {wording.day(later.on)} came after it and touches the same. Undo that first."
    )


def _put_back(change: models.Change) -> None:
    try:
        with transaction.atomic():
            _write(change.rows)
    except IntegrityError as clash:
        raise _touched(change) from clash


def _write(rows: Sequence[keeping.Row]) -> None:
    """Take back what came, then give back what went: no two rows share a day on the way."""
    lasting = [one for one in rows if one["kind"] in LASTING]
    others = [one for one in rows if one["kind"] not in LASTING]
    for one in others:
        _row(one).delete()
    for one in lasting:
        if one["before"] is None:
            _take_back(one)
    for one in lasting:
        if one["before"]:
            _row(one).update(**_columns(one))
    for one in others:
        if one["before"]:
            keeping.KINDS[one["kind"]](**one["before"]).save(force_insert=True)


def _take_back(one: keeping.Row) -> None:
    """Take back what came: an account stays, and holds on no day."""
    if one["kind"] == "account":
        _row(one).update(ends=F("starts"))
    else:
        _row(one).delete()


def _row(one: keeping.Row) -> "orm.QuerySet[orm.Model]":
    return keeping.KINDS[one["kind"]]._default_manager.filter(pk=one["id"])


def _columns(one: keeping.Row) -> keeping.Row:
    return {name: value for name, value in one["before"].items() if name != "id"}


def _reverse(journals: Sequence[int], *, by: commanding.Actor, on: date) -> list[int]:
    return [
        posting.reverse(
            Journal.objects.get(pk=number), on=on, because="Transfer taken back", by=by
        ).pk
        for number in journals
    ]


def _homes(change: models.Change) -> list[Dwelling]:
    uprns = [one.partition("/")[2] for one in change.things if one.startswith("revenues.dwelling/")]
    return list(Dwelling.objects.filter(uprn__in=uprns).order_by("pk"))


def _bill_again(
    change: models.Change, homes: Sequence[Dwelling], *, by: commanding.Actor, on: date
) -> int:
    words = changes.title(change)
    because = f"undone: {words[:1].lower()}{words[1:]}"
    accounts = [
        one
        for home in homes
        for one in models.Account.objects.filter(dwelling=home).order_by("starts", "pk")
    ]
    total = 0
    for account in accounts:
        pence = changing.bill_again(account, on=on, by=by, because=because)
        if change.what == PLAN_CHOSEN and account.thing in change.things:
            moving_days.follow_plan(account, on=on)
        if pence or account.thing in change.things:
            changing.record(
                "revenues.change_undone",
                account,
                on=on,
                by=by,
                change=change.pk,
                title=words,
                change_pence=pence,
            )
        total += pence
    if not accounts:
        changing.record_home(homes, because=because, starts=change.on, by=by, on=on)
    return total
