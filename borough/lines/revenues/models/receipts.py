"""Files of receipts: what came in, and which rows were set aside and why."""

from typing import ClassVar

from django.db import models


class ReceiptFile(models.Model):
    """A file that was loaded. Its hash makes sure that it is loaded once."""

    append_only: ClassVar = True
    sha256 = models.CharField(max_length=64, unique=True)
    layout = models.CharField(max_length=40)
    rows = models.IntegerField()
    posted = models.IntegerField()
    posted_pence = models.BigIntegerField()
    set_aside = models.IntegerField()
    set_aside_pence = models.BigIntegerField()
    loaded_on = models.DateField()
    by = models.CharField(max_length=80)


class SetAside(models.Model):
    """A row that could not be posted as it stood; its money waits on the unallocated account."""

    append_only: ClassVar = True
    file = models.ForeignKey(ReceiptFile, models.PROTECT, related_name="set_aside_rows")
    line = models.IntegerField()
    reason = models.CharField(max_length=200)
    row = models.JSONField()
