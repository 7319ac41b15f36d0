"""Money that goes out: decided by a second person, sent in a file, and perhaps come back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class PaymentFile(models.Model):
    """A Standard 18 file of payments, as it went."""

    append_only: ClassVar = True
    serial = models.CharField(max_length=6, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    payments = models.IntegerField()
    pence = models.BigIntegerField()
    processing_day = models.DateField()
    made_on = models.DateField()
    by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"payment file {self.serial}"


class Payment(models.Model):
    """Money that is owed to somebody and goes to their bank account.

    ``kind``, ``reference`` and ``part`` (a year, say; empty for the whole) tell from which account
    it comes, and so where it goes back to. No one person can make money leave: whoever decides has
    neither asked for it nor keyed the details.
    """

    append_only: ClassVar = True
    details = models.ForeignKey("bank.BankDetails", models.PROTECT, related_name="payments")
    thing = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=60)
    reference = models.CharField(max_length=60)
    part = models.CharField(max_length=24, blank=True, db_default="")
    pence = models.BigIntegerField()
    asked_by = models.CharField(max_length=80)
    keyed_by = models.CharField(max_length=80)
    decided_by = models.CharField(max_length=80)
    decided_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_payment_is_an_amount"),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("keyed_by")),
                name="a_payment_is_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk}"


class Sent(models.Model):
    """That a payment went, and in which file: once."""

    append_only: ClassVar = True
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="sent")
    file = models.ForeignKey(PaymentFile, models.PROTECT, related_name="sent")


class TakenBack(models.Model):
    """That a payment will not go: what it was for was taken back first. It never goes after that.

    A trigger refuses that a payment has both gone and been taken back.
    """

    append_only: ClassVar = True
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="taken_back")
    by = models.CharField(max_length=80)
    on = models.DateField()


class CameBack(models.Model):
    """That a payment that was sent came back, by which entry of a statement: once each."""

    append_only: ClassVar = True
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="came_back")
    entry = models.OneToOneField("bank.Entry", models.PROTECT, related_name="+")
    by = models.CharField(max_length=80)
    on = models.DateField()
