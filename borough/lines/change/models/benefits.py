"""What an initiative is hoped to bring, and what it brought: never a total, only rows."""

from django.db import models
from django.db.models import F, Q

from borough.kernel import dated
from borough.lines.change.models.initiatives import Initiative
from borough.lines.change.models.records import Record


class Class(models.TextChoices):
    A1 = "A1", "Price reduced, or credited"
    A2 = "A2", "Cost removed from a budget of the council"
    A3 = "A3", "Income increased"
    A4 = "A4", "Capital or investment by the partner"
    A5 = "A5", "Cost avoided"
    A6 = "A6", "No cash: time, quality, social value"


CODE = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$"
"""How a line of the baseline, or a year, is called elsewhere: an id, never words."""
YEAR = r"^\d{4}-\d{2}$"
FULL_BP = 10_000


class Hypothesis(Record):
    """A benefit that is hoped for, in pence a year: at the least, most likely, at the most.

    ``measure`` is the slug of the measure that would show it, ``baseline_line`` the code of the
    line of the baseline that would fall; either may be empty, and then nothing proves it by itself.
    Both owners of the initiative answer for it.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="hypotheses")
    title = models.CharField(max_length=120)
    benefit_class = models.CharField(max_length=2, choices=Class.choices)
    measure = models.CharField(max_length=80, blank=True)
    baseline_line = models.CharField(max_length=40, blank=True)
    low_pence = models.BigIntegerField()
    mid_pence = models.BigIntegerField()
    high_pence = models.BigIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("a_benefit_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(low_pence__lte=F("mid_pence"), mid_pence__lte=F("high_pence")),
                name="a_forecast_is_in_order",
            ),
            models.CheckConstraint(
                condition=Q(baseline_line="") | Q(baseline_line__regex=CODE),
                name="a_baseline_line_has_a_code",
            ),
        ]


class Realised(Record):
    """What a benefit brought in a year, and where that can be seen; a negative amount is a cost.

    ``takes_back`` undoes a row to the penny; that row stays.
    """

    hypothesis = models.ForeignKey(Hypothesis, models.PROTECT, related_name="realised")
    amount_pence = models.BigIntegerField()
    full_year_pence = models.BigIntegerField()
    deadweight_bp = models.PositiveIntegerField()
    year = models.CharField(max_length=7)
    evidence = models.CharField(max_length=80)
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deadweight_bp__lte=FULL_BP), name="a_benefits_deadweight_is_a_share"
            ),
            models.CheckConstraint(condition=Q(year__regex=YEAR), name="a_benefit_is_of_a_year"),
            models.CheckConstraint(
                condition=Q(takes_back=None) | ~Q(takes_back=F("id")),
                name="nothing_takes_itself_back",
            ),
        ]
