"""Figures that other councils published, and lists of councils to be compared with."""

from typing import ClassVar

from django.db import models

from borough.partnership.files.models import File


class Figure(models.Model):
    """What a council published of a measure for a year, in hundredths of the measure's unit."""

    append_only: ClassVar = True
    file = models.ForeignKey(File, models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=80)
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=80)
    year = models.CharField(max_length=7)
    hundredths = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "code", "year"], name="one_figure_of_a_council_and_year"
            )
        ]
        indexes = [models.Index(fields=["measure", "year"], name="figures_of_measure")]

    def __str__(self) -> str:
        return f"figure {self.pk}"


class Member(models.Model):
    """That a council stands on a list of those to be compared with."""

    append_only: ClassVar = True
    file = models.ForeignKey(File, models.PROTECT, related_name="members")
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "code"], name="a_council_is_listed_once")
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"
