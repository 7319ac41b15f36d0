"""Contracts, and what holds of each from which day on. An amendment is a row; no row is changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.kernel.pages import wording
from borough.partnership.files.models import File


class Contract(models.Model):
    """A contract by its reference. At most one is the contract between the two partners."""

    append_only: ClassVar = True
    reference = models.CharField(max_length=40, unique=True)
    is_partnership = models.BooleanField(default=False)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="contracts")
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_partnership"],
                condition=Q(is_partnership=True),
                name="the_partners_have_one_contract",
            )
        ]

    def __str__(self) -> str:
        return f"contract {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.contract/{self.pk}"


class Particulars(models.Model):
    """All that is published of a contract, as it holds from ``since`` until the next row's day.

    Row 0 is the contract as it was made; each further row is an amendment, and says why. ``ends``
    is the last day, as contracts and the Code write it; empty where none was agreed. ``vat_pence``
    is the VAT that cannot be recovered; empty where nobody has said.
    """

    append_only: ClassVar = True

    class Sum(models.TextChoices):
        WHOLE = "whole", "Over the whole length of the contract"
        YEARLY = "yearly", "A year, as estimated or budgeted"

    class Process(models.TextChoices):
        QUOTE = "quote", "Invitation to quote"
        TENDER = "tender", "Published invitation to tender"
        NEITHER = "neither", "Neither"

    class Registered(models.TextChoices):
        COMPANY = "company", "Companies House"
        CHARITY = "charity", "Charity Commission for England and Wales"
        OTHER = "other", "Another register"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="particulars")
    number = models.PositiveIntegerField()
    since = models.DateField()
    because = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120)
    department = models.CharField(max_length=80)
    description = models.CharField(max_length=500)
    supplier = models.CharField(max_length=120)
    supplier_details = models.CharField(max_length=200, blank=True)
    value_pence = models.BigIntegerField()
    value_is = models.CharField(max_length=6, choices=Sum.choices)
    vat_pence = models.BigIntegerField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    review_on = models.DateField(null=True)
    process = models.CharField(max_length=7, choices=Process.choices)
    is_small = models.BooleanField()
    is_voluntary = models.BooleanField()
    registered_with = models.CharField(max_length=7, choices=Registered.choices, blank=True)
    registration = models.CharField(max_length=20, blank=True)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"], name="an_amendment_has_its_number"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="a_contract_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(value_pence__gte=0) & (Q(vat_pence=None) | Q(vat_pence__gte=0)),
                name="a_contract_costs_something",
            ),
            models.CheckConstraint(
                condition=Q(number=0, because="") | Q(number__gt=0) & ~Q(because=""),
                name="an_amendment_says_why",
            ),
            models.CheckConstraint(
                condition=Q(registration="", registered_with="")
                | ~Q(registration="") & ~Q(registered_with=""),
                name="a_registration_is_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"particulars {self.number} of contract {self.contract_id}"

    @property
    def value(self) -> str:
        """The sum in words: a year's where it is a year's."""
        amount = wording.money(self.value_pence)
        return f"{amount} a year" if self.value_is == self.Sum.YEARLY else amount


class Heard(models.Model):
    """News of the service that keeps changes and risks: that one was asked for, or is over.

    ``number`` is that service's own; ``fact`` the fact that told it.
    """

    append_only: ClassVar = True

    class What(models.TextChoices):
        CHANGE_ASKED = "change.requested", "A change was asked for"
        CHANGE_DECIDED = "change.decided", "A change was decided"
        RISK_NAMED = "change.risk_raised", "A risk was named"
        RISK_OVER = "change.risk_ended", "A risk is none any more"

    what = models.CharField(max_length=20, choices=What.choices)
    number = models.BigIntegerField()
    fact = models.BigIntegerField(unique=True)
    on = models.DateField()

    def __str__(self) -> str:
        return f"heard {self.pk}"
