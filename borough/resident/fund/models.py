"""The hardship fund: what it may spend, who asked, what was found, decided and paid.

Nothing here is ever changed. How an application stands is a question of its rows
(``queries.applications``), and what was given stands in the ledger.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Strand(models.TextChoices):
    """The four purposes for which the fund is given; people apply for the first two."""

    CRISIS = "crisis", "Crisis Payment"
    HOUSING = "housing", "Housing Payment"
    RESILIENCE = "resilience", "Resilience Services"
    COMMUNITY = "community", "Community Coordination"


ASKED_FOR = (Strand.CRISIS, Strand.HOUSING)


class Budget(models.Model):
    """What a strand may spend in a financial year, as the council loaded it; the newest holds."""

    append_only: ClassVar = True
    year = models.CharField(max_length=7)
    strand = models.CharField(max_length=12, choices=Strand.choices)
    pence = models.BigIntegerField()
    invented = models.BooleanField(default=False)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gte=0), name="a_budget_is_never_below_nought")
        ]
        indexes = [models.Index(fields=["year", "strand"], name="budget_of_a_strand")]


class Application(models.Model):
    """That somebody asked, or somebody else for them with their consent.

    Attributes:
        asked_pence: how much they asked for; None where they named no amount.
        payee: to whom it is to be paid: themselves, or for housing their landlord.
        received_at: from when its hours are counted.
    """

    class For(models.TextChoices):
        FOOD = "food", "Food and other essentials"
        ENERGY = "energy", "Heating, electricity or water"
        RENT = "rent", "Rent, or rent that is owed"
        DEPOSIT = "deposit", "A deposit, or rent in advance"
        MOVING = "moving", "The costs of a move"
        FURNITURE = "furniture", "Furniture or appliances"
        TRAVEL = "travel", "Travel that cannot wait"
        OTHER = "other", "Something else"

    class How(models.TextChoices):
        COUNTER = "counter", "At a counter"
        TELEPHONE = "telephone", "By telephone"
        OWN = "own", "From their own account"
        OTHERS = "others", "Somebody else for them"

    append_only: ClassVar = True
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="fund_applications")
    payee = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    strand = models.CharField(max_length=12, choices=Strand.choices)
    is_for = models.CharField(max_length=12, choices=For.choices)
    words = models.TextField(blank=True)
    asked_pence = models.BigIntegerField(null=True)
    how = models.CharField(max_length=12, choices=How.choices)
    asked_for_by = models.CharField(max_length=120, blank=True)
    consent = models.BooleanField(default=False)
    by = models.CharField(max_length=80)
    on = models.DateField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(strand__in=ASKED_FOR), name="an_application_is_for_what_people_ask_for"
            ),
            models.CheckConstraint(
                condition=Q(asked_pence=None) | Q(asked_pence__gt=0),
                name="an_application_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(how="others", consent=True) & ~Q(asked_for_by="")
                | ~Q(how="others") & Q(asked_for_by=""),
                name="who_asks_for_another_is_named_and_has_consent",
            ),
            models.CheckConstraint(
                condition=Q(strand="housing") | Q(payee=F("person")),
                name="a_landlord_is_paid_for_housing_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.reference}"

    @property
    def reference(self) -> str:
        """What letters and the payee's bank statement call it."""
        return f"FUND {self.pk}"

    @property
    def thing(self) -> str:
        """What facts call it."""
        return f"resident.fund/{self.pk}"


class Finding(models.Model):
    """What an officer found of need and urgency, with the reasons; the newest counts.

    ``has_rent_help``: gets Housing Benefit, or Universal Credit with help for the rent.
    """

    append_only: ClassVar = True
    application = models.ForeignKey(Application, models.PROTECT, related_name="findings")
    in_need = models.BooleanField()
    need_because = models.TextField()
    is_urgent = models.BooleanField()
    urgent_because = models.TextField()
    has_rent_help = models.BooleanField(null=True)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(need_because="") & ~Q(urgent_because=""),
                name="what_is_found_has_reasons",
            )
        ]


class Proposed(models.Model):
    """That one officer proposed an amount that a second has to agree to; the newest counts.

    ``after``: the review in which it was proposed; None before any.
    """

    append_only: ClassVar = True
    application = models.ForeignKey(Application, models.PROTECT, related_name="proposals")
    pence = models.BigIntegerField()
    details = models.ForeignKey("bank.BankDetails", models.PROTECT, related_name="+")
    after = models.ForeignKey("Review", models.PROTECT, null=True, related_name="proposals")
    because = models.TextField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_proposed_award_is_an_amount")
        ]


class Review(models.Model):
    """That somebody asked for a decision to be looked at again, which another officer does."""

    append_only: ClassVar = True
    decision = models.OneToOneField("Decision", models.PROTECT, related_name="review")
    words = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    on = models.DateField()


class Decision(models.Model):
    """What was decided, and why; on review, by another than before.

    Attributes:
        pence: what is given; 0 where it was refused.
        limit_pence: what one officer could give alone on that day.
        proposed_by: who proposed it; "" where one officer decided alone.
        keyed_by: who keyed the bank details; "" where nothing is paid.
        first_by: who took the decision that is reviewed; "" where it is the first.
    """

    append_only: ClassVar = True
    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    after = models.OneToOneField(Review, models.PROTECT, null=True, related_name="decision_on_it")
    pence = models.BigIntegerField()
    limit_pence = models.BigIntegerField()
    because = models.TextField()
    proposed_by = models.CharField(max_length=80, blank=True)
    keyed_by = models.CharField(max_length=80, blank=True)
    first_by = models.CharField(max_length=80, blank=True)
    by = models.CharField(max_length=80)
    on = models.DateField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(after=None), name="decided_once_before_a_review"
            ),
            models.CheckConstraint(
                condition=Q(pence__gte=0) & ~Q(because=""), name="a_decision_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(pence__lte=F("limit_pence"))
                | ~Q(proposed_by="") & ~Q(by=F("proposed_by")),
                name="above_the_limit_two_officers_decide",
            ),
            models.CheckConstraint(
                condition=Q(pence=0) | ~Q(keyed_by="") & ~Q(by=F("keyed_by")),
                name="who_keyed_bank_details_does_not_decide",
            ),
            models.CheckConstraint(
                condition=Q(after=None, first_by="")
                | Q(after__isnull=False) & ~Q(first_by="") & ~Q(by=F("first_by")),
                name="another_officer_looks_again",
            ),
        ]


class Paying(models.Model):
    """A payment of what was given; another one only when the one before it failed."""

    append_only: ClassVar = True
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="payings")
    nth = models.SmallIntegerField()
    payment = models.OneToOneField("bank.Payment", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "nth"], name="an_award_is_paid_once")
        ]


class Returned(models.Model):
    """That a payment of an award is back with the fund: reversed before it went, or sent back."""

    class Why(models.TextChoices):
        REVERSED = "reversed", "Reversed before it went"
        CAME_BACK = "came_back", "Came back from the bank"

    append_only: ClassVar = True
    paying = models.OneToOneField(Paying, models.PROTECT, related_name="returned")
    why = models.CharField(max_length=12, choices=Why.choices)
    because = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    on = models.DateField()


class Withdrawal(models.Model):
    """That whoever asked does so no more; nothing was decided."""

    append_only: ClassVar = True
    application = models.OneToOneField(Application, models.PROTECT, related_name="withdrawal")
    because = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    on = models.DateField()
