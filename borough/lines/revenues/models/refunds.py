"""Refunds: asked for by one officer, decided by another who keyed no bank details for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.lines.revenues.models.accounts import Account


class Refund(models.Model):
    """That a credit, or a part of it, was asked to be paid back.

    ``chose_refund``: debts of other years were named to the payer, who chose to be paid back.
    """

    append_only: ClassVar = True
    account = models.ForeignKey(Account, models.PROTECT, related_name="refunds")
    sub_account = models.ForeignKey("ledger.SubAccount", models.PROTECT, related_name="+")
    details = models.ForeignKey("bank.BankDetails", models.PROTECT, related_name="+")
    pence = models.BigIntegerField()
    other_debts_pence = models.BigIntegerField(default=0)
    chose_refund = models.BooleanField(default=False)
    asked_by = models.CharField(max_length=80)
    keyed_by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_refund_is_an_amount"),
            models.CheckConstraint(
                condition=Q(other_debts_pence=0) | Q(chose_refund=True),
                name="the_payer_chose_between_debt_and_refund",
            ),
        ]


class RefundDecision(models.Model):
    """What a second officer decided; ``payment`` is what was granted, none when it was refused."""

    append_only: ClassVar = True
    refund = models.OneToOneField(Refund, models.PROTECT, related_name="decision")
    payment = models.OneToOneField("bank.Payment", models.PROTECT, null=True, related_name="+")
    asked_by = models.CharField(max_length=80)
    keyed_by = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    on = models.DateField()
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(payment=None) | (~Q(by=F("asked_by")) & ~Q(by=F("keyed_by"))),
                name="a_refund_is_granted_by_another",
            ),
        ]
