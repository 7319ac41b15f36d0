"""Reviews of a year to come, proposals put together, what both chose, and what became of it.

Proposals themselves are not here: they are what was sealed and opened (``sealed.Opening``), and
are named by their seal and their place in it.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

MOST_CHOSEN = 7


class Review(models.Model):
    """That all sides are asked what will be better or different in ``year``."""

    append_only: ClassVar = True
    year = models.CharField(max_length=7, unique=True)
    by = models.CharField(max_length=80)
    on = models.DateField()

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.review/{self.pk}"


class Group(models.Model):
    """Proposals that come to the same, put together by an officer on ``[on, ends)``."""

    append_only: ClassVar = True
    may_update: ClassVar = ("ends",)
    review = models.ForeignKey(Review, models.PROTECT, related_name="groups")
    title = models.CharField(max_length=120)
    by = models.CharField(max_length=80)
    on = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("on")), name="a_group_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"group {self.pk}"


class Member(models.Model):
    """A proposal of a group: the ``place``-th of what was sealed. It is in one group at a time."""

    append_only: ClassVar = True
    may_update: ClassVar = ("ends",)
    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    commitment = models.ForeignKey("sealed.Commitment", models.PROTECT, related_name="+")
    place = models.IntegerField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "place"],
                condition=Q(ends=None),
                name="a_proposal_is_in_one_group",
            )
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


class Choice(models.Model):
    """Up to seven groups that are put to both partners; it binds once both have signed it.

    The newest is the one to sign. ``content`` is canonical JSON of all that is signed.
    """

    append_only: ClassVar = True
    review = models.ForeignKey(Review, models.PROTECT, related_name="choices")
    groups = ArrayField(models.BigIntegerField())
    content = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(groups__len__gte=1, groups__len__lte=MOST_CHOSEN),
                name="no_more_than_seven_are_chosen",
            )
        ]

    def __str__(self) -> str:
        return f"choice {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.choice/{self.pk}"


class Answer(models.Model):
    """What both chose to do better or differently: a group, as one of at most seven of a year.

    The database takes it only from a choice that both have signed.
    """

    append_only: ClassVar = True
    review = models.ForeignKey(Review, models.PROTECT, related_name="answers")
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="answers")
    group = models.OneToOneField(Group, models.PROTECT, related_name="answer")
    number = models.IntegerField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_CHOSEN),
                name="an_answer_is_one_of_seven",
            ),
            models.UniqueConstraint(fields=["review", "number"], name="an_answer_has_its_number"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.answer/{self.pk}"


class Told(models.Model):
    """What was heard of an answer: ``fact`` is the number of the fact that told it."""

    append_only: ClassVar = True

    class Stage(models.TextChoices):
        HANDED_OVER = "handed", "Handed over, not begun"
        REFUSED = "refused", "Not taken up"
        SHAPING = "shaping", "Being shaped"
        AGREED = "agreed", "Agreed, not begun"
        UNDER_WAY = "under_way", "Under way"
        DONE = "done", "Done"
        STOPPED = "stopped", "Stopped"

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="told")
    stage = models.CharField(max_length=9, choices=Stage.choices)
    idea = models.BigIntegerField(null=True)
    initiative = models.BigIntegerField(null=True)
    fact = models.BigIntegerField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "fact"], name="a_fact_is_heard_once")
        ]

    def __str__(self) -> str:
        return f"told {self.pk}"
