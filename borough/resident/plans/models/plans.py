"""One plan of many debts, as it was agreed, and what each debt gets of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.kernel import dated


class Plan(models.Model):
    """What somebody agreed to pay each month for all their debts, on ``[starts, ends)``.

    ``payment_day`` is the day of the month on which it is paid; in a shorter month its last day.
    It rests on a statement. Another amount, or the same money shared anew, is another plan, which
    says which one it ``follows``.
    """

    class Ended(models.TextChoices):
        PAID = "paid", "Paid off"
        CHANGED = "changed", "Replaced by another"
        NOT_KEPT = "not_kept", "Not kept"
        ASKED = "asked", "The resident asked"
        MISTAKE = "mistake", "Made by mistake"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="joint_plans")
    statement = models.ForeignKey("plans.Statement", models.PROTECT, related_name="plans")
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="followed_by", db_constraint=False
    )
    monthly_pence = models.BigIntegerField()
    months = models.IntegerField()
    first_due = models.DateField()
    payment_day = models.SmallIntegerField()
    by = models.CharField(max_length=80)
    starts = models.DateField()
    ends = models.DateField(null=True)
    why_ended = models.CharField(max_length=12, choices=Ended.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(monthly_pence__gt=0, months__gt=0), name="a_plan_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(ends=None, why_ended="") | Q(ends__isnull=False) & ~Q(why_ended=""),
                name="a_plan_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="a_plan_never_ends_before_it_starts",
            ),
            dated.never_overlaps("person", name="one_joint_plan_at_a_time", only=dated.HAS_DAYS),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def thing(self) -> str:
        return f"resident.plan/{self.pk}"


class Share(models.Model):
    """What one debt gets each month, what was owed of it then, and why it gets that.

    ``received_before_pence`` is what had ever been received on it when the plan was agreed.
    """

    append_only: ClassVar = True
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="shares")
    sub_account = models.ForeignKey("ledger.SubAccount", models.PROTECT, related_name="+")
    debt = models.CharField(max_length=160)
    title = models.CharField(max_length=160)
    thing = models.CharField(max_length=80)
    part = models.CharField(max_length=24, blank=True)
    is_ours = models.BooleanField()
    tier = models.SmallIntegerField()
    owed_pence = models.BigIntegerField()
    floor_pence = models.BigIntegerField()
    monthly_pence = models.BigIntegerField()
    received_before_pence = models.BigIntegerField()
    says = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "sub_account"], name="a_plan_has_a_debt_once"),
            models.CheckConstraint(
                condition=Q(
                    monthly_pence__gte=0,
                    floor_pence__gte=0,
                    owed_pence__gte=F("monthly_pence"),
                ),
                name="a_share_is_no_more_than_is_owed",
            ),
        ]
        indexes = [models.Index(fields=["thing"], name="shares_of_a_debt")]
