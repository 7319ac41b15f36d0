"""Recording one notice for all debts at once, what comes of it, and its end.

One notice, one transaction: every service is asked which debts are inside, each of them is held,
and what runs already stands still, or nothing of it happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.holds import commands as holds
from borough.kernel.holds import moratoria as asking
from borough.kernel.pages import wording
from borough.kernel.people.models import Person
from borough.resident.moratoria import capabilities, clock, laying, models, queries
from borough.resident.sources import models as sources
from borough.rules import parameters

Kind = models.Notice.Kind
Event = models.Event.Kind


class NotADay(commanding.Refusal):
    """The day lies where it cannot."""


class AlreadyRecorded(commanding.Refusal):
    """A notice with that reference is recorded."""


class NotCertified(commanding.Refusal):
    """A crisis needs its certificate, and a breathing space has none."""


class HasEnded(commanding.Refusal):
    """The moratorium is over."""


class TooLate(commanding.Refusal):
    """The days for it have gone."""


class NotOfThisKind(commanding.Refusal):
    """That belongs to the other kind of moratorium."""


class NotInside(commanding.Refusal):
    """The debt is not in the moratorium."""


class AlreadyDone(commanding.Refusal):
    """It is recorded already."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the notification says.

    Attributes:
        kind: of ``models.Notice.Kind``.
        reference: the number of the Insolvency Service.
        registered_on: the day of the entry in the register.
        adviser: the organisation that gives debt advice.
        adviser_reference: its own number, where it is known.
        certified_on: the day of the professional's evidence, of a crisis.
        listed: the names (``asking.Covered.name``) of the debts that it lists; None for all that we
            know of.
        by_feed: the notice of the feed by which it came, if it did.
    """

    kind: str
    reference: str
    registered_on: date
    adviser: str
    adviser_reference: str = ""
    certified_on: date | None = None
    listed: frozenset[str] | None = None
    by_feed: sources.Notice | None = None

    @property
    def starts(self) -> date:
        """The day after the entry in the register (SI 2020/1311 reg 26(1))."""
        return self.registered_on + timedelta(1)


@commanding.command(capabilities.RECORD_MORATORIUM)
def record_notice(
    *,
    person: Person,
    told: Told,
    also_recorded_as: Sequence[int] = (),
    by: commanding.Actor,
    on: date,
) -> models.Notice:
    """Record a moratorium and leave all debts that it reaches alone, all at once.

    What our own search finds beside the debts that are named is left alone from the same moment,
    and the adviser is told of it (regulation 14).

    Args:
        person: who has it.
        told: what the notification says.
        also_recorded_as: ids of the same person recorded once more, as a person decided.
        by: who records it.
        on: today.

    Raises:
        NotADay: the entry is yet to come, or the moratorium is over.
        NotCertified: a crisis without its certificate, or the other way about.
        AlreadyRecorded: the reference is recorded.
    """
    holds.standing_in_the_way()  # two who record the same notice follow one another
    _refuse(told, on)
    notice = _notice(person, told, by=by, on=on)
    if told.by_feed is not None:
        _decide(told.by_feed, sources.NoticeDecision.Outcome.ACTED, by=by, on=on)
    if clock.of(notice, [], None, on=on).has_ended:
        raise NotADay("Its days are over. Nothing is to be recorded.")
    found = asking.covered([person.pk, *also_recorded_as], told.kind, told.starts, on)
    debts = laying.hold(notice, found, told.listed, on=on)
    inside = [one for one in debts if one.is_inside]
    more = sum(one.origin == models.NoticeDebt.Origin.FOUND for one in inside)
    _happened(notice, Event.SEARCHED, found=more, by=by, on=on)
    facts.record(
        "resident.moratorium_recorded",
        about=[person.pk],
        thing=notice.thing,
        by=by,
        on=on,
        title=notice.get_kind_display(),
        starts=notice.starts,
        inside=len(inside),
        pence=sum(one.pence for one in inside),
    )
    return notice


@commanding.command(capabilities.RECORD_MORATORIUM)
def search_again(
    *,
    notice: models.Notice,
    also_recorded_as: Sequence[int] = (),
    by: commanding.Actor,
    on: date,
) -> list[models.NoticeDebt]:
    """Look for debts that were owed as it began and became known since; hold those inside.

    What fell due later is outside: every service answers for the day on which it began.

    Raises:
        HasEnded: it is over.
    """
    refuse_ended(notice, on)
    new = queries.further(notice, also_recorded_as=also_recorded_as, on=on)
    debts = laying.hold(notice, new, frozenset(), on=on)
    inside = [one for one in debts if one.is_inside]
    _happened(notice, Event.SEARCHED, found=len(inside), by=by, on=on)
    facts.record(
        "resident.moratorium_searched",
        about=[notice.person_id],
        thing=notice.thing,
        by=by,
        on=on,
        found=len(inside),
    )
    return inside


@commanding.command(capabilities.RECORD_MORATORIUM)
def tell_adviser(*, notice: models.Notice, by: commanding.Actor, on: date) -> int:
    """Record that the adviser was told of the debts that our search found; return how many.

    Raises:
        AlreadyDone: there is none that the adviser does not know of.
    """
    debts = queries.not_told(notice)
    if not debts:
        raise AlreadyDone("The adviser knows of every debt that we found.")
    for debt in debts:
        _happened(notice, Event.ADVISER_TOLD, debt=debt, by=by, on=on)
    _tell(notice, Event.ADVISER_TOLD, on, by=by, on=on)
    return len(debts)


@commanding.command(capabilities.RECORD_MORATORIUM)
def tell_holders(*, notice: models.Notice, by: commanding.Actor, on: date) -> int:
    """Record that the holders of debts to others were told; return of how many debts.

    Raises:
        AlreadyDone: every holder knows.
    """
    debts = queries.holders_not_told(notice)
    if not debts:
        raise AlreadyDone("Every holder of a debt in it has been told.")
    for debt in debts:
        _happened(notice, Event.HOLDER_TOLD, debt=debt, by=by, on=on)
    _tell(notice, Event.HOLDER_TOLD, on, by=by, on=on)
    return len(debts)


@commanding.command(capabilities.RECORD_MORATORIUM)
def set_notice_aside(
    *, by_feed: sources.Notice, outcome: str, by: commanding.Actor, on: date
) -> None:
    """Decide that a notice that came by a feed concerns nobody we know, or was known before.

    Raises:
        AlreadyDone: somebody has decided about it.
    """
    _decide(by_feed, sources.NoticeDecision.Outcome(outcome), by=by, on=on)
    facts.record(
        "resident.moratorium_notice_set_aside",
        thing=f"resident.record/{by_feed.record_id}",
        by=by,
        on=on,
        notice=by_feed.pk,
        outcome=sources.NoticeDecision.Outcome(outcome).label.lower(),
    )


@commanding.command(capabilities.RECORD_MORATORIUM)
def ask_review(*, notice: models.Notice, by: commanding.Actor, on: date) -> None:
    """Record that we asked the adviser to review the moratorium (regulation 17).

    Raises:
        HasEnded: it is over.
        TooLate: the days for it have gone.
        AlreadyDone: we asked before.
    """
    refuse_ended(notice, on)
    until = queries.clock_of(notice, on=on).review_until
    if on > until:
        raise TooLate(f"A review could be asked for until {wording.day(until)} (regulation 17(3)).")
    _once(notice, Event.REVIEW_ASKED, "We asked for a review before.", on, by=by, on=on)


@commanding.command(capabilities.RECORD_MORATORIUM)
def record_review(*, notice: models.Notice, by: commanding.Actor, on: date) -> None:
    """Record that the adviser looked at it as we asked, and it goes on (regulation 18).

    Raises:
        HasEnded: it is over.
        TooLate: nobody asked.
        AlreadyDone: it is recorded.
    """
    refuse_ended(notice, on)
    if not notice.events.filter(kind=Event.REVIEW_ASKED).exists():
        raise TooLate("We asked for no review, so there is no answer to record.")
    _once(notice, Event.REVIEW_KEPT, "The answer is recorded.", on, by=by, on=on)


@commanding.command(capabilities.RECORD_MORATORIUM)
def record_midway(
    *, notice: models.Notice, reviewed_on: date, by: commanding.Actor, on: date
) -> None:
    """Record the adviser's midway review of a breathing space: it goes on (regulation 27).

    Raises:
        HasEnded: it is over.
        NotOfThisKind: a crisis has none.
        NotADay: it was not in its days, or is yet to come.
        AlreadyDone: it is recorded.
    """
    refuse_ended(notice, on)
    midway = queries.clock_of(notice, on=on).midway
    if midway is None:
        raise NotOfThisKind("A mental health crisis moratorium has no midway review.")
    if not midway[0] <= reviewed_on <= min(midway[1], on):
        raise NotADay(
            f"The midway review falls between {wording.day(midway[0])} and "
            f"{wording.day(midway[1])}, and not after today."
        )
    _once(notice, Event.MIDWAY_KEPT, "The review is recorded.", reviewed_on, by=by, on=on)


@commanding.command(capabilities.RECORD_MORATORIUM)
def end_treatment(*, notice: models.Notice, ended_on: date, by: commanding.Actor, on: date) -> date:
    """Record that the crisis treatment ended; return the first day without protection.

    Raises:
        HasEnded: the moratorium is over.
        NotOfThisKind: a breathing space rests on no treatment.
        NotADay: it is yet to come, or was before the moratorium.
        AlreadyDone: it is recorded.
    """
    refuse_ended(notice, on)
    if notice.kind != Kind.CRISIS:
        raise NotOfThisKind("A breathing space ends by its own days, not with a treatment.")
    if not notice.registered_on <= ended_on <= on:
        raise NotADay("The treatment ended on a day from the entry in the register until today.")
    _once(notice, Event.TREATMENT_ENDED, "Its end is recorded.", ended_on, by=by, on=on)
    ends = clock.ends_by_itself(notice, list(notice.events.all()))
    if ends is None:
        raise NotADay("Enter the day on which the treatment ended.")
    laying.end_holds(queries.still_held(notice), ends, on=on)
    return ends


def _refuse(told: Told, on: date) -> None:
    if told.registered_on > on:
        raise NotADay("The entry in the register must be today or earlier.")
    if (told.kind == Kind.CRISIS) != (told.certified_on is not None):
        raise NotCertified(
            "A mental health crisis moratorium rests on the evidence of an approved mental health "
            "professional: enter its day. A breathing space has none: leave it empty."
        )
    if told.certified_on is not None and told.certified_on > told.registered_on:
        raise NotCertified("The evidence must be of the day of the entry or earlier.")
    if models.Notice.objects.filter(reference=told.reference).exists():
        raise AlreadyRecorded("A notice with that reference is recorded. Nothing was added.")


def _decide(
    by_feed: sources.Notice,
    outcome: sources.NoticeDecision.Outcome,
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    holds.standing_in_the_way()  # two that decide follow one another
    if sources.NoticeDecision.objects.filter(notice=by_feed).exists():
        raise AlreadyDone("Somebody has decided about that notice.")
    sources.NoticeDecision.objects.create(notice=by_feed, outcome=outcome, by=by.reference, on=on)


def _notice(person: Person, told: Told, *, by: commanding.Actor, on: date) -> models.Notice:
    try:
        clock.figures(told.starts)["review_request_days"]
    except parameters.NoSuchFigure:
        raise NotADay("There was no such moratorium on that day.") from None
    return models.Notice.objects.create(
        person=person,
        kind=Kind(told.kind),
        reference=told.reference,
        registered_on=told.registered_on,
        starts=told.starts,
        adviser=told.adviser,
        adviser_reference=told.adviser_reference,
        certified_on=told.certified_on,
        told_by=told.by_feed,
        recorded_on=on,
        by=by.reference,
    )


def refuse_ended(notice: models.Notice, on: date) -> None:
    """Refuse what comes after the end; whoever else acts on the notice waits.

    Raises:
        HasEnded: it is over.
    """
    holds.standing_in_the_way()  # two that end it, or end and search, follow one another
    if models.Ending.objects.filter(notice=notice).exists():
        raise HasEnded("That moratorium has ended.")
    if queries.clock_of(notice, on=on).has_ended:
        raise HasEnded("Its days are over: it ended by itself.")


def _once(
    notice: models.Notice,
    kind: models.Event.Kind,
    otherwise: str,
    happened: date,
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    if notice.events.filter(kind=kind).exists():
        raise AlreadyDone(otherwise)
    _happened(notice, kind, happened=happened, by=by, on=on)
    _tell(notice, kind, happened, by=by, on=on)


def _happened(
    notice: models.Notice,
    kind: models.Event.Kind,
    *,
    happened: date | None = None,
    debt: models.NoticeDebt | None = None,
    found: int | None = None,
    by: commanding.Actor,
    on: date,
) -> models.Event:
    return models.Event.objects.create(
        notice=notice,
        kind=kind,
        on=happened or on,
        debt=debt,
        found=found,
        recorded_on=on,
        by=by.reference,
    )


def _tell(
    notice: models.Notice,
    kind: models.Event.Kind,
    happened: date,
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    facts.record(
        "resident.moratorium_event",
        about=[notice.person_id],
        thing=notice.thing,
        by=by,
        on=on,
        event=kind.label,
        happened=happened,
    )
