"""What is claimed, what shows it, and each step of the way from a claim to a saving."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.partnership.savings.models.terms import WHOLE_BP, Line
from borough.partnership.seats.models import Party
from borough.rules.partnership import waterfall

CASH = [one.value for one in waterfall.Class if one not in waterfall.BESIDE]
NEEDS_DEADWEIGHT = [one.value for one in waterfall.NEEDS_DEADWEIGHT]


class Kind(models.TextChoices):
    A1 = "A1", "A1: a price reduction or credit"
    A2 = "A2", "A2: cost removed from a council budget"
    A3 = "A3", "A3: income increased"
    A4 = "A4", "A4: investment by the partner"
    A5 = "A5", "A5: cost avoided"
    A6 = "A6", "A6: no cash: time, quality, social value"


class Recurrence(models.TextChoices):
    RECURRING = "recurring", "It comes again each year"
    ONE_OFF = "one_off", "Once"
    TIME_LIMITED = "time_limited", "For some years"


class Entry(models.Model):
    """One claim of one year. What changes about it is a row of another table; it stays.

    ``gross_pence`` is negative for a disbenefit. ``since`` is the year in which the saving began: a
    baseline drawn up in or after it holds the saving already. ``heard`` is the fact of another
    service from which it came, of the thing ``heard_of``; such a proposal has no party until one
    completes it (``instead_of`` in the claim that does).
    """

    append_only: ClassVar = True
    year = models.CharField(max_length=7)
    title = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=2, choices=Kind.choices)
    recurrence = models.CharField(max_length=12, choices=Recurrence.choices)
    since = models.CharField(max_length=7)
    until = models.CharField(max_length=7, blank=True)
    gross_pence = models.BigIntegerField()
    full_year_pence = models.BigIntegerField()
    deadweight_bp = models.IntegerField(null=True)
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="entries")
    budget_code = models.CharField(max_length=40, blank=True)
    budget_changed = models.BooleanField(default=False)
    in_charge = models.BooleanField(default=False)
    measure = models.CharField(max_length=80, blank=True)
    prepared_by = models.CharField(max_length=8, choices=Party.choices, blank=True)
    heard = models.BigIntegerField(null=True, unique=True)
    heard_of = models.CharField(max_length=80, blank=True)
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="completed")
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewed")
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deadweight_bp=None)
                | Q(deadweight_bp__gte=0, deadweight_bp__lte=WHOLE_BP),
                name="deadweight_is_a_share",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=NEEDS_DEADWEIGHT) | Q(deadweight_bp__isnull=False),
                name="income_and_no_cash_say_their_deadweight",
            ),
            models.CheckConstraint(condition=~Q(gross_pence=0), name="a_claim_is_an_amount"),
            models.CheckConstraint(
                condition=Q(in_charge=False) | Q(kind="A1"), name="only_a_price_is_in_the_charge"
            ),
            models.CheckConstraint(
                condition=~Q(recurrence="time_limited") | ~Q(until=""),
                name="what_is_limited_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(prepared_by="", heard__isnull=False)
                | Q(prepared_by__in=Party.values, heard=None) & ~Q(title="") & ~Q(how=""),
                name="a_claim_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(prepared_by="") | ~Q(kind__in=CASH) | ~Q(budget_code=""),
                name="cash_comes_out_of_a_budget",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[*CASH, *(one.value for one in waterfall.BESIDE)]),
                name="a_claim_has_a_class",
            ),
        ]
        indexes = [models.Index(fields=["year"], name="entry_of_a_year")]

    def __str__(self) -> str:
        return f"claim {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.entry/{self.pk}"

    @property
    def reversal(self) -> str:
        """What is signed to reverse it, as signatures name it."""
        return f"{self.thing}/reversal"


class Withdrawn(models.Model):
    """That the service from which a proposal was heard has taken it back."""

    append_only: ClassVar = True
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="withdrawn")
    heard = models.BigIntegerField(unique=True)
    on = models.DateField()

    def __str__(self) -> str:
        return f"withdrawal of {self.entry_id}"


class Share(models.Model):
    """The part of a claim that an initiative brought about; of one claim, exactly the whole."""

    append_only: ClassVar = True
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="shares")
    initiative = models.CharField(max_length=80)
    share_bp = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "initiative"], name="an_initiative_shares_a_claim_once"
            ),
            models.CheckConstraint(condition=Q(share_bp__gt=0), name="a_share_is_some"),
        ]

    def __str__(self) -> str:
        return f"share of {self.initiative}"


class Evidence(models.Model):
    """Something that shows a claim: 2 a count, 3 rows of the ledger, 4 the budget, 5 an audit.

    Levels 2 and 3 are brought before anybody signs, for they are part of what is signed; 4 and 5
    count once both partners have signed them.
    """

    append_only: ClassVar = True
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    level = models.SmallIntegerField()
    snapshot = models.ForeignKey("measures.Snapshot", models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=120, blank=True)
    party = models.CharField(max_length=8, choices=Party.choices)
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level=2, snapshot__isnull=False)
                | Q(level=3, snapshot=None)
                | Q(level__in=(4, 5), snapshot=None) & ~Q(reference=""),
                name="evidence_shows_something",
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.evidence/{self.pk}"


class Traced(models.Model):
    """How much of a posting of a sealed journal a claim is; of one posting, never more than it."""

    append_only: ClassVar = True
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="traced")
    journal_id = models.BigIntegerField()
    line = models.SmallIntegerField()
    pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "journal_id", "line"], name="a_posting_is_traced_once"
            ),
            models.CheckConstraint(condition=~Q(pence=0), name="a_trace_is_an_amount"),
        ]
        indexes = [models.Index(fields=["journal_id", "line"], name="traces_of_a_posting")]

    def __str__(self) -> str:
        return f"journal {self.journal_id}, line {self.line}"


class Event(models.Model):
    """A step of a claim, once each. What takes both partners names the digest that both signed."""

    append_only: ClassVar = True

    class What(models.TextChoices):
        METHOD_AGREED = "method_agreed", "How it is counted was agreed"
        MEASURED = "measured", "It was measured"
        SIGNED = "signed", "Both partners signed it"
        BOOKED = "booked", "It is in the budget, as both signed"
        AUDITED = "audited", "It was audited, as both signed"
        REVERSED = "reversed", "It was reversed"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="events")
    what = models.CharField(max_length=13, choices=What.choices)
    party = models.CharField(max_length=8, choices=Party.choices)
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "what"], name="a_claim_takes_a_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.entry_id}"


class Dispute(models.Model):
    """That a partner says a claim is wrong, on ``[starts, ends)``: it waits, and nothing else."""

    append_only: ClassVar = True
    may_update: ClassVar = ("ends",)

    class Why(models.TextChoices):
        BASELINE = "baseline", "The baseline does not hold this cost, or not so much of it"
        METHOD = "method", "It was not counted as was agreed"
        EVIDENCE = "evidence", "The evidence does not show it"
        DOUBLE = "double", "It is claimed elsewhere, or would have come anyway"
        BUDGET = "budget", "The money is still spent"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="disputes")
    party = models.CharField(max_length=8, choices=Party.choices)
    why = models.CharField(max_length=12, choices=Why.choices)
    by = models.CharField(max_length=80)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="a_claims_dispute_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["entry", "party"],
                condition=Q(ends=None),
                name="a_partner_disputes_a_claim_once",
            ),
        ]

    def __str__(self) -> str:
        return f"dispute {self.pk}"
