"""What may go wrong with an initiative, how likely and how bad that is, and who looks after it."""

from django.db import models
from django.db.models import Q

from borough.lines.change.models.initiatives import Initiative
from borough.lines.change.models.records import Record


class Response(models.TextChoices):
    AVOID = "avoid", "Avoid it"
    REDUCE = "reduce", "Make it less likely or less bad"
    SHARE = "share", "Share it with somebody else"
    ACCEPT = "accept", "Live with it"


class Risk(Record):
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="risks")
    title = models.CharField(max_length=160)


class RiskView(Record):
    """How a risk is seen, each from 1 to 5, and what is done about it; the newest holds."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="views")
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    response = models.CharField(max_length=6, choices=Response.choices)
    plan = models.TextField()
    owner = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")
    review_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="a_risk_is_seen_from_1_to_5",
            )
        ]

    @property
    def score(self) -> int:
        return self.likelihood * self.impact


class RiskEnd(Record):
    """That a risk is none any more, and why."""

    risk = models.OneToOneField(Risk, models.PROTECT, related_name="end")
    because = models.TextField()
