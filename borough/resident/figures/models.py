"""What was published of a day: only what anybody may know, never the counts behind it."""

from typing import ClassVar

from django.db import models


class Published(models.Model):
    """The figures as at a day. ``tables``: table -> row -> (count, exact since), or two None.

    Once published they stand: asked again, counts recorded late would tell who came in between.
    """

    append_only: ClassVar = True
    as_at = models.DateField(unique=True)
    tables = models.JSONField()
    by = models.CharField(max_length=80)
    on = models.DateField()
