"""A piece of work that was done in another system. Nothing here says who it was about."""

from typing import ClassVar

from django.db import models

from borough.partnership.files.models import File


class Kind(models.TextChoices):
    """What was done; a contract is priced by these before the service itself has moved in here."""

    CLAIMS = "claims", "Claims and changes of benefit decided"
    CONTACTS = "contacts", "Telephone calls and visits answered"
    INVOICES = "invoices", "Invoices of suppliers processed"
    PAYSLIPS = "payslips", "Payslips made"


class Item(models.Model):
    """A piece of work, by the number that the other system gave it."""

    append_only: ClassVar = True
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reference = models.CharField(max_length=40)
    on = models.DateField()
    file = models.ForeignKey(File, models.PROTECT, related_name="work", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="work_counts_once")
        ]
        indexes = [models.Index(fields=["kind", "on"], name="work_of_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
