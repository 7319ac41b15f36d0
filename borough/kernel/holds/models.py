"""That a debt, or a person with all debts, is left alone for a time, and why.

What a hold forbids is written into its row on the day on which it is placed, so that the database
itself can refuse an act, and a later change of practice leaves what was promised as it was.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from borough.kernel import dated


class Hold(models.Model):
    """A reason to leave a debt alone on ``[starts, ends)``.

    ``thing`` is what facts call the account; ``part`` one year of it, or all of it when empty.
    ``recorded_at`` is the moment itself, not the beginning of its transaction: what was done a
    moment before was done before.
    """

    append_only: ClassVar = True
    may_update: ClassVar = ("ends", "review_by")
    kind = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="holds")
    thing = models.CharField(max_length=80, blank=True)
    part = models.CharField(max_length=24, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    forbids = ArrayField(models.CharField(max_length=24))
    starts = models.DateField()
    ends = models.DateField(null=True)
    review_by = models.DateField()
    placed_on = models.DateField()
    placed_by = models.CharField(max_length=80)
    placed_by_line = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(
        db_default=Func(function="clock_timestamp", output_field=models.DateTimeField())
    )

    class Meta:
        constraints = [
            dated.ends_after_start("hold_ends_after_start"),
            models.CheckConstraint(
                condition=Q(person=None) & ~Q(thing="")
                | Q(person__isnull=False, thing="", part=""),
                name="a_hold_is_on_a_person_or_on_a_thing",
            ),
            models.CheckConstraint(
                condition=Q(review_by__gte=F("starts")), name="a_hold_is_reviewed_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(forbids__len__gt=0), name="a_hold_forbids_something"
            ),
        ]
        indexes = [
            models.Index(fields=["thing"], condition=~Q(thing=""), name="hold_of_a_thing"),
            models.Index(fields=["review_by"], name="hold_to_review"),
            GinIndex(fields=["forbids"], name="hold_forbids"),
        ]
