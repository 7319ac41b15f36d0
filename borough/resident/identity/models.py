"""Whose a record of another service is: joined, kept apart, or waiting for a person to decide."""

from typing import ClassVar

from django.db import models

from borough.kernel import dated
from borough.kernel.people.models import Person
from borough.resident.sources.models import Record


class Link(models.Model):
    """That a record is a person’s, on ``[starts, ends)``; how it was found, and who decided."""

    class Method(models.TextChoices):
        CERTAIN = "certain", "An identifier that both services hold"
        DECIDED = "decided", "A person decided"

    record = models.ForeignKey(Record, models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, models.PROTECT, related_name="records")
    starts = models.DateField()
    ends = models.DateField(null=True)
    method = models.CharField(max_length=8, choices=Method.choices)
    weight_hundredths = models.IntegerField(null=True)
    reasons = models.JSONField(default=list)
    decided_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            dated.ends_after_start("link_has_days"),
            dated.never_overlaps("record_id", name="a_record_is_one_persons"),
        ]
        indexes = [models.Index(fields=["person"], name="links_of_a_person")]


class Apart(models.Model):
    """That a record is not a person’s: remembered, so that they are not proposed again."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="apart")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)
    decided_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            dated.ends_after_start("apart_has_days"),
            dated.never_overlaps("record_id", "person_id", name="apart_once_a_day"),
        ]


class Proposal(models.Model):
    """What waits for a person: a doubtful pair, or a certain one of the sample to be checked.

    It goes when somebody decides, and is made anew by each run; what was decided stays.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="proposals")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    is_check = models.BooleanField(default=False)
    weight_hundredths = models.IntegerField()
    per_million = models.IntegerField()
    reasons = models.JSONField(default=list)
    put_off = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "person"], name="a_pair_waits_once")
        ]
        indexes = [
            models.Index(fields=["put_off", "-weight_hundredths"], name="proposals_in_order")
        ]


class Verdict(models.Model):
    """What a person said of a pair: never changed, and what the precision is counted from."""

    class Answer(models.TextChoices):
        SAME = "same", "The same person"
        DIFFERENT = "different", "Different people"
        UNKNOWN = "unknown", "I do not know"

    append_only: ClassVar = True
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=9, choices=Answer.choices)
    is_check = models.BooleanField()
    by = models.CharField(max_length=80)
    on = models.DateField()
