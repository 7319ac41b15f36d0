"""Placing, reviewing and lifting holds.

Whoever places a hold and whoever acts on a debt take turns: a hold is either seen by the act, or
was placed after it. ``asking`` is the other side of that lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from borough.kernel import commanding, dated, joining
from borough.kernel.facts import commands as facts
from borough.kernel.holds import capabilities, figures, kinds, models
from borough.kernel.people.models import Need, Person

MOST_DAYS = 366  # what an officer may key; a kind may last less by its own terms
_LOCK = 0x48_4F_4C_44  # "HOLD"


class UnknownKind(commanding.Refusal):
    """There is no such kind of hold on that day, or it cannot stand there."""


class AlreadyHeld(commanding.Refusal):
    """A hold of that kind stands there already."""


class NotADay(commanding.Refusal):
    """The days make no period, or lie where they cannot."""


class AlreadyLifted(commanding.Refusal):
    """The hold has ended."""


class NoCallNeeded(commanding.Refusal):
    """They have not asked for a call before any letter."""


@dataclass(frozen=True, slots=True)
class Upon:
    """What a hold is upon: a person with all debts, or one account (or one year of it).

    Attributes:
        person: who is left alone; or
        thing: what facts call the account that is, ``revenues.account/100001``.
        part: the year of the account; empty for all of it.
        about: ids of everybody who owes it, for whom the fact is recorded.
        line: the service that asks for it.
        code: what it rests on, where several of a kind may stand at once, as the notices of two who
            owe one debt together; empty where one is enough.
    """

    person: Person | None = None
    thing: str = ""
    part: str = ""
    about: tuple[int, ...] = ()
    line: str = "kernel"
    code: str = ""


def asking() -> None:
    """Wait for holds that are being placed, and let none be placed until the transaction ends.

    Take it before asking whether one may act, in the transaction that acts.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [_LOCK])


