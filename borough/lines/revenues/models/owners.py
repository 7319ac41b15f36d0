"""Dwellings whose owner is liable whoever lives there, and estates of people who died."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from borough.kernel import dated


class OwnerLiable(models.Model):
    """That the dwelling is of a class of SI 1992/551: section 8 makes its owner liable."""

    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(letter__in=list("ABCDEF")), name="owner_liable_class_is_known"
            ),
            dated.ends_after_start("owner_liable_ends_after_start"),
            dated.never_overlaps("dwelling", name="one_owner_liable_class_at_a_time"),
        ]


class Grant(models.Model):
    """That probate or letters of administration of somebody's estate were granted on a day.

    A day that was entered wrongly is put right by a later row: the newest counts.
    """

    append_only: ClassVar = True
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    granted_on = models.DateField()
    on = models.DateField()
    by = models.CharField(max_length=80)
