"""What was opened in an emergency, and what came of looking at it again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

ERASED = "Erased"


class Erasure(models.Model):
    """That what was past its time was erased: how much, of which kind, by whose decision."""

    append_only: ClassVar = True
    what = models.CharField(max_length=16)
    before = models.DateField()
    count = models.IntegerField()
    decided = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="an_erasure_erases_something"),
            models.CheckConstraint(condition=~Q(decided=""), name="an_erasure_says_who_decided"),
        ]


class Opening(models.Model):
    """That one resident's whole picture was opened to one officer, for a short time and a reason.

    ``words``: what the officer says happened, for whoever looks at it again; in no fact.
    """

    class Reason(models.TextChoices):
        HARM = "harm", "They are in danger, or say that they will harm themselves"
        CHILD = "child", "A child or an adult may need protecting today"
        HOME = "home", "They lose their home today"
        AGENT = "agent", "An enforcement agent is at their door, or comes today"
        SUPPLY = "supply", "They have nothing to eat, no heating or no light"

    append_only: ClassVar = True
    may_update: ClassVar = ("words",)  # once, to ``ERASED``: a trigger refuses anything else
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    words = models.TextField()
    by = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="an_opening_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="an_opening_says_what_happened"),
        ]
        indexes = [models.Index(fields=["by", "ends_at"], name="openings_of_an_officer")]

    @property
    def thing(self) -> str:
        """What facts about it are filed under."""
        return f"resident.opening/{self.pk}"


class OpeningReview(models.Model):
    """What came of looking at an opening again: once, by another officer."""

    append_only: ClassVar = True
    opening = models.OneToOneField(Opening, models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=10)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