def standing_in_the_way() -> None:
    """Wait for acts that are being taken, and let none be taken until the transaction ends.

    Whoever records what stands against an act takes it first: a hold, or an arrangement of a line.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


@commanding.command(capabilities.PLACE_HOLD)
def place_hold(
    *,
    kind: str,
    upon: Upon,
    ends: date | None = None,
    review_by: date | None = None,
    by: commanding.Actor,
    on: date,
) -> models.Hold:
    """Leave a debt, or all debts of a person, alone from ``on``.

    Args:
        kind: a kind that needs no law behind it.
        upon: whom or what it leaves alone.
        ends: the first day on which it holds no more; None until it is lifted.
        review_by: the day by which somebody looks again; the kind's own when not given.
        by: who places it.
        on: its first day; a hold never reaches back.

    Raises:
        UnknownKind: no such kind, it cannot stand there, or it has its own way in.
        AlreadyHeld: one stands there.
        NotADay: it would end before it begins or more than a year ahead, or be reviewed too late.
    """
    _refuse_statutory(kind, capabilities.PLACE_HOLD)
    terms = _terms(kind, on)
    latest = kinds.last_day_after(on, terms)
    if ends is not None and ends <= on:
        raise NotADay("The hold must end after today.")
    if ends is not None and (ends - on).days > MOST_DAYS:
        raise NotADay(
            "Enter a day within a year. Leave it empty where nobody knows when it ends: it is "
            "looked at again anyway."
        )
    if latest is not None and (ends is None or ends > latest):
        ends = latest
    if review_by is not None:
        _refuse_review(terms, review_by, on)
    days = _Days(on, ends, review_by or on + timedelta(terms.review_days))
    return _place(kind, upon, days, terms, by=by, on=on)


@commanding.command(capabilities.PLACE_STATUTORY_HOLD)
def place_statutory_hold(
    *,
    kind: str,
    upon: Upon,
    starts: date,
    by: commanding.Actor,
    on: date,
) -> models.Hold:
    """Record what the law itself lays on a debt: its days are the law's, and may lie behind us.

    What begins tomorrow holds from today: what leaves today would arrive when it has begun.

    Raises:
        UnknownKind: no such kind on that day, or it cannot stand there.
        AlreadyHeld: one stands there.
        NotADay: it begins later than tomorrow, or is over.
    """
    terms, ends = statutory_days(kind, starts, on)
    days = _Days(min(starts, on), ends, on + timedelta(terms.review_days))
    return _place(kind, upon, days, terms, by=by, on=on)


def statutory_days(kind: str, starts: date, on: date) -> tuple[kinds.Terms, date | None]:
    """Return what the law says of a hold that began on a day, and when it is over.

    Raises:
        UnknownKind: no such kind on that day.
        NotADay: it begins later than tomorrow, or is over.
    """
    terms = _terms(kind, starts)
    if starts > on + timedelta(1):
        raise NotADay("It has not begun yet. Enter the day on which it began, or begins tomorrow.")
    ends = kinds.last_day_after(starts, terms)
    if ends is not None and ends <= on:
        raise NotADay(f"It lasts {terms.most_days} days and is over. Nothing is to be recorded.")
    return terms, ends


@commanding.command(capabilities.PLACE_STATUTORY_HOLD)
def end_statutory_hold(
    *,
    hold: models.Hold,
    ends: date,
    about: Sequence[int] = (),
    by: commanding.Actor,
    on: date,
) -> models.Hold:
    """End what the law laid on a debt on the day that the law gives, never before tomorrow.

    Args:
        hold: which.
        ends: the first day on which it holds no more.
        about: ids of everybody who owes the debt.
        by: who records it.
        on: today.

    Raises:
        UnknownKind: no law laid it on the debt.
        AlreadyLifted: it has ended, or ends by then.
        NotADay: it would end today or earlier: the day itself is still held.
    """
    now = _still(hold, on)
    if kinds.all_kinds()[now.kind].placed_with != capabilities.PLACE_STATUTORY_HOLD.slug:
        raise UnknownKind("That hold is an officer’s, and is lifted on its own page.")
    if ends <= on:
        raise NotADay("The day itself is still held. It ends tomorrow at the earliest.")
    if now.ends is not None and now.ends <= ends:
        raise AlreadyLifted(f"It ends on {_day(now.ends)} by itself.")
    now.ends = ends
    now.save(update_fields=["ends"])
    _tell("kernel.hold_lifted", now, about, by=by, on=on, ends=ends)
    return now


@commanding.command(capabilities.PLACE_HOLD)
def review_hold(
    *,
    hold: models.Hold,
    review_by: date,
    about: Sequence[int] = (),
    by: commanding.Actor,
    on: date,
) -> models.Hold:
    """Record that a hold was looked at and stays; it is looked at again by ``review_by``.

    Raises:
        AlreadyLifted: it has ended.
        NotADay: the next look is not after today, or later than the kind allows.
    """
    now = _still(hold, on)
    _refuse_review(_terms(now.kind, on), review_by, on)
    now.review_by = review_by
    now.save(update_fields=["review_by"])
    _tell("kernel.hold_reviewed", now, about, by=by, on=on, review_by=review_by)
    return now


@commanding.command(capabilities.PLACE_HOLD)
def lift_hold(
    *, hold: models.Hold, about: Sequence[int] = (), by: commanding.Actor, on: date
) -> models.Hold:
    """End a hold: the debt may be acted upon from tomorrow, or later where the law says so.

    The day itself is still held: nobody is left alone in the morning and summoned at noon.

    Raises:
        AlreadyLifted: it has ended.
        commanding.NotAllowed: the law laid it on the debt, and another capability lifts it.
    """
    now = _still(hold, on)
    commanding.allow(by, joining.capabilities()[kinds.all_kinds()[now.kind].placed_with])
    terms = _terms(now.kind, now.starts)
    ends = on + timedelta(1 + terms.runs_on_days)
    if now.ends is not None and now.ends <= ends:
        raise AlreadyLifted(f"It ends on {_day(now.ends)} by itself.")
    now.ends = ends
    now.save(update_fields=["ends"])
    _tell("kernel.hold_lifted", now, about, by=by, on=on, ends=ends)
    return now


@commanding.command(capabilities.RECORD_CALL)
def record_call(*, person: Person, reached: bool, by: commanding.Actor, on: date) -> date | None:
    """Record that somebody who is to be rung before any letter was rung today.

    Return the last day on which what needed the call may be done; None where nobody was reached.
    That day is kept as it was told, whatever the council decides later.

    Raises:
        NoCallNeeded: they have not asked for it.
    """
    first = Need.Kind.TELEPHONE_FIRST
    if not person.needs.filter(dated.holds_on(on), kind=first).exists():
        raise NoCallNeeded("No call is needed before a letter to this person.")
    thing = f"kernel.person/{person.pk}"
    if not reached:
        facts.record("kernel.call_not_answered", about=[person.pk], thing=thing, by=by, on=on)
        return None
    until = on + timedelta(figures.in_force(on)["call_counts_days"])
    facts.record("kernel.called_first", about=[person.pk], thing=thing, by=by, on=on, until=until)
    return until


@dataclass(frozen=True, slots=True)
class _Days:
    """``[starts, ends)``, and by when somebody looks again."""

    starts: date
    ends: date | None
    review_by: date


def _place(
    kind: str,
    upon: Upon,
    days: _Days,
    terms: kinds.Terms,
    *,
    by: commanding.Actor,
    on: date,
) -> models.Hold:
    _refuse_owner(kind, upon.person)
    standing_in_the_way()
    same = models.Hold.objects.filter(
        dated.touches(days.starts, days.ends), kind=kind, reason_code=upon.code
    )
    if same.filter(person=upon.person, thing=upon.thing, part__in={"", upon.part}).exists():
        raise AlreadyHeld(f"{kinds.all_kinds()[kind].title}: that stands there already.")
    hold = models.Hold.objects.create(
        kind=kind,
        person=upon.person,
        thing=upon.thing,
        part=upon.part,
        reason_code=upon.code,
        forbids=list(terms.forbids),
        starts=days.starts,
        ends=days.ends,
        review_by=days.review_by,
        placed_on=on,
        placed_by=by.reference,
        placed_by_line=upon.line,
    )
    _tell("kernel.hold_placed", hold, upon.about, by=by, on=on, starts=days.starts)
    return hold


def _terms(kind: str, day: date) -> kinds.Terms:
    found = kinds.all_kinds().get(kind)
    terms = found.on(day) if found else None
    if terms is None:
        raise UnknownKind("There was no such reason on that day. Choose one of the list.")
    return terms


def _refuse_owner(kind: str, person: Person | None) -> None:
    owner = kinds.ACCOUNT if person is None else kinds.PERSON
    if owner not in kinds.all_kinds()[kind].owner:
        other = "the person" if person is None else "the account"
        raise UnknownKind(f"{kinds.all_kinds()[kind].title} is placed on {other}. Choose that.")


def _refuse_statutory(kind: str, capability: joining.Capability) -> None:
    found = kinds.all_kinds().get(kind)
    if found is not None and found.placed_with != capability.slug:
        raise UnknownKind(f"{found.title} is recorded as the law lays it down, on its own page.")


def _refuse_review(terms: kinds.Terms, review_by: date, on: date) -> None:
    latest = on + timedelta(terms.review_days)
    if not on < review_by <= latest:
        raise NotADay(f"Look at it again after today and by {_day(latest)}.")


def _still(hold: models.Hold, on: date) -> models.Hold:
    now = models.Hold.objects.select_for_update().get(pk=hold.pk)
    if now.ends is not None and now.ends <= on:
        raise AlreadyLifted("That hold has ended already.")
    return now


def _tell(
    what: str,
    hold: models.Hold,
    about: Sequence[int],
    *,
    by: commanding.Actor,
    on: date,
    **detail: object,
) -> None:
    whom = [*about, hold.person_id] if hold.person_id else list(about)
    facts.record(
        what,
        about=dict.fromkeys(whom),
        thing=hold.thing or f"kernel.person/{hold.person_id}",
        by=by,
        on=on,
        hold=hold.pk,
        kind=hold.kind,
        title=kinds.all_kinds()[hold.kind].title,
        **detail,
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
