"""What was collected by Direct Debit: an item an instalment, and the file that was sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from borough.lines.revenues.models.instructions import Instruction


class Collection(models.Model):
    """One day's collection: its run, and the three days of the banks.

    ``due_from`` is the first day whose instalments it collects; the last is ``entry_day``.
    """

    append_only: ClassVar = True
    run = models.OneToOneField("runs.Run", models.PROTECT, related_name="+", primary_key=True)
    due_from = models.DateField()
    input_day = models.DateField()
    processing_day = models.DateField()
    entry_day = models.DateField(unique=True)


class CollectionItem(models.Model):
    """One collection of one instalment, or of a returned one once more (``again_of``)."""

    append_only: ClassVar = True
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="items")
    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="items")
    sub_account = models.ForeignKey("ledger.SubAccount", models.PROTECT, related_name="+")
    due_on = models.DateField()
    pence = models.BigIntegerField()
    code = models.CharField(max_length=2)
    again_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="again")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_collection_is_of_money"),
            models.CheckConstraint(
                condition=Q(code="18", again_of__isnull=False)
                | (Q(code__in=["01", "17", "19"]) & Q(again_of=None)),
                name="only_what_came_back_is_collected_again",
            ),
            models.UniqueConstraint(
                fields=["sub_account", "due_on"],
                condition=Q(again_of=None),
                name="an_instalment_is_collected_once",
            ),
        ]


class SentFile(models.Model):
    """A file for the banks, as it was read back: its bytes, their hash, what it comes to."""

    append_only: ClassVar = True
    run = models.OneToOneField("runs.Run", models.PROTECT, related_name="+", primary_key=True)
    serial = models.CharField(max_length=6, unique=True)
    processing_day = models.DateField()
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    items = models.IntegerField()
    pence = models.BigIntegerField()


class Credited(models.Model):
    """That the bank has credited a collection: what was on its way has arrived."""

    append_only: ClassVar = True
    collection = models.OneToOneField(Collection, models.PROTECT, related_name="credited")
    pence = models.BigIntegerField()
    on = models.DateField()
    by = models.CharField(max_length=80)
