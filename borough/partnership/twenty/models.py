"""Draws of routine cases: the seed, told before the quarter is over, and what was drawn by it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Draw(models.Model):
    """That twenty cases decided on ``[starts, ends)`` will be drawn by a seed that is told now."""

    append_only: ClassVar = True
    seed = models.CharField(max_length=64)
    starts = models.DateField(unique=True)
    ends = models.DateField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(on__lt=F("ends")), name="a_seed_is_told_before_the_quarter_is_over"
            )
        ]

    def __str__(self) -> str:
        return f"draw {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.twenty/{self.pk}"

    @property
    def last_day(self) -> Any:
        """The last day of the quarter."""
        return self.ends - timedelta(days=1)


class Drawn(models.Model):
    """A case that was drawn: what it is, and what was known before it was decided, in words."""

    append_only: ClassVar = True
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="drawn")
    position = models.IntegerField()
    kind = models.CharField(max_length=80)
    number = models.BigIntegerField()
    told = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "position"], name="a_place_is_drawn_once"),
            models.UniqueConstraint(fields=["draw", "kind", "number"], name="a_case_is_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"drawn {self.pk}"

    @property
    def content(self) -> dict[str, Any]:
        """What both were told, as the chain binds it."""
        return {
            "position": self.position,
            "kind": self.kind,
            "number": self.number,
            "told": self.told,
        }


def content_of(drawn: Iterable[Drawn]) -> dict[str, Any]:
    """Return all that was drawn, in order, as the chain binds it."""
    return {"drawn": [one.content for one in drawn]}
