"""That this installation shows a made-up town."""

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
