"""Who was asked, in numbers, and each answer. Nothing here says who anybody is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from borough.partnership.files.models import File


class Service(models.TextChoices):
    """What was dealt with; a service can be asked about before it has moved in here."""

    REVENUES = "revenues", "Council Tax and business rates"
    BENEFITS = "benefits", "Benefits"
    CUSTOMER = "customer", "Contact centre and one-stop shops"
    PAYROLL = "payroll", "Payroll"
    PAYABLES = "payables", "Paying invoices"
    ICT = "ict", "ICT"


class Way(models.TextChoices):
    LETTER = "letter", "After a letter"
    VISIT = "visit", "After a visit"
    CALL = "call", "After a call"
    ONLINE = "online", "Online"


class Rating(models.IntegerChoices):
    VERY_SATISFIED = 5, "Very satisfied"
    FAIRLY_SATISFIED = 4, "Fairly satisfied"
    NEITHER = 3, "Neither satisfied nor dissatisfied"
    FAIRLY_DISSATISFIED = 2, "Fairly dissatisfied"
    VERY_DISSATISFIED = 1, "Very dissatisfied"


SATISFIED = (Rating.FAIRLY_SATISFIED, Rating.VERY_SATISFIED)


class Asked(models.Model):
    """How many a survey system asked on a day about a service."""

    append_only: ClassVar = True
    file = models.ForeignKey(File, models.PROTECT, related_name="asked")
    service = models.CharField(max_length=12, choices=Service.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    on = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "way", "on"], name="one_number_asked_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"asked {self.pk}"


class Invitation(models.Model):
    """One invitation that we made: it can be answered once, by whoever holds its code."""

    append_only: ClassVar = True
    digest = models.CharField(max_length=64, unique=True)
    service = models.CharField(max_length=12, choices=Service.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    on = models.DateField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["service", "on"], name="invitation_of_service")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.invitation/{self.pk}"


class Answer(models.Model):
    """One answer: from a survey system by its own reference, or to an invitation of ours."""

    append_only: ClassVar = True
    service = models.CharField(max_length=12, choices=Service.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    on = models.DateField()
    rating = models.PositiveSmallIntegerField(choices=Rating.choices)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="answers")
    reference = models.CharField(max_length=40, blank=True)
    invitation = models.OneToOneField(Invitation, models.PROTECT, null=True, related_name="answer")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=5), name="a_rating_is_of_five"
            ),
            models.CheckConstraint(
                condition=Q(invitation=None, file__isnull=False) & ~Q(reference="")
                | Q(invitation__isnull=False, file=None, reference=""),
                name="an_answer_comes_from_somewhere",
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="an_answer_counts_once"
            ),
        ]
        indexes = [models.Index(fields=["on", "service"], name="answers_of_service")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
