"""What each change of the dated rows did, row by row, so that a wrong one can be undone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Change(models.Model):
    """One command's work on the dated rows: each row as it was before and after.

    ``rows`` is a list of ``{"kind", "id", "before", "after"}``; a row that came has no before, one
    that went no after. ``things`` are the homes and accounts, as facts name them. ``journals`` are
    transfers of money that were posted with it. ``capability`` is what the command asked for.
    """

    append_only: ClassVar = True
    what = models.CharField(max_length=60)
    capability = models.CharField(max_length=60)
    things = ArrayField(models.CharField(max_length=60))
    rows = models.JSONField()
    journals = ArrayField(models.BigIntegerField(), default=list)
    on = models.DateField()
    by = models.CharField(max_length=80)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        indexes = [GinIndex(fields=["things"], name="change_things")]

    @property
    def thing(self) -> str:
        return f"revenues.change/{self.pk}"
