"""Rounds in which sides decide apart, what they sealed, what was opened, and the chain of it all.

The database itself takes a seal only from a side of the round, until its last day: for a partner
only from who sits for it, for another side only from who holds its mandate. It opens all sides or
none, and only what was sealed.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Round(models.Model):
    """That each of these sides is asked to seal what it thinks of a thing, until a last day.

    ``chain`` is the thing whose events prove it; ``thing`` is what exactly it is about.
    """

    append_only: ClassVar = True

    class Mode(models.TextChoices):
        SERVER = "server", "Kept here, encrypted, until all have sealed theirs"
        SPLIT = "split", "Kept by each side; only its seal comes here"

    chain = models.CharField(max_length=80)
    thing = models.CharField(max_length=80)
    number = models.IntegerField()
    sides = ArrayField(models.CharField(max_length=16))
    mode = models.CharField(max_length=8, choices=Mode.choices)
    closes = models.DateField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing", "number"], name="a_round_has_its_number"),
            models.CheckConstraint(
                condition=Q(closes__gte=F("on")), name="a_round_closes_after_it_was_asked_for"
            ),
            models.CheckConstraint(condition=Q(sides__len__gte=2), name="a_round_has_two_sides"),
        ]
        indexes = [models.Index(fields=["chain"], name="rounds_of_a_chain")]

    def __str__(self) -> str:
        return f"round {self.pk}"


class Mandate(models.Model):
    """That an officer seals for a side that is no partner, on ``[starts, ends)``: its scribe.

    ``thing`` is what the side is asked about. Who has sat for a partner holds none.
    """

    append_only: ClassVar = True
    may_update: ClassVar = ("ends",)
    thing = models.CharField(max_length=80)
    side = models.CharField(max_length=16)
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="mandates")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="a_mandate_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(side__in=("council", "partner")), name="partners_have_seats"
            ),
            models.UniqueConstraint(
                fields=["thing", "side"],
                condition=Q(ends=None),
                name="one_scribe_of_a_side_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["thing", "officer"], name="nobody_is_scribe_of_two_sides"
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk}"


class Commitment(models.Model):
    """What a side sealed, by its digest. It cannot be taken back, nor sealed twice."""

    append_only: ClassVar = True
    round = models.ForeignKey(Round, models.PROTECT, related_name="commitments")
    side = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "side"], name="a_side_seals_once"),
            models.UniqueConstraint(fields=["round", "officer"], name="nobody_seals_for_two"),
            models.UniqueConstraint(fields=["round", "digest"], name="nobody_copies_a_seal"),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="a_seal_is_a_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"commitment {self.pk}"


class Kept(models.Model):
    """What this installation keeps of a seal until all are opened: encrypted, the key elsewhere."""

    append_only: ClassVar = True
    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="kept")
    ciphertext = models.TextField()
    on = models.DateField()

    def __str__(self) -> str:
        return f"kept {self.pk}"


class Opening(models.Model):
    """What a side had sealed, now that all may read it."""

    append_only: ClassVar = True
    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="opening")
    text = models.TextField()
    nonce = models.CharField(max_length=64)
    on = models.DateField()

    def __str__(self) -> str:
        return f"opening {self.pk}"


class Event(models.Model):
    """A link of a chain: ``digest = SHA-256(digest before, then the event as canonical JSON)``."""

    append_only: ClassVar = True
    chain = models.CharField(max_length=80)
    position = models.IntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="one_event_at_a_position")
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"
