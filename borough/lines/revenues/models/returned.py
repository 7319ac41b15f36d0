"""What banks send back: collections returned, instructions changed or refused, money reclaimed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from borough.lines.revenues.models.collections import CollectionItem
from borough.lines.revenues.models.instructions import Instruction


class AdviceFile(models.Model):
    """A file of advices that was loaded. Its hash makes sure that it is loaded once."""

    append_only: ClassVar = True
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8)
    content = models.BinaryField()
    advices = models.IntegerField()
    pence = models.BigIntegerField(null=True)
    loaded_on = models.DateField()
    by = models.CharField(max_length=80)


class Advice(models.Model):
    """One line of such a file, or an indemnity claim keyed by an officer (without a file).

    ``item`` is the collection that came back; ``instruction`` the one it is about; either may be
    unknown, and then a person looks. ``waits``: somebody has to settle it.
    """

    class Then(models.TextChoices):
        REPRESENT = "represent", "Tried once more, after the payer is told"
        CANCEL = "cancel", "Instruction ended"
        DECEASED = "deceased", "The bank says that the payer has died"
        DISPUTE = "dispute", "The payer disputes what was told"
        MEND = "mend", "Something in what we sent was wrong"
        AMEND = "amend", "The payer’s bank account has changed"
        REINSTATE = "reinstate", "The payer wants the instruction back"
        ASK = "ask", "Nobody knows what it means"
        CLAIMED = "claimed", "Paid back to the payer under the Guarantee"

    append_only: ClassVar = True
    file = models.ForeignKey(AdviceFile, models.PROTECT, null=True, related_name="lines")
    position = models.IntegerField()
    kind = models.CharField(max_length=8)
    code = models.CharField(max_length=8)
    description = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=18)
    pence = models.BigIntegerField(null=True)
    on = models.DateField()
    item = models.ForeignKey(CollectionItem, models.PROTECT, null=True, related_name="advices")
    instruction = models.ForeignKey(Instruction, models.PROTECT, null=True, related_name="advices")
    then = models.CharField(max_length=9, choices=Then.choices)
    waits = models.BooleanField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="an_advice_counts_once"),
            models.UniqueConstraint(
                fields=["item", "kind"],
                condition=Q(item__isnull=False),
                name="a_collection_comes_back_once",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(waits=True), name="advice_waits")]


class Settled(models.Model):
    """That a person has looked at an advice, and what came of it."""

    append_only: ClassVar = True
    advice = models.OneToOneField(Advice, models.PROTECT, related_name="settled")
    outcome = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    on = models.DateField()


class TriedAgain(models.Model):
    """That a returned collection will be tried once more on a day, and when the payer was told.

    A letter is made from this row; nothing is collected before the days of notice are over.
    """

    presses: ClassVar = True
    append_only: ClassVar = True
    advice = models.OneToOneField(Advice, models.PROTECT, related_name="tried_again")
    item = models.OneToOneField(CollectionItem, models.PROTECT, related_name="tried_again")
    told_on = models.DateField()
    collects_on = models.DateField()
    pence = models.BigIntegerField()
