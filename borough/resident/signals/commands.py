"""Looking for worries, the capacity of the team, and a case from its opening to its end."""

from datetime import date, timedelta

import numpy as np
from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.people.models import Person
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.resident.signals import capabilities, laying, models, nightly, scoring
from borough.rules.support import signals

MOST_PLACES = 10_000
LONGEST_DAYS = 182  # nobody is left alone with a case for longer without a look


class NotADay(commanding.Refusal):
    """The day lies where it cannot."""


class NotANumber(commanding.Refusal):
    """So many residents cannot be looked at in a day."""


class HasACase(commanding.Refusal):
    """Somebody of the team looks after them already."""


class NoPerson(commanding.Refusal):
    """It is an organisation, or has died."""


class CaseClosed(commanding.Refusal):
    """The case is closed."""


@commanding.command(capabilities.LOOK_FOR_WORRIES)
def look_for_worries(*, by: commanding.Actor, on: date) -> Run:
    """Ask for a look at the whole borough, one a day.

    Raises:
        runs.AlreadyAsked: the day was asked for before.
    """
    codes = list(signals.law(on).signals)
    return runs.ask(
        nightly.KIND,
        f"{nightly.KIND}/{on}",
        asked={"codes": codes},
        parts=len(codes) + 1,  # and the queue
        by=by,
        on=on,
    )


@commanding.command(capabilities.LEAD_SUPPORT)
def set_capacity(*, places: int, by: commanding.Actor, on: date) -> models.Queue | None:
    """Say how many residents the team can look at in a day; today's queue is laid anew.

    Returns:
        Today's queue; None where nobody has looked for worries today.

    Raises:
        NotANumber: fewer than none, or more than anybody could.
    """
    if not 0 <= places <= MOST_PLACES:
        raise NotANumber(f"Enter a number from 0 to {MOST_PLACES:,}.")
    models.Capacity.objects.create(starts=on, places=places, by=by.reference)
    facts.record("resident.capacity_set", by=by, on=on, places=places)
    return laying.lay(on) if models.Queue.objects.filter(on=on).exists() else None


@commanding.command(capabilities.WORK_SUPPORT)
def take_case(
    *, person: Person, next_review: date, by: commanding.Actor, on: date
) -> models.SupportCase:
    """Take the case of a resident: from now on somebody looks after them.

    Raises:
        NoPerson: it is an organisation, or has died.
        HasACase: somebody has it already.
        NotADay: the next look is not after today, or too far off.
    """
    if person.kind != Person.Kind.PERSON or person.date_of_death is not None:
        raise NoPerson("A support case is for a person who lives.")
    _refuse_review(next_review, on)
    reasons = scoring.scored(np.array([person.pk], np.int64), on).reasons(person.pk)
    place = models.Place.objects.filter(person=person, queue__on=on).order_by("-queue_id").first()
    try:
        with transaction.atomic():
            case = models.SupportCase.objects.create(
                person=person,
                opened_on=on,
                points=sum(reason.points for reason in reasons),
                codes=[reason.code for reason in reasons],
                by_lot=bool(place and place.by_lot),
                first_seen_on=_first_seen(person, [reason.code for reason in reasons], on),
                lead=by.reference,
                next_review=next_review,
            )
    except IntegrityError as error:
        raise HasACase("Somebody of the team looks after this resident already.") from error
    _tell("resident.case_opened", case, by=by, on=on, next_review=next_review)
    return case


@commanding.command(capabilities.WORK_SUPPORT)
def record_contact(
    *, case: models.SupportCase, how: str, outcome: str, by: commanding.Actor, on: date
) -> models.CaseContact:
    """Record that the team was in touch, or tried to be, and whether help was begun.

    Raises:
        CaseClosed: the case has ended.
    """
    _still(case)
    contact = models.CaseContact.objects.create(
        case=case, on=on, how=how, outcome=outcome, by=by.reference
    )
    words = {"how": contact.get_how_display(), "outcome": contact.get_outcome_display().lower()}
    _tell("resident.case_contacted", case, by=by, on=on, **words)
    return contact


@commanding.command(capabilities.WORK_SUPPORT)
def review_case(
    *, case: models.SupportCase, next_review: date, by: commanding.Actor, on: date
) -> models.SupportCase:
    """Take or keep the lead of a case, and say when somebody looks again.

    Raises:
        CaseClosed: the case has ended.
        NotADay: the next look is not after today, or too far off.
    """
    now = _still(case)
    _refuse_review(next_review, on)
    now.next_review, now.lead = next_review, by.reference
    now.save(update_fields=["next_review", "lead"])
    _tell("resident.case_reviewed", now, by=by, on=on, next_review=next_review)
    return now


@commanding.command(capabilities.WORK_SUPPORT)
def close_case(
    *,
    case: models.SupportCase,
    outcome: str,
    rests_until: date,
    by: commanding.Actor,
    on: date,
) -> models.SupportCase:
    """Close a case with its outcome; until a day the resident is left in peace by the queue.

    Raises:
        CaseClosed: it has ended.
        NotADay: the day is in the past, or too far off.
    """
    now = _still(case)
    if not on <= rests_until <= on + timedelta(LONGEST_DAYS):
        raise NotADay(f"Choose today or a later day, {LONGEST_DAYS} days ahead at most.")
    now.closed_on, now.outcome, now.rests_until = on, outcome, rests_until
    now.save(update_fields=["closed_on", "outcome", "rests_until"])
    _tell("resident.case_closed", now, by=by, on=on, outcome=now.get_outcome_display().lower())
    return now


def _still(case: models.SupportCase) -> models.SupportCase:
    now = models.SupportCase.objects.select_for_update().get(pk=case.pk)
    if now.closed_on is not None:
        raise CaseClosed("This case is closed. Take it anew if they need help again.")
    return now


def _refuse_review(next_review: date, on: date) -> None:
    if not on < next_review <= on + timedelta(LONGEST_DAYS):
        raise NotADay(f"Choose a day after today, {LONGEST_DAYS} days ahead at most.")


def _first_seen(person: Person, codes: list[str], on: date) -> date | None:
    """Return the earliest day on which one of the worries that count was seen."""
    rows = models.Sighting.objects.filter(
        person=person, code__in=codes, value__gt=0, observed_on__lte=on, expires_on__gt=on
    )
    return rows.order_by("observed_on").values_list("observed_on", flat=True).first()


def _tell(
    what: str, case: models.SupportCase, *, by: commanding.Actor, on: date, **detail: object
) -> None:
    facts.record(what, about=[case.person_id], thing=case.thing, by=by, on=on, **detail)
