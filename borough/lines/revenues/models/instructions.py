"""Direct Debit instructions: whose account may be debited, and what payer and bank were told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from borough.kernel import dated
from borough.lines.revenues.models.accounts import Account
from borough.lines.revenues.models.billing import Bill


class Instruction(models.Model):
    """A payer's authority to collect for one Council Tax account, on days ``[starts, ends)``.

    ``reference`` is the core reference that the bank knows it by; it is never used again.
    ``live_from`` is set when the instruction is sent to the bank: before that day nothing may be
    collected. The bank details say by whom they were keyed and by whom confirmed.
    """

    class Source(models.TextChoices):
        PAPER = "paper", "a signed form"
        TELEPHONE = "telephone", "by telephone, confirmed in writing"
        WEB = "web", "on the website"
        BEFORE = "before", "brought forward from the system before"

    class Ended(models.TextChoices):
        PAYER = "payer", "cancelled by the payer"
        BANK = "bank", "ended by the bank"
        REPLACED = "replaced", "replaced by another"
        LAST = "last", "the last collection was made"
        DEATH = "death", "the payer has died"
        LAPSED = "lapsed", "not used for so long that the bank forgets it"

    account = models.ForeignKey(Account, models.PROTECT, related_name="instructions")
    details = models.ForeignKey("bank.BankDetails", models.PROTECT, related_name="+")
    reference = models.CharField(max_length=18, unique=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    agreed_on = models.DateField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    why_ended = models.CharField(max_length=8, choices=Ended.choices, blank=True)
    live_from = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("instruction_ends_after_start"),
            dated.never_overlaps("account", name="one_instruction_at_a_time"),
            models.CheckConstraint(
                condition=Q(ends=None, why_ended="") | (Q(ends__isnull=False) & ~Q(why_ended="")),
                name="an_instruction_ends_for_a_reason",
            ),
        ]


class Stop(models.Model):
    """That nothing is collected by an instruction for a while: a dispute, new bank details."""

    class Why(models.TextChoices):
        DISPUTED = "disputed", "The payer disputes what was told"
        DETAILS = "details", "The payer’s bank account has changed"
        OFFICER = "officer", "An officer stopped it"

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="stops")
    why = models.CharField(max_length=8, choices=Why.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("stop_ends_after_start"),
            dated.never_overlaps("instruction", name="one_stop_at_a_time"),
        ]


class InstructionMessage(models.Model):
    """What was sent to the bank about an instruction: 0N lodges it, 0C cancels it; each once."""

    append_only: ClassVar = True
    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="messages")
    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    code = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instruction", "code"], name="an_instruction_message_is_sent_once"
            ),
            models.CheckConstraint(condition=Q(code__in=["0N", "0C"]), name="message_is_0n_or_0c"),
        ]


class AdvanceNotice(models.Model):
    """That the payer was told on a day of the amounts and days of a bill's instalments.

    ``by_bill``: the bill's own letter tells them, for it was issued while the instruction held.
    Otherwise a letter is made from this row.
    """

    append_only: ClassVar = True
    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="advance_notices")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="advance_notices")
    told_on = models.DateField()
    by_bill = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instruction", "bill"], name="a_payer_is_told_once_of_a_bill"
            ),
        ]
