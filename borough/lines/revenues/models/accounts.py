"""Accounts: one dwelling, the persons liable together, and the days on which they are."""

from django.db import models
from django.db.models.functions import Cast

from borough.kernel import dated


class Account(models.Model):
    """The liability of one person, or of several jointly, for one dwelling.

    One that ends on the day it starts holds on no day: it was opened by mistake. It stays, because
    bills and facts name it.
    """

    reference = models.CharField(max_length=12, unique=True)
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("starts")),
                name="account_never_ends_before_it_starts",
            ),
            dated.never_overlaps(
                "dwelling", name="accounts_of_a_dwelling_share_no_day", only=dated.HAS_DAYS
            ),
        ]
        indexes = [
            # The next free reference is one more than the last of this index.
            models.Index(
                Cast("reference", models.BigIntegerField()),
                condition=models.Q(reference__regex="^[0-9]+$"),
                name="account_by_number",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_void(self) -> bool:
        return self.ends == self.starts

    @property
    def thing(self) -> str:
        """What facts and documents about this account are filed under."""
        return f"revenues.account/{self.reference}"


class Liability(models.Model):
    """That a person is liable, and why: the first of section 6(2) that describes anybody.

    Local Government Finance Act 1992, section 6(2)(a) to (f); section 8 for owners of prescribed
    classes. All who share the account are jointly and severally liable (sections 6(3) and 9).
    """

    class Basis(models.TextChoices):
        FREEHOLDER = "freeholder", "resident freeholder"
        LEASEHOLDER = "leaseholder", "resident leaseholder"
        TENANT = "tenant", "resident statutory or secure tenant"
        LICENSEE = "licensee", "resident with a contractual licence"
        RESIDENT = "resident", "resident"
        OWNER = "owner", "owner"
        PRESCRIBED_OWNER = "prescribed_owner", "owner of a prescribed class (section 8)"
        PARTNER = "partner", "spouse, civil partner or living together (section 9)"

    account = models.ForeignKey(Account, models.PROTECT, related_name="liabilities")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=16, choices=Basis.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("liability_ends_after_start"),
            dated.never_overlaps("account", "person", name="a_person_is_liable_once"),
        ]
