"""Change control: a change asked for, what each named assessor says it does, and the decision."""

from django.db import models
from django.db.models import Q

from borough.lines.change.models.initiatives import Initiative
from borough.lines.change.models.records import Record


class Impact(models.TextChoices):
    PRICE = "price", "Price"
    MEASURES = "measures", "Measures"
    STAFF = "staff", "Staff"
    PRIVACY = "privacy", "Privacy"


class Request(Record):
    """A change of what the partners agreed."""

    title = models.CharField(max_length=120)
    words = models.TextField()
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, related_name="requests")

    @property
    def thing(self) -> str:
        return f"change.request/{self.pk}"


class Asked(Record):
    """Who assesses an impact of a change; the newest holds."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="asked")
    impact = models.CharField(max_length=8, choices=Impact.choices)
    assessor = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")


class Assessment(Record):
    """What an assessor says that a change does: pence a year, posts in hundredths, a DPIA or not.

    A DPIA is a data protection impact assessment (UK GDPR, article 35).
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="assessments")
    impact = models.CharField(max_length=8, choices=Impact.choices)
    words = models.TextField()
    yearly_pence = models.BigIntegerField(null=True)
    posts_hundredths = models.IntegerField(null=True)
    needs_dpia = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "impact"], name="an_impact_is_assessed_once"
            ),
            models.CheckConstraint(
                condition=Q(impact="price", yearly_pence__isnull=False)
                | ~Q(impact="price") & Q(yearly_pence=None),
                name="a_price_is_in_pence",
            ),
            models.CheckConstraint(
                condition=Q(impact="staff", posts_hundredths__isnull=False)
                | ~Q(impact="staff") & Q(posts_hundredths=None),
                name="staff_is_in_posts",
            ),
            models.CheckConstraint(
                condition=Q(impact="privacy", needs_dpia__isnull=False)
                | ~Q(impact="privacy") & Q(needs_dpia=None),
                name="privacy_says_whether_a_dpia",
            ),
        ]


class Ruling(Record):
    """Whether a change is made, and why."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="ruling")
    approved = models.BooleanField()
    because = models.TextField()
