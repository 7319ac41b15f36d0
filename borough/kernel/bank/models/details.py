"""Bank details, as they were keyed by one officer and confirmed by another.

The number is personal: it is shown by its last four figures, and stands in no fact, log or address.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class BankDetails(models.Model):
    """A bank account of a person. What was keyed never changes: a correction is a new row.

    Confirming and withdrawing fill what was empty, once; a trigger refuses every other change.
    """

    class Check(models.TextChoices):
        VALID = "valid", "Sort code and account number can belong together"
        NOT_CHECKED = "not_checked", "Not checked: no table for this sort code"

    append_only: ClassVar = True
    may_update: ClassVar = ("confirmed_by", "confirmed_on", "withdrawn_by", "withdrawn_on")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="bank_details")
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    check_made = models.CharField(max_length=12, choices=Check.choices)
    keyed_by = models.CharField(max_length=80)
    keyed_on = models.DateField()
    confirmed_by = models.CharField(max_length=80, null=True)  # noqa: DJ001  nobody yet
    confirmed_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=80, null=True)  # noqa: DJ001  nobody yet
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sort_code__regex=r"^[0-9]{6}$", account_number__regex=r"^[0-9]{8}$"),
                name="bank_details_are_six_and_eight_figures",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("keyed_by")),
                name="bank_details_are_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_on=None)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
                name="bank_details_confirmed_by_and_on",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_on=None)
                | Q(withdrawn_by__isnull=False, withdrawn_on__isnull=False),
                name="bank_details_withdrawn_by_and_on",
            ),
            models.UniqueConstraint(
                fields=["person", "sort_code", "account_number"],
                condition=Q(withdrawn_by=None),
                name="an_account_is_keyed_once_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"bank details {self.pk}"  # the number would end up in a log

    @property
    def masked(self) -> str:
        """The account as pages show it: its last four figures."""
        return f"account ending {self.account_number[-4:]}"

    @property
    def may_be_used(self) -> bool:
        """Whether money may go to it: a second officer confirmed it, and nobody withdrew it."""
        return self.confirmed_by is not None and self.withdrawn_by is None
