"""Figures as they were counted, what they should come to, and which of them are disputed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.partnership.seats.models import Party


class Snapshot(models.Model):
    """One count of a measure for a year, by the data as at a day. Only counting writes it.

    Both numbers empty means no data, which is not nought. ``definition`` is the SHA-256 of how it
    was counted. A count that came out otherwise later ``restates`` the one before; that one stays.
    """

    append_only: ClassVar = True
    measure = models.CharField(max_length=80)
    definition = models.CharField(max_length=64)
    year = models.CharField(max_length=7)
    as_at = models.DateField()
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    restates = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="restated_by", db_constraint=False
    )
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gte=0),
                name="no_data_is_not_nought",
            ),
            models.CheckConstraint(
                condition=Q(as_at__lte=F("on")), name="nothing_is_counted_before_it_is_over"
            ),
            models.UniqueConstraint(
                fields=["measure", "year", "as_at"],
                condition=Q(restates=None),
                name="one_first_count_of_a_day",
            ),
        ]
        indexes = [models.Index(fields=["measure", "year", "as_at"], name="snapshot_of_measure")]

    def __str__(self) -> str:
        return f"snapshot {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.snapshot/{self.pk}"


class Target(models.Model):
    """What a measure should come to from a day on, in hundredths; it counts once both signed it."""

    append_only: ClassVar = True
    measure = models.CharField(max_length=80)
    starts = models.DateField()
    good = models.BigIntegerField()
    approaching = models.BigIntegerField()
    requires_improvement = models.BigIntegerField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    def __str__(self) -> str:
        return f"target {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.target/{self.pk}"

    @property
    def content(self) -> dict[str, object]:
        """What is signed."""
        return {
            "measure": self.measure,
            "starts": self.starts,
            "good": self.good,
            "approaching": self.approaching,
            "requires_improvement": self.requires_improvement,
        }


class Dispute(models.Model):
    """That a partner says a count is wrong, on ``[starts, ends)``. It is shown wherever it is."""

    append_only: ClassVar = True
    may_update: ClassVar = ("ends",)

    class Why(models.TextChoices):
        DEFINITION = "definition", "It was not counted as was agreed"
        DATA = "data", "Records behind it are missing or wrong"
        SCOPE = "scope", "It holds work that is not in it, or lacks work that is"
        PERIOD = "period", "It is of another time than it says"

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="disputes")
    party = models.CharField(max_length=8, choices=Party.choices)
    why = models.CharField(max_length=12, choices=Why.choices)
    by = models.CharField(max_length=80)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="a_dispute_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["snapshot", "party"],
                condition=Q(ends=None),
                name="a_partner_disputes_a_count_once",
            ),
        ]

    def __str__(self) -> str:
        return f"dispute {self.pk}"
