"""The valuation list: the band of a dwelling, from its effective day."""

from django.db import models

from borough.kernel import dated


class Band(models.Model):
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(letter__in=list("ABCDEFGH")), name="band_is_a_to_h"
            ),
            dated.ends_after_start("band_ends_after_start"),
            dated.never_overlaps("dwelling", name="one_band_at_a_time"),
        ]
