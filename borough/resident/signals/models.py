"""What was seen of whom, who is looked at on a day, and the cases that the support team has."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Sighting(models.Model):
    """That an early worry was seen of somebody; counted once, however often it is seen.

    ``key`` says what it is: the thing that happened; for a worry that lasts, the day and how much.
    ``value`` is 0 where a lasting worry is over. ``record`` is the record of another organisation
    that told it: it counts only while that record is joined to this person; None: our own.
    ``expires_on`` follows the weighing of ``version``, the day from which that holds.
    """

    append_only: ClassVar = True
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=4)
    key = models.CharField(max_length=100)
    observed_on = models.DateField()
    expires_on = models.DateField()
    value = models.IntegerField()
    record = models.BigIntegerField(null=True)
    version = models.DateField()
    run = models.ForeignKey("runs.Run", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code", "key"], name="a_sighting_counts_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="a_sighting_is_not_negative"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("observed_on")), name="a_sighting_counts_for_days"
            ),
        ]
        indexes = [models.Index(fields=["code", "observed_on"], name="sightings_of_a_time")]


class Capacity(models.Model):
    """How many residents the team can look at in a day, from a day on; the newest counts."""

    append_only: ClassVar = True
    starts = models.DateField()
    places = models.IntegerField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=0), name="places_are_not_negative")
        ]


class Queue(models.Model):
    """The order in which residents are looked at on a day; the newest of a day counts.

    ``in_band``, ``for_message`` and ``others``: how many there are of each band, those with a case
    among them. ``waiting``: how many of the queue's band found no place. ``drawn_from``: how many
    were in the urn from which the places by lot were drawn.
    """

    append_only: ClassVar = True
    on = models.DateField()
    places = models.IntegerField()
    in_band = models.IntegerField()
    for_message = models.IntegerField()
    others = models.IntegerField()
    waiting = models.IntegerField()
    drawn_from = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["on"], name="queue_of_a_day")]


class Place(models.Model):
    """Somebody's place in the queue of a day. ``by_lot``: drawn, to learn what points miss."""

    append_only: ClassVar = True
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="held")
    number = models.IntegerField()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    points = models.IntegerField()
    by_lot = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "number"], name="a_place_is_held_once"),
            models.UniqueConstraint(fields=["queue", "person"], name="somebody_has_one_place"),
        ]


class SupportCase(models.Model):
    """That somebody of the support team looks after a resident, until it is closed.

    ``points`` and ``codes`` are why, as they stood on the day. ``first_seen_on`` is the earliest of
    the worries that counted then; None for somebody without any. ``rests_until``: the first day on
    which a closed case no longer keeps them out of the queue.
    """

    class Outcome(models.TextChoices):
        ENTITLED = "entitled", "Claimed what they were entitled to"
        PLAN = "plan", "Agreed what they can pay"
        HELPED = "helped", "Helped in another way"
        REFERRED = "referred", "Handed on to somebody who helps"
        NOTHING = "nothing", "Nothing was needed"
        DECLINED = "declined", "Did not want help"
        NOT_REACHED = "not_reached", "Could not be reached"

    append_only: ClassVar = True
    may_update: ClassVar = ("lead", "next_review", "closed_on", "outcome", "rests_until")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="support_cases")
    opened_on = models.DateField()
    points = models.IntegerField()
    codes = ArrayField(models.CharField(max_length=4))
    by_lot = models.BooleanField()
    first_seen_on = models.DateField(null=True)
    lead = models.CharField(max_length=80)
    next_review = models.DateField()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    rests_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_on=None), name="one_open_case_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="", rests_until=None)
                | Q(closed_on__isnull=False, rests_until__isnull=False) & ~Q(outcome=""),
                name="a_case_is_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="a_case_is_closed_after_it_opened",
            ),
        ]
        indexes = [
            models.Index(fields=["next_review"], condition=Q(closed_on=None), name="case_is_open")
        ]

    @property
    def thing(self) -> str:
        return f"resident.case/{self.pk}"


class CaseContact(models.Model):
    """That the support team was in touch with the resident of a case, or tried to be."""

    class How(models.TextChoices):
        PHONE = "phone", "Telephone"
        VISIT = "visit", "Visit"
        OFFICE = "office", "At the counter"
        LETTER = "letter", "Letter"
        EMAIL = "email", "Email"
        TEXT = "text", "Text message"

    class Outcome(models.TextChoices):
        HELPED = "helped", "Reached, and something that helps was begun"
        REACHED = "reached", "Reached, and nothing was begun yet"
        NOT_REACHED = "not_reached", "Not reached"

    append_only: ClassVar = True
    case = models.ForeignKey(SupportCase, models.PROTECT, related_name="contacts")
    on = models.DateField()
    how = models.CharField(max_length=8, choices=How.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    by = models.CharField(max_length=80)
