"""Business cases: why, the options with doing nothing among them, and the one that was chosen."""

from django.db import models
from django.db.models import Q

from borough.lines.change.models.initiatives import Initiative
from borough.lines.change.models.records import Record


class Case(Record):
    """A business case; the newest of an initiative holds."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="cases")
    why = models.TextField()


class Option(Record):
    case = models.ForeignKey(Case, models.PROTECT, related_name="options")
    title = models.CharField(max_length=120)
    does_nothing = models.BooleanField()
    once_pence = models.BigIntegerField()
    yearly_pence = models.BigIntegerField()
    benefits = models.TextField()
    risks = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(does_nothing=True), name="doing_nothing_stands_once"
            )
        ]


class CaseDecision(Record):
    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    because = models.TextField()
