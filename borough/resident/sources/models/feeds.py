"""A file that another system sent: read, looked at, taken in, and perhaps taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Withdrawal(models.Model):
    """That feeds of a source are taken back: one, or all of them, for a reason from a list."""

    class Reason(models.TextChoices):
        WRONG_FILE = "wrong_file", "It was the wrong file"
        WRONG_CONTENT = "wrong_content", "What it says is wrong"
        NO_BASIS = "no_basis", "There was no lawful basis to share it"
        SHARING_ENDED = "sharing_ended", "The holder no longer shares with us"

    append_only: ClassVar = True
    source = models.CharField(max_length=24)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    run = models.OneToOneField("runs.Run", models.PROTECT, related_name="+")
    by = models.CharField(max_length=80)
    on = models.DateField()


class Feed(models.Model):
    """One file of a source. ``reading`` is the run that reads it, ``taking`` that takes it in.

    Its counts are missing until it has been read. While it is only read, nothing of it counts.
    """

    source = models.CharField(max_length=24)
    as_at = models.DateField()
    sha256 = models.CharField(max_length=64)
    announced_pence = models.BigIntegerField(null=True)
    loaded_on = models.DateField()
    by = models.CharField(max_length=80)
    rows = models.IntegerField(null=True)
    set_aside = models.IntegerField(null=True)
    total_pence = models.BigIntegerField(null=True)
    aside_pence = models.BigIntegerField(null=True)
    changes = models.JSONField(null=True)
    reading = models.OneToOneField("runs.Run", models.PROTECT, related_name="+")
    taking = models.OneToOneField("runs.Run", models.PROTECT, null=True, related_name="+")
    taken_in_on = models.DateField(null=True)
    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, null=True, related_name="feeds")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sha256"],
                condition=Q(taken_in_on__isnull=False, withdrawal=None),
                name="a_file_is_taken_in_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_in_on=None) | Q(taking__isnull=False, rows__isnull=False),
                name="a_feed_is_read_before_it_is_taken_in",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal=None) | Q(taken_in_on__isnull=False),
                name="only_what_was_taken_in_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"

    @property
    def thing(self) -> str:
        return f"resident.feed/{self.pk}"


class FeedFile(models.Model):
    """The file itself, kept only until it has been read: afterwards its hash says which it was."""

    feed = models.OneToOneField(Feed, models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()


class SetAside(models.Model):
    """A row that could not be taken: its line, and why. What stood there, where we may keep it."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="set_aside_rows")
    line = models.IntegerField()
    reason = models.CharField(max_length=200)
    row = models.JSONField()


class Staged(models.Model):
    """A good row of a feed that has been read and not yet been taken in; gone afterwards."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="+", db_constraint=False)
    line = models.IntegerField()
    key = models.TextField()
    title = models.TextField(blank=True)
    given_names = models.TextField(blank=True)
    family_name = models.TextField(blank=True)
    date_of_birth = models.DateField(null=True)
    nino = models.TextField(blank=True)
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    uprn = models.BigIntegerField(null=True)
    consent_from = models.DateField(null=True)
    consent_until = models.DateField(null=True)
    helper = models.TextField(blank=True)
    helper_contact = models.TextField(blank=True)
    debt_reference = models.TextField(blank=True)
    debt_kind = models.TextField(blank=True)
    pence = models.BigIntegerField(null=True)
    oldest_due = models.DateField(null=True)
    stage = models.TextField(blank=True)
    costs_pence = models.BigIntegerField(null=True)
    regular_pence = models.BigIntegerField(null=True)
    regular_every = models.TextField(blank=True)
    notice_served = models.DateField(null=True)
    award_reference = models.TextField(blank=True)
    award_kind = models.TextField(blank=True)
    weekly_pence = models.BigIntegerField(null=True)
    awarded_from = models.DateField(null=True)
    awarded_until = models.DateField(null=True)
    landlord_paid = models.BooleanField(null=True)
    deductions_pence = models.BigIntegerField(null=True)
    allowance_pence = models.BigIntegerField(null=True)
    notice_reference = models.TextField(blank=True)
    notice_kind = models.TextField(blank=True)
    notice_from = models.DateField(null=True)
    notice_until = models.DateField(null=True)
    contact_reference = models.TextField(blank=True)
    contact_code = models.TextField(blank=True)
    contact_on = models.DateField(null=True)
