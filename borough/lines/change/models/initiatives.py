"""Initiatives: whose they are, how far they are, and what was to be reached by when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.kernel import dated
from borough.lines.change.models.records import Record


class Stage(models.TextChoices):
    SHAPING = "shaping", "Being shaped"
    AGREED = "agreed", "Agreed, not begun"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class Initiative(Record):
    """Something that both partners set out to do better or differently.

    ``beyond_contract``: it stands on the joint agenda because both want it, not because a contract
    asks for it.
    """

    title = models.CharField(max_length=120)
    purpose = models.TextField()
    beyond_contract = models.BooleanField()

    @property
    def thing(self) -> str:
        return f"change.initiative/{self.pk}"


class OwnerPair(models.Model):
    """The two officers who own an initiative on ``[starts, ends)``, one for each partner."""

    append_only: ClassVar = True
    may_update: ClassVar = ("ends",)
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="owners")
    for_council = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")
    for_partner = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("owners_end_after_they_start"),
            dated.never_overlaps("initiative", name="one_pair_of_owners_at_a_time"),
            models.CheckConstraint(
                condition=~Q(for_council=F("for_partner")), name="owners_are_two_officers"
            ),
        ]

    def __str__(self) -> str:
        return f"owners {self.pk}"


class Move(Record):
    """That an initiative came to a stage. It never comes to one twice."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="moves")
    stage = models.CharField(max_length=9, choices=Stage.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "stage"], name="a_stage_comes_once")
        ]


class Milestone(Record):
    """Something that an initiative reaches on its way."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=120)


class Due(Record):
    """By when a milestone is to be met. The first is kept to; the newest is worked to."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="dues")
    due = models.DateField()
    because = models.TextField(blank=True)


class Met(Record):
    """That a milestone was met, and by what that can be seen."""

    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="met")
    met_on = models.DateField()
    evidence = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(met_on__lte=F("on")), name="nothing_is_met_in_the_future"
            )
        ]
