"""That this installation shows a made-up town."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Town(models.Model):
    """The town that was furnished here: one row, or none where real people are recorded."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seed = models.BigIntegerField()
    dwellings = models.IntegerField()
    on = models.DateField()
    furnished_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_town_at_most")]

    def __str__(self) -> str:
        return f"an invented town of {self.dwellings:,} dwellings"


class LivedDay(models.Model):
    """A day that the town lived through, and what happened on it: drawn once, acted on by lines."""

    append_only: ClassVar = True
    on = models.DateField(unique=True)
    told = models.JSONField()
