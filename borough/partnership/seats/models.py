"""Who sits for a partner on ``[starts, ends)``, and what was signed for a partner."""

from typing import ClassVar

from django.db import models

from borough.kernel import dated


class Party(models.TextChoices):
    COUNCIL = "council", "council"
    PARTNER = "partner", "partner"


class Seat(models.Model):
    """A mandate at the table, which says nothing of who employs the officer.

    Nobody ever sits for both: not on the same day, and not after having sat for the other. So a
    seat is never taken back or made another's; it only ends.
    """

    append_only: ClassVar = True
    may_update: ClassVar = ("ends",)
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="seats")
    party = models.CharField(max_length=8, choices=Party.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("a_seat_ends_after_it_starts"),
            dated.never_overlaps("officer", name="one_seat_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(party__in=Party.values), name="a_seat_is_of_a_partner"
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"


class Signature(models.Model):
    """That somebody signed one exact content of a thing for the partner for whom they sat.

    ``digest`` is the SHA-256 of what was signed: another content is another digest, and unsigned.
    The database takes it only from an officer who sits for that partner on that day.
    """

    append_only: ClassVar = True
    thing = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    party = models.CharField(max_length=8, choices=Party.choices)
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="signatures")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "digest", "party"], name="a_partner_signs_a_content_once"
            ),
            models.UniqueConstraint(
                fields=["thing", "digest", "officer"], name="nobody_signs_a_content_for_both"
            ),
            models.CheckConstraint(
                condition=models.Q(digest__regex="^[0-9a-f]{64}$"), name="a_digest_is_a_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"
