"""What is done under a liability order: one remedy at a time, and each with its own rows.

SI 1992/613 regulation 52(2): while steps by one method are being taken under a liability order, no
steps may be taken by another. There is one order for each account and year.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.kernel import dated
from borough.lines.revenues.models.accounts import Account

IS_ATTACHMENT = Q(kind="attachment")


class Remedy(models.Model):
    """A method used under a liability order on ``[starts, ends)``, against one of those liable.

    ``owed_pence`` is what was outstanding under the order as it began. ``slot`` is 1 or 2 for an
    attachment of earnings: one authority has two in force against a debtor at most (SI 1998/295
    regulation 4).
    """

    class Kind(models.TextChoices):
        ATTACHMENT = "attachment", "Attachment of earnings"
        AGENT = "agent", "Enforcement agent"

    class Ended(models.TextChoices):
        PAID = "paid", "Paid"
        LEFT = "left", "Left the employment"
        DISCHARGED = "discharged", "Discharged"
        RECALLED = "recalled", "Called back"
        RETURNED = "returned", "Sent back by the agent"

    presses: ClassVar = True
    kind = models.CharField(max_length=12, choices=Kind.choices)
    account = models.ForeignKey(Account, models.PROTECT, related_name="remedies")
    year = models.SmallIntegerField()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    slot = models.SmallIntegerField(null=True)
    owed_pence = models.BigIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    why_ended = models.CharField(max_length=12, choices=Ended.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(owed_pence__gt=0), name="a_remedy_is_for_something"),
            models.CheckConstraint(
                condition=IS_ATTACHMENT & Q(slot__in=[1, 2]) | ~IS_ATTACHMENT & Q(slot=None),
                name="an_attachment_is_the_first_or_second",
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="remedy_never_ends_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ends=None, why_ended="") | Q(ends__isnull=False) & ~Q(why_ended=""),
                name="a_remedy_ends_for_a_reason",
            ),
            dated.never_overlaps(
                "year", "account", name="one_remedy_at_a_time", only=dated.HAS_DAYS
            ),
            dated.never_overlaps(
                "slot",
                "person",
                name="two_attachments_of_a_debtor_at_most",
                only=dated.HAS_DAYS & IS_ATTACHMENT,
            ),
        ]
        indexes = [models.Index(fields=["kind"], condition=Q(ends=None), name="remedy_is_open")]

    @property
    def thing(self) -> str:
        return f"revenues.remedy/{self.pk}"

    @property
    def reference(self) -> str:
        """What an employer or an agent quotes."""
        return f"{'AE' if self.kind == self.Kind.ATTACHMENT else 'EA'}{self.pk:07d}"


class Attachment(models.Model):
    """An attachment of earnings order to an employer (regulation 37). It stays as it was made."""

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", "Weekly"
        MONTHLY = "monthly", "Monthly"
        DAILY = "daily", "Daily"

    append_only: ClassVar = True
    remedy = models.OneToOneField(Remedy, models.PROTECT, related_name="attachment")
    employer = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    payroll_number = models.CharField(max_length=40, blank=True)
    frequency = models.CharField(max_length=8, choices=Frequency.choices)


class AttachedAmount(models.Model):
    """What the order is for, from a day on; the newest counts, each is served on the employer."""

    presses: ClassVar = True
    append_only: ClassVar = True
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="amounts")
    on = models.DateField()
    pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="an_order_is_for_something")
        ]


class Deduction(models.Model):
    """What an employer took from one pay day's earnings, and what the table says it should be.

    ``net_pence`` and ``expected_pence`` are None where the employer did not say the earnings.
    ``number``: 1, or more where what was keyed for that pay day before was taken back.
    """

    append_only: ClassVar = True
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="deductions")
    pay_day = models.DateField()
    net_pence = models.BigIntegerField(null=True)
    expected_pence = models.BigIntegerField(null=True)
    deducted_pence = models.BigIntegerField()
    received_on = models.DateField()
    number = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "pay_day", "number"], name="one_deduction_a_pay_day"
            ),
            models.CheckConstraint(
                condition=Q(deducted_pence__gte=0), name="a_deduction_takes_nothing_back"
            ),
            models.CheckConstraint(
                condition=Q(net_pence=None, expected_pence=None)
                | Q(net_pence__gte=0, expected_pence__gte=0),
                name="what_is_expected_follows_the_earnings",
            ),
        ]


class DeductionTakenBack(models.Model):
    """That a deduction had been keyed wrongly: its money is posted the other way, and it stays."""

    append_only: ClassVar = True
    deduction = models.OneToOneField(Deduction, models.PROTECT, related_name="taken_back")
    by = models.CharField(max_length=80)
    on = models.DateField()
