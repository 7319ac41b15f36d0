"""What the council goes by when it looks at a statement: its own file, never one of ours."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Guideline(models.Model):
    """The most that is not asked about, a month; the newest loaded for a day holds.

    ``heading`` is the slug of a heading of the statement, or the title of a group of them;
    ``household`` says for whom in the words of the file.
    """

    append_only: ClassVar = True
    starts = models.DateField()
    household = models.CharField(max_length=60)
    heading = models.CharField(max_length=60)
    pence = models.BigIntegerField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pence__gte=0), name="a_guideline_is_never_below_nought"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading}, {self.household}, from {date.isoformat(self.starts)}"
