"""What was billed: one row a demand notice, with the instalments it asked for."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from borough.lines.revenues.models.accounts import Account


class Bill(models.Model):
    """A demand notice for a year. The newest version is the one that counts.

    The instalments are kept as a rule (number, first, others, first day), not as rows.
    ``earlier_pence`` is what earlier notices had asked for by then: an adjustment spreads the rest.
    A trigger checks account and run, once a statement: accounts and runs never go.
    """

    append_only: ClassVar = True
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="bills", db_constraint=False, db_index=False
    )
    year = models.SmallIntegerField()
    version = models.SmallIntegerField()
    issued = models.DateField()
    charge_pence = models.BigIntegerField()
    earlier_pence = models.BigIntegerField(default=0)
    instalments = models.SmallIntegerField()
    first_pence = models.BigIntegerField()
    other_pence = models.BigIntegerField()
    first_due = models.DateField(null=True)
    payment_day = models.SmallIntegerField()
    run = models.ForeignKey(
        "runs.Run",
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        constraints = [
            # The year first: it tells which years were billed, and a new year's bills join its end.
            models.UniqueConstraint(
                fields=["year", "account", "version"], name="one_bill_of_a_version"
            ),
        ]
        indexes = [
            # Never one of the year alone: a plan made before a year is billed would read all of it
            # for each account.
            models.Index(fields=["account"], name="bills_of_an_account"),
            # The bills of a run lie together, so it is enough to know in which stretches.
            BrinIndex(fields=["run"], name="bills_of_a_run", autosummarize=True),
        ]
