"""Statements of our bank account: the file, its entries, and what became of each.

Nothing is stored of an entry's state: where its money lies, the ledger says.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class StatementFile(models.Model):
    """A file that was handed in, as it came. Its hash makes sure that it is read once."""

    append_only: ClassVar = True
    sha256 = models.CharField(max_length=64, unique=True)
    layout = models.CharField(max_length=40)
    content = models.BinaryField()
    announced_pence = models.BigIntegerField(null=True)
    run = models.OneToOneField("runs.Run", models.PROTECT, related_name="+")
    loaded_on = models.DateField()
    by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"statement {self.sha256[:8]}"


class Entry(models.Model):
    """One movement on the bank account: + in, - out. ``key`` is the bank's own name for it.

    A key is unique for ever, so the same movement in another file is not taken a second time.
    """

    append_only: ClassVar = True
    file = models.ForeignKey(
        StatementFile, models.PROTECT, related_name="entries", db_constraint=False
    )
    number = models.IntegerField()
    key = models.CharField(max_length=140, unique=True)
    on = models.DateField()
    pence = models.BigIntegerField()
    reference = models.TextField(blank=True)
    narrative = models.TextField(blank=True)
    payer_name = models.TextField(blank=True)
    payer_sort_code = models.CharField(max_length=6, blank=True)
    payer_account = models.CharField(max_length=8, blank=True)
    year = models.CharField(max_length=24, blank=True)
    is_reversal = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(pence=0), name="an_entry_moves_money"),
        ]
        indexes = [
            models.Index(
                fields=["payer_sort_code", "payer_account"],
                condition=~Q(payer_account=""),
                name="entry_of_a_payers_account",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class SetAside(models.Model):
    """A row that is no entry: what stood there, and why it could not be taken."""

    append_only: ClassVar = True
    file = models.ForeignKey(StatementFile, models.PROTECT, related_name="set_aside_rows")
    line = models.IntegerField()
    reason = models.CharField(max_length=200)
    row = models.JSONField()


class Stopped(models.Model):
    """That an entry was not posted, and why: a person takes it up, or never does."""

    class Why(models.TextChoices):
        LARGE = "large", "It is so large that a second officer looks at it first"
        NO_PERIOD = "no_period", "The ledger has no open period for its day"
        OUT = "out", "Money went out: it is matched with what we paid"

    append_only: ClassVar = True
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="stopped")
    why = models.CharField(max_length=12, choices=Why.choices)


class TakenUp(models.Model):
    """That an officer posted a stopped entry; what is so large, never whoever loaded the file."""

    append_only: ClassVar = True
    stopped = models.OneToOneField(Stopped, models.PROTECT, related_name="taken_up")
    needs_another = models.BooleanField()
    loaded_by = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(needs_another=False) | ~Q(by=F("loaded_by")),
                name="a_large_entry_is_taken_up_by_another",
            )
        ]


class Placed(models.Model):
    """Whose money an entry, or a part of it, was found to be: by whom, how sure, and why.

    ``by_hand`` false: the reference was exact. What was posted stands in the ledger under ``key``.
    """

    append_only: ClassVar = True
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="placed", db_constraint=False)
    kind = models.CharField(max_length=60)
    reference = models.CharField(max_length=60)
    pence = models.BigIntegerField()
    by_hand = models.BooleanField()
    certainty_percent = models.SmallIntegerField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_part_placed_is_an_amount")
        ]
        indexes = [models.Index(fields=["kind", "reference"], name="placed_with_whom")]
