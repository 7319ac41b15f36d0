"""Why somebody is in the queue, who is in it today, which cases there are, how soon help came.

What was joined, and what it comes to, is answered for a purpose that shows it and for no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from borough.kernel import joining
from borough.kernel.people.models import Person
from borough.resident.signals import models, scoring
from borough.rules import years
from borough.rules.support import signals

BANDS = {
    "none": "Nothing is done because of it",
    "message": "A supportive message may be sent",
    "queue": "For the support team to look at",
}


class NotForThisPurpose(Exception):
    """The purpose does not show worries; the page that asks has to refuse first."""


@dataclass(frozen=True, slots=True)
class Worries:
    """What somebody's early worries come to on a day, and why. ``band`` in words."""

    points: int
    band: str
    reasons: tuple[signals.Reason, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in the queue of a day, and why they are in it."""

    number: int
    person: int
    name: str
    by_lot: bool
    has_case: bool
    worries: Worries


def for_person(person_id: int, *, purpose: joining.Purpose, on: date) -> Worries | None:
    """Return what somebody's worries come to; None where the purpose does not show them."""
    if not purpose.shows_joined:
        return None
    return of_people([person_id], purpose=purpose, on=on)[person_id]


def of_people(people: Sequence[int], *, purpose: joining.Purpose, on: date) -> dict[int, Worries]:
    """Return what the worries of each come to on a day, with every reason.

    Raises:
        NotForThisPurpose: the purpose does not show what was joined.
    """
    _refuse(purpose)
    several = scoring.scored(np.array(list(dict.fromkeys(people)), np.int64), on)
    columns = zip(several.people, several.points, several.band, strict=True)
    return {
        int(person): Worries(int(points), BANDS[str(band)], tuple(several.reasons(int(person))))
        for person, points, band in columns
    }


def case_of(person_id: int) -> models.SupportCase | None:
    """Return the open case of somebody. That there is one, every purpose may know."""
    return models.SupportCase.objects.filter(person=person_id, closed_on=None).first()


def queue_of(on: date) -> models.Queue | None:
    """Return the newest queue of a day."""
    return models.Queue.objects.filter(on=on).order_by("-pk").first()


def newest_queue() -> models.Queue | None:
    """Return the newest queue there is."""
    return models.Queue.objects.order_by("-on", "-pk").first()


def waiting(
    queue: models.Queue, *, purpose: joining.Purpose, first: int = 0, most: int = 50
) -> list[Waiting]:
    """Return who is in a queue, in order, each with the reasons of its day.

    Raises:
        NotForThisPurpose: the purpose does not show what was joined.
    """
    _refuse(purpose)
    rows = list(in_places(queue, first, most).select_related("person"))
    worries = of_people([row.person_id for row in rows], purpose=purpose, on=queue.on)
    taken = set(
        models.SupportCase.objects.filter(
            closed_on=None, person__in=[row.person_id for row in rows]
        ).values_list("person_id", flat=True)
    )
    return [
        Waiting(
            row.number,
            row.person_id,
            row.person.name,
            row.by_lot,
            row.person_id in taken,
            worries[row.person_id],
        )
        for row in rows
    ]


def in_places(queue: models.Queue, first: int, most: int) -> QuerySet[models.Place]:
    """Return a stretch of the places of a queue."""
    return models.Place.objects.filter(queue=queue).order_by("number")[first : first + most]


def for_message(
    on: date, *, purpose: joining.Purpose, first: int = 0, most: int = 50
) -> tuple[int, list[tuple[Person, Worries]]]:
    """Return how many may be sent a message, and a stretch of them with their reasons.

    Raises:
        NotForThisPurpose: the purpose does not show what was joined.
    """
    _refuse(purpose)
    everybody = scoring.band_of_message(on).tolist()
    shown = everybody[first : first + most]
    named = Person.objects.in_bulk(shown)
    worries = of_people(shown, purpose=purpose, on=on)
    return len(everybody), [(named[one], worries[one]) for one in shown]


def open_cases() -> QuerySet[models.SupportCase]:
    """Return the open cases, the one to look at first first."""
    rows = models.SupportCase.objects.filter(closed_on=None).select_related("person")
    return rows.order_by("next_review", "pk")


def days_to_help(year: years.Year, on: date) -> tuple[int, int] | None:
    """Return (days from the first worry to the first helpful contact, cases) of a year's help.

    Cases of people without any worry, drawn by lot or met by chance, have no first day.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            'select sum(greatest(h."on" - c.first_seen_on, 0))::bigint, count(*)'
            " from signals_supportcase c cross join lateral ("
            '   select min("on") as "on" from signals_casecontact'
            "   where case_id = c.id and outcome = %(helped)s) h"
            ' where c.first_seen_on is not null and h."on" >= %(starts)s and h."on" < %(ends)s'
            '   and h."on" <= %(on)s',
            {
                "helped": models.CaseContact.Outcome.HELPED,
                "starts": year.starts,
                "ends": year.ends,
                "on": on,
            },
        )
        days, cases = cursor.fetchone()
    return (int(days), int(cases)) if cases else None


def _refuse(purpose: joining.Purpose) -> None:
    if not purpose.shows_joined:
        raise NotForThisPurpose(purpose.slug)
