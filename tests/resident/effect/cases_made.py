"""Support cases of a made-up quarter, each with what was done. Everybody is invented."""

from datetime import date, timedelta

from borough.resident.signals import models
from borough.rules.support import signals
from tests import makers

ON = date(2025, 6, 30)  # the last day of 2025-26 Q1
STARTS = date(2025, 4, 1)


def worried(person, *codes, on, value=1, key="made.up"):
    """Record that these worries were seen of somebody on a day."""
    weighed = signals.law(on)
    for code in codes:
        models.Sighting.objects.create(
            person=person,
            code=code,
            key=f"{key}/{on}",
            observed_on=on,
            expires_on=on + timedelta(weighed.signals[code].days),
            value=value,
            version=weighed.since[code],
        )


def queue(on, *people, points=8, by_lot=False, drawn_from=0):
    """Lay a queue of a day by hand, everybody with the same points."""
    made = models.Queue.objects.create(
        on=on, places=len(people), in_band=len(people), for_message=0, others=0, waiting=0,
        drawn_from=drawn_from,
    )  # fmt: skip
    for number, person in enumerate(people, 1):
        models.Place.objects.create(
            queue=made, number=number, person=person, points=points, by_lot=by_lot
        )
    return made


def a_case(person, opened, *contacts, first_seen=None, codes=("S2", "S3"), points=8, **more):
    """Make a case with contacts, each (day, outcome)."""
    case = models.SupportCase.objects.create(
        person=person,
        opened_on=opened,
        points=points,
        codes=list(codes),
        by_lot=more.pop("by_lot", False),
        first_seen_on=first_seen,
        lead="officer/1",
        next_review=opened + timedelta(7),
        **more,
    )
    for day, outcome in contacts:
        case.contacts.create(on=day, how="phone", outcome=outcome, by="officer/1")
    return case


def people(count, born=date(1960, 5, 1)):
    return [makers.a_person(f"P{number}", "Rimmer", date_of_birth=born) for number in range(count)]
