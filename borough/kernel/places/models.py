"""Dwellings and where they stand. An address is dated: streets are renamed, boundaries move."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from borough.kernel import dated


class Ward(models.Model):
    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Parish(models.Model):
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Dwelling(models.Model):
    uprn = models.BigIntegerField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(uprn__gt=0, uprn__lt=10**12), name="uprn_has_at_most_12_digits"
            )
        ]

    def __str__(self) -> str:
        return f"UPRN {self.uprn}"


class Address(models.Model):
    """Where a dwelling stood, in words, from a day on.

    ``line`` is the first line ("Flat 2, 14 Lord Street"); ``sounds`` are its search keys.
    """

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="addresses")
    line = models.CharField(max_length=120)
    town = models.CharField(max_length=60)
    postcode = models.CharField(max_length=8)
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="+")
    parish = models.ForeignKey(Parish, models.PROTECT, null=True, related_name="+")
    sounds = ArrayField(models.CharField(max_length=40), default=list)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("address_ends_after_start"),
            dated.never_overlaps("dwelling", name="one_address_at_a_time"),
        ]
        indexes = [
            GinIndex(fields=["sounds"], name="address_sounds"),
            models.Index(fields=["postcode"], name="address_postcode"),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.town}, {self.postcode}"
