"""What every row of change says of itself."""

from typing import ClassVar

from django.db import models


class Record(models.Model):
    """A row that stays as it was written: by whom, and on which day it counts."""

    append_only: ClassVar = True
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
