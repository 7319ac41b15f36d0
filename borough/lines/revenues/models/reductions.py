"""What makes a charge smaller for the people in it: disability, low income, hardship."""

from django.db import models
from django.db.models import Q

from borough.kernel import dated
from borough.lines.revenues.models.accounts import Account


class DisabledReduction(models.Model):
    """A qualifying dwelling of SI 1992/554: charged as one band lower."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="disabled_reductions")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("disabled_reduction_ends_after_start"),
            dated.never_overlaps("account", name="one_disabled_reduction_at_a_time"),
        ]


class Reduction(models.Model):
    """An award decided elsewhere: Council Tax Reduction, or discretionary relief.

    ``year_pence`` is the award at its full rate for a whole year; it is taken by the day and is
    never more than the charge.
    """

    class Kind(models.IntegerChoices):
        SCHEME = 1, "Council Tax Reduction (section 13A(1)(a))"
        RELIEF = 2, "Discretionary relief (section 13A(1)(c))"

    account = models.ForeignKey(Account, models.PROTECT, related_name="reductions")
    kind = models.SmallIntegerField(choices=Kind.choices)
    pensioner = models.BooleanField(default=False)
    year_pence = models.BigIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(year_pence__gte=0), name="reduction_not_negative"),
            dated.ends_after_start("reduction_ends_after_start"),
            dated.never_overlaps("account", "kind", name="one_reduction_of_a_kind_at_a_time"),
        ]
