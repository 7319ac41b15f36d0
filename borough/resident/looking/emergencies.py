"""Opening one resident's whole picture in an emergency, and looking at it again.

A team leader is told at once and looks within the hour. What is opened stays one person's, for half
an hour, to whoever opened it; each page of it leaves its look, as always.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from borough.kernel import commanding, joining, records
from borough.kernel.facts import commands as facts
from borough.kernel.facts import queries as told
from borough.kernel.people.models import Person
from borough.resident.looking import capabilities, fact_kinds, purposes
from borough.resident.looking.commands import OUTCOMES, OwnLook
from borough.resident.looking.models import Opening, OpeningReview

STAYS_OPEN = timedelta(minutes=30)
LOOKED_AT_WITHIN = timedelta(hours=1)
FEWEST_WORDS = 4
MOST_LOOKS = 50


class TooFewWords(commanding.Refusal):
    """Whoever looks at it again could not tell what happened."""


class LookedAtAlready(commanding.Refusal):
    """Another officer looked at it meanwhile."""


@commanding.command(capabilities.OPEN_IN_EMERGENCY)
def open_record(
    *, person: Person, reason: str, words: str, now: datetime, by: commanding.Actor, on: date
) -> Opening:
    """Open one resident's whole picture to the officer; what is open already stays so.

    Args:
        person: whose.
        reason: one of ``Opening.Reason``.
        words: what happened, in the officer's words.
        now: this moment.
        by: who opens it.
        on: today.

    Raises:
        TooFewWords: fewer than four words.
    """
    if len(words.split()) < FEWEST_WORDS:
        raise TooFewWords("Say in a few more words what happened, for who looks at it again.")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if found := _open(by, now).filter(person=person).first():
        return found
    opening = Opening.objects.create(
        person=person,
        reason=reason,
        words=words.strip(),
        by=by.reference,
        starts_at=now,
        ends_at=now + STAYS_OPEN,
    )
    facts.record(
        fact_kinds.OPENED_IN_EMERGENCY,
        about=[person.pk],
        thing=f"{records.PERSON}/{person.pk}",
        by=by,
        on=on,
        opening=opening.pk,
        reason=opening.get_reason_display(),
    )
    return opening


@commanding.command(capabilities.REVIEW_LOOKS)
def review(
    *, opening: Opening, outcome: str, now: datetime, by: commanding.Actor, on: date
) -> OpeningReview:
    """Record what came of looking at an opening again.

    Raises:
        OwnLook: whoever reviews opened it.
        LookedAtAlready: it was done meanwhile.
    """
    if opening.by == by.reference:
        raise OwnLook("You opened this yourself. Somebody else looks at it again.")
    try:
        with transaction.atomic():
            done = OpeningReview.objects.create(
                opening=opening, outcome=outcome, by=by.reference, at=now
            )
    except IntegrityError as error:
        raise LookedAtAlready("Another officer has looked at this meanwhile.") from error
    facts.record(
        fact_kinds.EMERGENCY_REVIEWED,
        about=[opening.person_id],
        thing=opening.thing,
        by=by,
        on=on,
        officer=opening.by,
        outcome=OUTCOMES[outcome].lower(),
    )
    return done


def opens(
    actor: commanding.Actor, people: Collection[int], now: datetime
) -> joining.Purpose | None:
    """Return the purpose of an emergency, if what is looked at is open to the actor by one."""
    alone = set(people)
    if len(alone) != 1 or not _open(actor, now).filter(person__in=alone).exists():
        return None
    return purposes.EMERGENCY


def waiting(*, unseen_by: str) -> QuerySet[Opening]:
    """Return the openings that nobody has looked at again, but for an officer's own."""
    return Opening.objects.filter(review=None).exclude(by=unseen_by).order_by("starts_at")


def due(opening: Opening) -> datetime:
    """Return by when an opening is to be looked at again."""
    return opening.starts_at + LOOKED_AT_WITHIN


def looks_under(opening: Opening) -> list[told.Entry]:
    """Return what the officer looked at of the person by it, newest first."""
    looked = told.timeline_of_people([opening.person_id], only=["kernel.looked"], limit=MOST_LOOKS)
    return [
        one
        for one in looked
        if one.by == opening.by
        and one.detail["purpose"] == purposes.EMERGENCY.slug
        and opening.starts_at <= one.recorded_at < opening.ends_at
    ]


def _open(actor: commanding.Actor, now: datetime) -> QuerySet[Opening]:
    return Opening.objects.filter(by=actor.reference, starts_at__lte=now, ends_at__gt=now)
