"""What a household has and needs in a month, as it was told on a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from borough.rules import arrangements
from borough.rules.support import surplus


class Statement(models.Model):
    """A household's statement. Another is a new row, so that what was once told stays to be read.

    ``form`` says how much was asked: the short form or the full one.
    """

    append_only: ClassVar = True
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="statements")
    form = models.CharField(max_length=8, choices=[(one.value, one.value) for one in surplus.Form])
    taken_on = models.DateField()
    by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"statement {self.pk}"

    @property
    def thing(self) -> str:
        return f"resident.statement/{self.pk}"


class Figure(models.Model):
    """One answer: how much, how often, where it is from and of which day; None is *not known*."""

    class Source(models.TextChoices):
        TOLD = "told", "Told by the resident"
        SEEN = "seen", "Seen on paper: a payslip, a bill, a bank statement"
        ADVISER = "adviser", "From a debt adviser"
        RECORDS = "records", "From the council’s own records"

    append_only: ClassVar = True
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="figures")
    heading = models.CharField(max_length=40)
    pence = models.BigIntegerField(null=True)
    every = models.CharField(max_length=12, choices=[(one, one) for one in arrangements.A_YEAR])
    source = models.CharField(max_length=12, choices=Source.choices)
    observed = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "heading"], name="a_statement_answers_a_heading_once"
            ),
            models.CheckConstraint(
                condition=Q(pence=None) | Q(pence__gte=0), name="a_figure_is_not_below_nought"
            ),
        ]
