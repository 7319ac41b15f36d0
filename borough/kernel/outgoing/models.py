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


class Paperless(models.Model):
    """That somebody asked for letters by email at an address; it counts once it is confirmed.

    ``attach``: they agreed that the letter itself is attached; otherwise it goes on paper, and the
    email says so. ``token_hash`` is of the link that was sent to that address.
    """

    append_only: ClassVar = True
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="paperless")
    address = models.EmailField()
    attach = models.BooleanField()
    token_hash = models.CharField(max_length=64, unique=True)
    asked_on = models.DateField()
    expires_on = models.DateField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("asked_on")), name="a_link_lasts_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"paperless {self.pk}"  # the address would end up in a log


class PaperlessConfirmed(models.Model):
    """That the link was followed and agreed to: the address is theirs."""

    append_only: ClassVar = True
    paperless = models.OneToOneField(Paperless, models.PROTECT, related_name="confirmed")
    on = models.DateField()


class PaperlessEnded(models.Model):
    """That letters go on paper again, and why."""

    class Why(models.TextChoices):
        ASKED = "asked", "They asked for paper"
        CHANGED = "changed", "Another address was given"
        BOUNCED = "bounced", "An email came back"

    append_only: ClassVar = True
    paperless = models.OneToOneField(Paperless, models.PROTECT, related_name="ended")
    why = models.CharField(max_length=8, choices=Why.choices)
    on = models.DateField()
    by = models.CharField(max_length=80)


class Emailing(models.Model):
    """That an email about a letter was handed over, or could not be, on a day."""

    append_only: ClassVar = True
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="emailings")
    paperless = models.ForeignKey(Paperless, models.PROTECT, related_name="emailings")
    on = models.DateField()
    was_sent = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "paperless"],
                condition=Q(was_sent=True),
                name="one_email_of_a_letter",
            )
        ]
