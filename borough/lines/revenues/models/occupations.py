"""Whether a dwelling is lived in, furnished or empty, and what the law makes of it.

These rows belong to the dwelling, not to the account: the clock of an empty home does not restart
when its owner changes.
"""

from django.db import models

from borough.kernel import dated


class Occupation(models.Model):
    class State(models.TextChoices):
        OCCUPIED = "occupied", "lived in"
        FURNISHED = "furnished", "nobody's home, furnished"
        UNFURNISHED = "unfurnished", "empty and unfurnished"
        WORKS = "works", "empty, needing or undergoing major repair"

    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["occupied", "furnished", "unfurnished", "works"]),
                name="occupation_is_known",
            ),
            dated.ends_after_start("occupation_ends_after_start"),
            dated.never_overlaps("dwelling", name="one_occupation_at_a_time"),
        ]


class Exemption(models.Model):
    """That the dwelling is exempt: a class of SI 1992/558 as amended."""

    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(letter__in=list("BDEFGHIJKLMNOPQRSTUVW")),
                name="exemption_class_is_in_force",
            ),
            dated.ends_after_start("exemption_ends_after_start"),
            dated.never_overlaps("dwelling", name="one_exemption_at_a_time"),
        ]


class PremiumException(models.Model):
    """That a premium is not charged for a while: a class of the 2024 Regulations."""

    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(letter__in=list("EFGHIJKLM")), name="exception_class_is_known"
            ),
            dated.ends_after_start("exception_ends_after_start"),
            dated.never_overlaps("dwelling", name="one_exception_at_a_time"),
        ]
