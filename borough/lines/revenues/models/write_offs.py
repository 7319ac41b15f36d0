"""Debts given up: asked for, decided by another above a limit, and taken back when all changes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.lines.revenues.models.accounts import Account


class WriteOff(models.Model):
    """That a debt, or a part of it, was asked to be given up, and why.

    ``stays_seen``: something stood against collecting it, and the officer had looked at it.
    """

    append_only: ClassVar = True
    account = models.ForeignKey(Account, models.PROTECT, related_name="write_offs")
    sub_account = models.ForeignKey("ledger.SubAccount", models.PROTECT, related_name="+")
    pence = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    needs_another = models.BooleanField()
    stays_seen = models.BooleanField(default=False)
    asked_by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_write_off_is_an_amount"),
        ]


class WriteOffDecision(models.Model):
    """What was decided; above the limit for one officer, never by whoever asked."""

    append_only: ClassVar = True
    write_off = models.OneToOneField(WriteOff, models.PROTECT, related_name="decision")
    granted = models.BooleanField()
    needs_another = models.BooleanField()
    asked_by = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=False) | Q(needs_another=False) | ~Q(by=F("asked_by")),
                name="a_large_write_off_is_decided_by_another",
            ),
        ]


class WriteBack(models.Model):
    """That a debt written off is collected again: once, as a whole."""

    append_only: ClassVar = True
    write_off = models.OneToOneField(WriteOff, models.PROTECT, related_name="write_back")
    because = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    on = models.DateField()
