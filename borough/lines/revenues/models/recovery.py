"""What has been done to recover a year of an account: one row a step, in order, for ever.

The stage of a debt is read from its steps; nowhere is it stored. A step asks first: the only way in
is ``steps.take``, and the database refuses one that a hold or a death stands against, and one that
rests on a letter that was never written.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q

from borough.lines.revenues.models.accounts import Account


class Step(models.Model):
    """A step of recovery (SI 1992/613 Parts V and VI), with all that its letter must say.

    A notice that was withdrawn because its letter was never written counts as if it had never been.
    ``LETTER`` is what documents call the row that a letter was made from.

    Attributes:
        number: 1, 2, 3 ... within the account's year, so that no step can be taken twice.
        act_pence: what is asked for, or claimed of the court; costs apart.
        balance_pence: all that was still to pay for the year on that day.
        level_pence: what had to have been paid for the year in all, once this is paid.
        costs_pence: costs added by this step; taken back when negative.
        bill_version: the notice of the year on which it rests.
        complied_by: the last day to pay it without more happening.
        falls_due: the day on which the balance of the year is due, if it is not paid.
        hearing: the day of the court, for a summons and what follows from it.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", "Reminder"
        SECOND_REMINDER = "second_reminder", "Second reminder"
        FINAL_NOTICE = "final_notice", "Final notice"
        SUMMONS = "summons", "Summons"
        ADJOURNED = "adjourned", "Hearing put off"
        LIABILITY_ORDER = "liability_order", "Liability order"
        REFUSED = "refused", "Order refused by the court"
        WITHDRAWN = "withdrawn", "Withdrawn"
        NOTICE_WITHDRAWN = "notice_withdrawn", "Notice withdrawn: nobody was told of it"

    LETTER: ClassVar = "revenues.step/{}"
    presses: ClassVar = True
    append_only: ClassVar = True
    account = models.ForeignKey(Account, models.PROTECT, related_name="steps")
    year = models.SmallIntegerField()
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    issued = models.DateField()
    act_pence = models.BigIntegerField()
    balance_pence = models.BigIntegerField()
    level_pence = models.BigIntegerField()
    costs_pence = models.BigIntegerField(default=0)
    bill_version = models.SmallIntegerField()
    complied_by = models.DateField(null=True)
    falls_due = models.DateField(null=True)
    hearing = models.DateField(null=True)
    run = models.ForeignKey("runs.Run", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(
        db_default=Func(function="clock_timestamp", output_field=models.DateTimeField())
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "year", "number"], name="a_step_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(act_pence__gt=0) | Q(kind__in=["adjourned", "refused", "withdrawn"]),
                name="a_step_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(costs_pence=0)
                | Q(kind__in=["summons", "liability_order"], costs_pence__gt=0)
                | Q(kind__in=["refused", "withdrawn"], costs_pence__lt=0),
                name="costs_come_from_the_court_alone",
            ),
            models.CheckConstraint(
                condition=Q(complied_by=None) | Q(complied_by__gte=F("issued")),
                name="there_is_time_to_comply",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["summons", "adjourned"])
                | Q(hearing__isnull=False, hearing__gt=F("issued")),
                name="a_summons_is_to_a_hearing_to_come",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "kind", "issued"], name="step_of_a_kind"),
            models.Index(
                fields=["hearing"], condition=Q(hearing__isnull=False), name="step_of_a_hearing"
            ),
        ]
