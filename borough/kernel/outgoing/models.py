"""How a letter left the council: append-only, once for each letter."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Batch(models.Model):
    """A day's post: its letters in order, in print files, with a manifest."""

    append_only: ClassVar = True
    run = models.OneToOneField("runs.Run", models.PROTECT, related_name="+", primary_key=True)
    on = models.DateField()


class Dispatch(models.Model):
    """That a letter left, and how. A letter without one has not left yet.

    ``position`` counts from 1 in the order of the batch; ``pages`` are of the letter.
    """

    class Means(models.TextChoices):
        POST = "post", "Posted"
        EMAIL = "email", "Sent by email"
        HAND = "hand", "Given by hand"

    append_only: ClassVar = True
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, related_name="dispatch", primary_key=True
    )
    means = models.CharField(max_length=5, choices=Means.choices)
    on = models.DateField()
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="dispatches")
    position = models.IntegerField(null=True)
    pages = models.SmallIntegerField(null=True)
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(means="post", batch__isnull=False, position__gte=1, pages__gte=1)
                | Q(means__in=["email", "hand"], position=None, pages=None),
                name="what_is_posted_has_its_place",
            ),
            models.UniqueConstraint(
                fields=["batch", "position"],
                condition=Q(position__isnull=False),
                name="one_letter_in_a_place",
            ),
        ]
