"""Long work: what was asked, which parts are done, how it ended. No part is done twice."""

from typing import ClassVar

from django.db import models

MOST_REASON = 400


class Run(models.Model):
    """Long work that somebody asked for. ``key`` makes the same request the same run."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    asked = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    on = models.DateField()
    started_at = models.DateTimeField()
    parts_expected = models.IntegerField(default=0)


class Part(models.Model):
    """A part that is done; written in the transaction that did it."""

    append_only: ClassVar = True
    run = models.ForeignKey(Run, models.PROTECT, related_name="parts")
    number = models.IntegerField()
    rows = models.IntegerField(default=0)
    result = models.JSONField(default=dict)
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="a_part_is_done_once")
        ]


class Ending(models.Model):
    """How an attempt at a run ended. What failed is tried again; a refusal waits for an officer."""

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        REFUSED = "refused", "Refused"

    append_only: ClassVar = True
    run = models.ForeignKey(Run, models.PROTECT, related_name="endings")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=MOST_REASON, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run"],
                condition=models.Q(outcome="done"),
                name="a_run_is_done_once",
            )
        ]
