"""How an account pays: how many instalments it asked for, on which day, by what means."""

from django.db import models
from django.db.models import Q

from borough.kernel import dated
from borough.lines.revenues.models.accounts import Account


class Plan(models.Model):
    class Method(models.TextChoices):
        DIRECT_DEBIT = "direct_debit", "Direct Debit"
        CASH = "cash", "Bill (bank transfer, card, cash)"

    account = models.ForeignKey(Account, models.PROTECT, related_name="plans")
    instalments = models.SmallIntegerField(default=10)
    payment_day = models.SmallIntegerField(default=1)
    method = models.CharField(max_length=12, choices=Method.choices, default=Method.CASH)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(instalments__in=[10, 12]), name="ten_or_twelve"),
            models.CheckConstraint(
                condition=Q(payment_day__gte=1, payment_day__lte=28), name="payment_day_is_1_to_28"
            ),
            dated.ends_after_start("plan_ends_after_start"),
            dated.never_overlaps("account", name="one_plan_at_a_time"),
        ]
