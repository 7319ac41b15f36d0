"""Who a source deals with, what is owed to its holder, what was awarded, what it gives notice of.

A state holds on ``[starts, ends)``: the days on which we held it to be so, counted from the day on
which its feed was taken in. The day that the holder speaks of is the feed's ``as_at``.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.kernel import dated
from borough.resident.sources.models.feeds import Feed


class Record(models.Model):
    """Somebody whom a source knows, by the number that the source gives them."""

    append_only: ClassVar = True
    source = models.CharField(max_length=24)
    key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="a_source_knows_somebody_once")
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"  # a name would end up in a log


class RecordState(models.Model):
    """Who they are, as the source writes it. Lines of the address are lines of ``address``.

    ``helper`` is who of the holder's people looks after them, by name alone, and ``helper_contact``
    how to reach that person: never what the help is for.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="states", db_constraint=False)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+", db_constraint=False)
    title = models.CharField(max_length=20, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120)
    date_of_birth = models.DateField(null=True)
    nino = models.CharField(max_length=9, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    uprn = models.BigIntegerField(null=True)
    helper = models.CharField(max_length=120, blank=True)
    helper_contact = models.CharField(max_length=60, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("record_state_has_days"),
            dated.never_overlaps("record_id", name="a_record_says_one_thing_a_day"),
        ]


class Consent(models.Model):
    """That somebody agreed to our being told, on ``[given_on, until)``, as their feed says."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="consents", db_constraint=False)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+", db_constraint=False)
    given_on = models.DateField()
    until = models.DateField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("consent_has_days"),
            dated.never_overlaps("record_id", name="one_consent_a_day"),
        ]


class Debt(models.Model):
    """Something owed to a holder outside. What it comes to is the balance of its sub-account."""

    append_only: ClassVar = True
    source = models.CharField(max_length=24)
    reference = models.CharField(max_length=60)
    sub_account = models.OneToOneField(
        "ledger.SubAccount", models.PROTECT, related_name="+", db_constraint=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="a_debt_is_of_a_source")
        ]

    def __str__(self) -> str:
        return f"debt {self.pk}"


class DebtState(models.Model):
    """What kind of debt it is and how far its holder has gone. What is not told is missing."""

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="states", db_constraint=False)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=12)
    oldest_due = models.DateField(null=True)
    stage = models.CharField(max_length=16, blank=True)
    costs_pence = models.BigIntegerField(null=True)
    regular_pence = models.BigIntegerField(null=True)
    regular_every = models.CharField(max_length=12, blank=True)
    notice_served = models.DateField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("debt_state_has_days"),
            dated.never_overlaps("debt_id", name="a_debt_says_one_thing_a_day"),
        ]


class Liable(models.Model):
    """That somebody owes a debt; several owe it jointly."""

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="liable", db_constraint=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="liable", db_constraint=False)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+", db_constraint=False)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("liable_has_days"),
            # A row begins today or not at all, so no other being open is no other on any day; an
            # exclusion by two numbers and days took as long as all the rest of a feed.
            models.UniqueConstraint(
                fields=["debt", "record"],
                condition=Q(ends=None),
                name="somebody_owes_a_debt_once",
            ),
        ]


class Award(models.Model):
    """Something that a source gives to somebody, by the source's own reference."""

    append_only: ClassVar = True
    source = models.CharField(max_length=24)
    reference = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="an_award_is_of_a_source")
        ]


class AwardState(models.Model):
    """To whom, how much a week, on ``[awarded_from, awarded_until)``, paid to whom.

    ``deductions_pence`` were taken from it in an assessment period (a month of Universal Credit),
    of which ``allowance_pence`` is the standard allowance; missing where nobody told.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="states", db_constraint=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="awards", db_constraint=False)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=12)
    weekly_pence = models.BigIntegerField()
    awarded_from = models.DateField(null=True)
    awarded_until = models.DateField(null=True)
    landlord_paid = models.BooleanField(null=True)
    deductions_pence = models.BigIntegerField(null=True)
    allowance_pence = models.BigIntegerField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("award_state_has_days"),
            dated.never_overlaps("award_id", name="an_award_says_one_thing_a_day"),
        ]


class Notice(models.Model):
    """That somebody died, or is given breathing space: it waits until a person decided on it.

    What it says holds on ``[notice_from, notice_until)``; of a death, ``notice_from`` is its day.
    """

    class Kind(models.TextChoices):
        DEATH = "death", "Somebody has died"
        STANDARD = "standard", "Breathing space"
        MENTAL_HEALTH = "mental_health", "Mental health crisis breathing space"

    append_only: ClassVar = True
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="notices")
    record = models.ForeignKey(Record, models.PROTECT, related_name="notices")
    reference = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    notice_from = models.DateField()
    notice_until = models.DateField(null=True)
    received_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "reference", "kind", "notice_from", "notice_until"],
                nulls_distinct=False,
                name="a_notice_is_given_once",
            ),
            models.CheckConstraint(
                condition=Q(notice_until=None)
                | (Q(notice_until__gt=F("notice_from")) & ~Q(kind="death")),
                name="a_notice_has_days",
            ),
        ]


class NoticeDecision(models.Model):
    """What a person, or a certain match, made of a notice: then it waits no more."""

    class Outcome(models.TextChoices):
        ACTED = "acted", "Acted on"
        NOBODY = "nobody", "We know nobody whom it concerns"
        SAID_BEFORE = "said_before", "It was known before"

    append_only: ClassVar = True
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    by = models.CharField(max_length=80)
    on = models.DateField()


class Contact(models.Model):
    """That somebody got in touch about paying: on which day, and what they said, by its code."""

    class Code(models.TextChoices):
        PAYING = "paying", "About paying"
        CANNOT_PAY = "cannot_pay", "Said that they cannot pay"

    append_only: ClassVar = True
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="contacts")
    record = models.ForeignKey(Record, models.PROTECT, related_name="contacts", db_index=False)
    reference = models.CharField(max_length=60)
    code = models.CharField(max_length=12, choices=Code.choices)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "reference", "feed"], name="a_feed_tells_a_contact_once"
            )
        ]
