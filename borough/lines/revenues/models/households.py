"""How many adults live there, who of them is disregarded, and the annexe discount.

The discount of section 11 is never keyed: it is what these rows come to on each day. Days on which
nobody has told us the number of adults carry no discount.
"""

from django.db import models
from django.db.models import Q

from borough.kernel import dated
from borough.lines.revenues.models.accounts import Account


class Household(models.Model):
    """The number of adults living there, as declared."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="households")
    adults = models.SmallIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(adults__gte=0, adults__lte=99), name="adults_are_0_to_99"
            ),
            dated.ends_after_start("household_ends_after_start"),
            dated.never_overlaps("account", name="one_household_at_a_time"),
        ]


class Disregard(models.Model):
    """That an adult is not counted. ``ground`` is a group of the rules' list of disregards."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="disregards")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("disregard_ends_after_start"),
            dated.never_overlaps("account", "person", name="a_person_is_disregarded_once"),
        ]


class AnnexeDiscount(models.Model):
    """That the dwelling is an annexe used by the family in the main house (SI 2013/2977)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="annexe_discounts")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("annexe_discount_ends_after_start"),
            dated.never_overlaps("account", name="one_annexe_discount_at_a_time"),
        ]
