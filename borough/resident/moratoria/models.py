"""A moratorium as it was told, the debts that it reaches, and what happened under it.

Whether it still runs is no flag: it is a question of its days, of what was released, and of the day
on which it is asked. The holds that keep everybody off are the kernel's own.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q


class Notice(models.Model):
    """That the Insolvency Service told us of a moratorium of somebody.

    Attributes:
        registered_on: the day of its entry in the register; it starts on the day after.
        adviser: the organisation that gives debt advice, with its reference.
        certified_on: the day on which an approved mental health professional certified the crisis
            treatment; of a mental health crisis moratorium alone.
        told_by: the notice of the feed by which we were told, where it came by one.
    """

    class Kind(models.TextChoices):
        STANDARD = "breathing_space", "Breathing space"
        CRISIS = "mental_health_crisis", "Mental health crisis moratorium"

    append_only: ClassVar = True
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="moratoria")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    reference = models.CharField(max_length=40, unique=True)
    registered_on = models.DateField()
    starts = models.DateField()
    adviser = models.CharField(max_length=120)
    adviser_reference = models.CharField(max_length=40, blank=True)
    certified_on = models.DateField(null=True)
    told_by = models.OneToOneField(
        "sources.Notice", models.PROTECT, null=True, related_name="moratorium"
    )
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField(
        db_default=Func(function="clock_timestamp", output_field=models.DateTimeField())
    )
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__gt=F("registered_on")),
                name="a_moratorium_starts_after_its_entry",
            ),
            models.CheckConstraint(
                condition=Q(kind="mental_health_crisis", certified_on__isnull=False)
                | Q(kind="breathing_space", certified_on=None),
                name="a_crisis_is_certified",
            ),
        ]

    @property
    def thing(self) -> str:
        return f"resident.moratorium/{self.pk}"


class NoticeDebt(models.Model):
    """A debt that was looked at for a notice, why it is inside or not, and the hold upon it.

    ``pence`` is what was owed as it began. ``origin``: named in the notice, or found by our search.
    """

    class Origin(models.TextChoices):
        NAMED = "named", "In the notice"
        FOUND = "found", "Found by our search"

    append_only: ClassVar = True
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="debts")
    thing = models.CharField(max_length=80)
    part = models.CharField(max_length=24, blank=True)
    title = models.CharField(max_length=160)
    pence = models.BigIntegerField()
    is_inside = models.BooleanField()
    why = models.CharField(max_length=300)
    holder = models.CharField(max_length=120, blank=True)
    remarks = ArrayField(models.CharField(max_length=200), default=list)
    origin = models.CharField(max_length=5, choices=Origin.choices)
    people = ArrayField(models.BigIntegerField(), default=list)
    hold = models.OneToOneField("holds.Hold", models.PROTECT, null=True, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "thing", "part"], name="a_debt_is_in_a_notice_once"
            ),
            models.CheckConstraint(
                condition=Q(is_inside=True, hold__isnull=False) | Q(is_inside=False, hold=None),
                name="what_is_inside_is_held",
            ),
        ]


class Event(models.Model):
    """What happened under a notice on a day, beside its beginning and its end."""

    class Kind(models.TextChoices):
        SEARCHED = "searched", "Our records were searched for further debts"
        ADVISER_TOLD = "adviser_told", "The adviser was told of a debt that we found"
        REVIEW_ASKED = "review_asked", "We asked the adviser for a review"
        REVIEW_KEPT = "review_kept", "The adviser looked again, and it goes on"
        MIDWAY_KEPT = "midway_kept", "The adviser’s midway review: it goes on"
        TREATMENT_ENDED = "treatment_ended", "The crisis treatment ended"
        HOLDER_TOLD = "holder_told", "The holder of a debt was told"

    append_only: ClassVar = True
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    on = models.DateField()
    debt = models.ForeignKey(NoticeDebt, models.PROTECT, null=True, related_name="events")
    found = models.IntegerField(null=True)
    recorded_on = models.DateField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(kind="treatment_ended"),
                name="a_treatment_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="searched", found__gte=0) | ~Q(kind="searched") & Q(found=None),
                name="a_search_says_what_it_found",
            ),
        ]


class Why(models.TextChoices):
    """Why a moratorium, or what it lays on one debt, ends."""

    LAPSED = "lapsed", "Its days were over"
    COMPLETED = "completed", "A debt solution is in place"
    ADVISER = "adviser", "The adviser cancelled it"
    COURT = "court", "The court cancelled it"
    DIED = "died", "The person has died"


class Release(models.Model):
    """That one debt is no longer in the moratorium from a day on, while the others are."""

    append_only: ClassVar = True
    debt = models.OneToOneField(NoticeDebt, models.PROTECT, related_name="release")
    ends = models.DateField()
    why = models.CharField(max_length=12, choices=Why.choices)
    recorded_on = models.DateField()
    by = models.CharField(max_length=80)


class Ending(models.Model):
    """That a moratorium ended: the first day on which it holds no more, and why."""

    append_only: ClassVar = True
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="ending")
    ends = models.DateField()
    why = models.CharField(max_length=12, choices=Why.choices)
    recorded_on = models.DateField()
    by = models.CharField(max_length=80)
