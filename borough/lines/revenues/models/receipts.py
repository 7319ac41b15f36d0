"""Which year each receipt was set against, and by which rule."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Allotment(models.Model):
    """That a receipt, or a part of it, pays a year: logged with the rule that chose the year.

    ``key`` is the receipt's own in the ledger. When an officer sets it against another year, a row
    takes it away from the one (negative pence) and another adds it to the other.
    """

    append_only: ClassVar = True
    key = models.CharField(max_length=160)
    sub_account = models.ForeignKey("ledger.SubAccount", models.PROTECT, related_name="+")
    pence = models.BigIntegerField()
    rule = models.CharField(max_length=16)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(pence=0), name="an_allotment_is_an_amount"),
        ]
        indexes = [models.Index(fields=["key"], name="allotment_of_a_receipt")]
