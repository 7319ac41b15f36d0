"""Reviews of single person discounts: who was asked whether one adult still lives there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from borough.lines.revenues.models.accounts import Account


class Review(models.Model):
    """That an account's discount is reviewed, and why it was chosen. It ends nothing by itself."""

    append_only: ClassVar = True
    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="reviews")
    why = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "account"], name="an_account_is_reviewed_once_a_run"
            ),
        ]


class ReviewLetter(models.Model):
    """That a letter about a review is asked for: the first, or the second where none answered."""

    append_only: ClassVar = True
    review = models.ForeignKey(Review, models.PROTECT, related_name="letters")
    number = models.SmallIntegerField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="two_letters_at_most"),
            models.UniqueConstraint(
                fields=["review", "number"], name="each_letter_of_a_review_once"
            ),
        ]


class ReviewAnswer(models.Model):
    """How a review ended: as the resident said, or as an officer decided after two letters."""

    class Kind(models.TextChoices):
        ONE_ADULT = "one_adult", "One adult still lives there"
        MORE_ADULTS = "more_adults", "More adults live there"
        ENDED = "ended", "No answer: an officer ended the discount"
        KEPT = "kept", "No answer: an officer let the discount stand"
        WITHDRAWN = "withdrawn", "Withdrawn: there is nothing to answer any more"

    append_only: ClassVar = True
    review = models.OneToOneField(Review, models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    by = models.CharField(max_length=80)
