"""A payment of a plan and its parts; what was passed on to others. None of it is ever changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.resident.plans.models.plans import Plan, Share


class Split(models.Model):
    """That a payment came with a plan's reference; ``key`` is the receipt's own, unique for ever.

    ``number`` on pages is its id: by it a payment is named that the bank took back.
    """

    append_only: ClassVar = True
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="splits")
    key = models.CharField(max_length=120, unique=True)
    pence = models.BigIntegerField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_split_is_of_an_amount")
        ]


class Part(models.Model):
    """What one debt got of a payment, posted under a key made from the payment's."""

    append_only: ClassVar = True
    split = models.ForeignKey(Split, models.PROTECT, related_name="parts")
    share = models.ForeignKey(Share, models.PROTECT, related_name="parts")
    pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["split", "share"], name="a_debt_gets_one_part"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_part_is_an_amount"),
        ]

    @property
    def key(self) -> str:
        """What it is posted under."""
        return f"{self.split.key}/{self.share_id}"


class Undone(models.Model):
    """That the payer's bank took a payment back, and every part of it was undone."""

    append_only: ClassVar = True
    split = models.OneToOneField(Split, models.PROTECT, related_name="undone")
    key = models.CharField(max_length=120, unique=True)
    by = models.CharField(max_length=80)
    on = models.DateField()


class Remittance(models.Model):
    """That all that is held for a source was made ready to be passed on to its holder."""

    append_only: ClassVar = True
    source = models.CharField(max_length=24)
    details = models.ForeignKey("bank.BankDetails", models.PROTECT, related_name="+")
    pence = models.BigIntegerField()
    asked_by = models.CharField(max_length=80)
    keyed_by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_remittance_is_an_amount")
        ]

    @property
    def reference(self) -> str:
        """What the holder reads on their bank statement."""
        return f"PLANS {self.pk}"


class RemittanceLine(models.Model):
    """What of a remittance is for one debt."""

    append_only: ClassVar = True
    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="lines")
    sub_account = models.ForeignKey("ledger.SubAccount", models.PROTECT, related_name="+")
    reference = models.CharField(max_length=160)
    pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_remitted_line_is_an_amount")
        ]


class Remitted(models.Model):
    """That a second officer had a remittance paid; none where it was dropped."""

    append_only: ClassVar = True
    remittance = models.OneToOneField(Remittance, models.PROTECT, related_name="remitted")
    payment = models.OneToOneField("bank.Payment", models.PROTECT, null=True, related_name="+")
    asked_by = models.CharField(max_length=80)
    keyed_by = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(payment=None) | ~Q(by=F("asked_by")) & ~Q(by=F("keyed_by")),
                name="a_remittance_is_granted_by_another",
            )
        ]


class RemittanceBack(models.Model):
    """That the payment of a remittance came back: its lines are held again."""

    append_only: ClassVar = True
    remitted = models.OneToOneField(Remitted, models.PROTECT, related_name="came_back")
    by = models.CharField(max_length=80)
    on = models.DateField()
