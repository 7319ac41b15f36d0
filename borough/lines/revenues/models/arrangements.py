"""What somebody agreed to pay, how much at a time, and what was said when it ran late."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from borough.kernel import dated
from borough.lines.revenues.models.accounts import Account
from borough.rules import years

COSTS = " costs"


class Arrangement(models.Model):
    """An agreement to pay some debts of an account by instalments, on ``[starts, ends)``.

    ``parts`` are the parts of the ledger that it covers: years, and the costs of years. What they
    came to, and what had been received for them, is kept as it was on the day of agreement.
    Instalments are the terms in this one row. Whether it is kept is asked, never stored.
    """

    class Every(models.TextChoices):
        WEEKLY = "weekly", "Every week"
        FORTNIGHTLY = "fortnightly", "Every two weeks"
        FOUR_WEEKLY = "four_weekly", "Every four weeks"
        MONTHLY = "monthly", "Every month"

    class Ended(models.TextChoices):
        PAID = "paid", "Paid off"
        CHANGED = "changed", "Replaced by another"
        NOT_KEPT = "not_kept", "Not kept"
        ASKED = "asked", "The resident asked"
        MISTAKE = "mistake", "Made by mistake"

    account = models.ForeignKey(Account, models.PROTECT, related_name="arrangements")
    parts = ArrayField(models.CharField(max_length=24))
    debt_pence = models.BigIntegerField()
    received_before_pence = models.BigIntegerField()
    every = models.CharField(max_length=12, choices=Every.choices)
    number = models.SmallIntegerField()
    first_pence = models.BigIntegerField()
    other_pence = models.BigIntegerField()
    first_due = models.DateField()
    payment_day = models.SmallIntegerField()
    left_a_month_pence = models.BigIntegerField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    why_ended = models.CharField(max_length=12, choices=Ended.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, first_pence__gt=0, other_pence__gt=0),
                name="an_arrangement_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(debt_pence=F("first_pence") + (F("number") - 1) * F("other_pence")),
                name="instalments_come_to_the_debt",
            ),
            models.CheckConstraint(
                condition=Q(payment_day__gte=1, payment_day__lte=31),
                name="arrangement_day_is_1_to_31",
            ),
            models.CheckConstraint(
                condition=Q(ends=None, why_ended="") | Q(ends__isnull=False) & ~Q(why_ended=""),
                name="an_arrangement_ends_for_a_reason",
            ),
            # One made and replaced on the same day held on no day; it stays, for letters name it.
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="arrangement_never_ends_before_it_starts",
            ),
            dated.never_overlaps("account", name="one_arrangement_at_a_time", only=dated.HAS_DAYS),
        ]
        indexes = [
            models.Index(fields=["account"], condition=Q(ends=None), name="arrangement_is_open")
        ]

    @property
    def thing(self) -> str:
        return f"revenues.arrangement/{self.pk}"

    @property
    def covered_years(self) -> tuple[years.Year, ...]:
        """The years whose tax or costs it covers, oldest first."""
        names = {part.removesuffix(COSTS) for part in self.parts}
        return tuple(years.Year.named(name) for name in sorted(names))


class ArrangementContact(models.Model):
    """That somebody was rung or visited about an arrangement: kindly, before any letter."""

    append_only: ClassVar = True
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="contacts")
    on = models.DateField()
    reached = models.BooleanField()


class ArrangementWarning(models.Model):
    """That a letter says what is missing and by when to put it right; ``short_pence`` is in it."""

    presses: ClassVar = True
    append_only: ClassVar = True
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="warnings")
    issued = models.DateField()
    short_pence = models.BigIntegerField()
    put_right_by = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(put_right_by__gt=F("issued")), name="a_warning_gives_days"
            ),
            models.CheckConstraint(
                condition=Q(short_pence__gt=0), name="a_warning_names_an_amount"
            ),
            models.UniqueConstraint(
                fields=["arrangement", "issued"], name="one_warning_of_an_arrangement_a_day"
            ),
        ]
