"""One double-entry ledger for every service: whole pence, signed, + debit and - credit.

A batch is the unit of truth: its journals and postings are drafts until its seal, and every check
is made, set-wise, by the database as the seal is set. Nothing is ever updated; a correction is a
reversal. Foreign keys within the ledger are checked by those triggers too: row by row they would
cost more than all else together, and ``session_replication_role`` would skip them.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

LARGEST_POSTING_PENCE = 10**12  # ten thousand million pounds: a million of them still fit int64

# A journal's number holds its batch's: batch x 2**20 + row, from 1. So the journals and postings of
# a batch are one range of their primary keys, and sealing reads that range and nothing else.
BATCH_BITS = 20
MOST_JOURNALS = 2**BATCH_BITS - 1


class Fund(models.Model):
    """Money that statute keeps apart; every journal balances in each."""

    append_only: ClassVar = True
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.title


class Account(models.Model):
    """A line of the chart. A control account is the total of its sub-ledger by construction."""

    class Type(models.TextChoices):
        ASSET = "asset", "Asset"
        LIABILITY = "liability", "Liability"
        INCOME = "income", "Income"
        EXPENSE = "expense", "Expense"
        RESERVE = "reserve", "Reserve"

    append_only: ClassVar = True
    may_update: ClassVar = ("title",)
    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=80)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="accounts")
    type = models.CharField(max_length=9, choices=Type.choices)
    control_for = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["control_for"],
                condition=~Q(control_for=""),
                name="one_control_account_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Book(models.Model):
    """What opens and closes together: payables may close a month while council tax goes on."""

    append_only: ClassVar = True
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.title


class Period(models.Model):
    """A month of a book. Its state follows its changes and cannot be set by itself."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        SOFT = "soft", "Closed but for late entries"
        CLOSED = "closed", "Closed"

    append_only: ClassVar = True
    book = models.ForeignKey(Book, models.PROTECT, related_name="periods")
    month = models.IntegerField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "month"], name="a_month_is_in_a_book_once"),
            models.CheckConstraint(
                condition=Q(month__gte=199304, month__lte=999912), name="a_month_is_yyyymm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month // 100}-{self.month % 100:02}"


class PeriodChange(models.Model):
    """That a period was closed or opened again: who, when and why. It moves the period's state."""

    append_only: ClassVar = True
    period = models.ForeignKey(Period, models.PROTECT, related_name="changes")
    state = models.CharField(max_length=6, choices=Period.State.choices)
    because = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    on = models.DateField()


class SubAccount(models.Model):
    """One debt (or one credit) that somebody holds: a council tax account's year, say.

    ``reference`` is what a resident quotes, ``part`` what it is divided by (``2025-26``).
    """

    append_only: ClassVar = True
    kind = models.CharField(max_length=60)
    reference = models.CharField(max_length=60)
    part = models.CharField(max_length=24, blank=True)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="sub_accounts", db_constraint=False, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "reference", "part"], name="a_sub_account_has_its_own_reference"
            ),
        ]


class Holding(models.Model):
    """That a person holds a sub-account. Several holders owe it jointly and severally."""

    pk = models.CompositePrimaryKey("sub_account_id", "person_id")
    sub_account = models.ForeignKey(
        SubAccount, models.PROTECT, related_name="holdings", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="holdings", db_constraint=False
    )


class Batch(models.Model):
    """What one transaction posts, and its control totals. Cannot be committed without its seal.

    ``payload_hash`` is the sha256 of its journals' hashes and periods, in order of journal.
    """

    append_only: ClassVar = True
    source = models.TextField()
    by = models.CharField(max_length=80)
    expected_journals = models.IntegerField()
    expected_debit_pence = models.BigIntegerField()
    payload_hash = models.BinaryField()
    into_soft_closed = models.BooleanField(default=False)
    posted_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_journals__gt=0), name="a_batch_is_not_empty"
            ),
        ]


class Seal(models.Model):
    """That a batch is complete: setting it checks everything, and nothing can join after it."""

    append_only: ClassVar = True
    batch = models.OneToOneField(
        Batch, models.PROTECT, primary_key=True, related_name="seal", db_constraint=False
    )


class Journal(models.Model):
    """A balanced set of postings. ``source`` and ``key`` say what it is for, and make it once.

    ``payload_hash`` is what was asked (:func:`borough.kernel.ledger.payload.hashes`).
    """

    append_only: ClassVar = True
    id = models.BigIntegerField(primary_key=True)
    batch = models.ForeignKey(
        Batch, models.PROTECT, related_name="journals", db_constraint=False, db_index=False
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="reversals",
        db_constraint=False,
        db_index=False,
    )
    on = models.DateField()
    source = models.TextField()
    key = models.TextField()
    narrative = models.TextField()
    payload_hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="a_key_is_posted_once"),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
                name="a_journal_is_reversed_once",
            ),
            models.CheckConstraint(
                condition=Q(batch=F("id").bitrightshift(BATCH_BITS)),
                name="a_journal_is_numbered_in_its_batch",
            ),
        ]


class Posting(models.Model):
    """One line of a journal. Its period is its journal's; there is no second copy to disagree."""

    append_only: ClassVar = True
    pk = models.CompositePrimaryKey("journal_id", "line")
    journal = models.ForeignKey(
        Journal, models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    line = models.SmallIntegerField()
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    sub_account = models.ForeignKey(
        SubAccount,
        models.PROTECT,
        null=True,
        related_name="postings",
        db_constraint=False,
        db_index=False,
    )
    pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(pence=0)
                & Q(pence__gte=-LARGEST_POSTING_PENCE, pence__lte=LARGEST_POSTING_PENCE),
                name="a_posting_is_an_amount",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sub_account"],
                condition=Q(sub_account__isnull=False),
                name="posting_of_a_sub_account",
            ),
            models.Index(
                fields=["account"],
                condition=Q(sub_account__isnull=True),
                name="posting_of_a_plain_account",
            ),
        ]


class Allocation(models.Model):
    """How much of a payment pays a charge of the same sub-account; never touches the postings.

    ``pence`` is positive; a negative row undoes an earlier one. ``policy`` says by which rule
    ("oldest first", "as the payer asked").
    """

    append_only: ClassVar = True
    sub_account = models.ForeignKey(
        SubAccount, models.PROTECT, related_name="allocations", db_constraint=False
    )
    payment_journal = models.ForeignKey(
        Journal, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    payment_line = models.SmallIntegerField()
    charge_journal = models.ForeignKey(
        Journal, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    charge_line = models.SmallIntegerField()
    pence = models.BigIntegerField()
    policy = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(pence=0), name="an_allocation_is_an_amount")
        ]
