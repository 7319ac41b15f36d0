"""Ideas from anybody, who read them, with which they were joined, and what became of them."""

from django.db import models
from django.db.models import F, Q

from borough.lines.change.models.records import Record


class Theme(models.TextChoices):
    SERVICE = "service", "Better service"
    WAITING = "waiting", "Less waiting"
    COST = "cost", "Lower cost"
    INCOME = "income", "More income"
    STAFF = "staff", "People and work"
    PLACE = "place", "The borough"


class Idea(Record):
    """That somebody sent an idea. ``reference`` is the asker's key to what became of it."""

    class Source(models.TextChoices):
        OFFICER = "officer", "An officer"
        STAFF = "staff", "Staff of either partner"
        RESIDENT = "resident", "A resident"
        OTHER = "other", "Somebody else"

    reference = models.CharField(max_length=9, unique=True)
    source = models.CharField(max_length=8, choices=Source.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reference__regex="^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$"),
                name="a_reference_can_be_read_out",
            )
        ]
        indexes = [models.Index(fields=["on"], name="idea_by_day")]

    @property
    def thing(self) -> str:
        return f"change.idea/{self.pk}"


class IdeaWords(models.Model):
    """What was sent, in the sender's words. They can go: somebody may have named a person."""

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="words")
    title = models.CharField(max_length=120)
    words = models.TextField()

    def __str__(self) -> str:
        return f"words {self.pk}"


class Sorting(Record):
    """That somebody read an idea, and what it is about; the newest holds."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="sortings")
    theme = models.CharField(max_length=8, choices=Theme.choices)


class Joining(Record):
    """That an idea is much like another, and is answered with it."""

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="joining")
    into = models.ForeignKey(Idea, models.PROTECT, related_name="joined")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(idea=F("into")), name="no_idea_is_like_itself")
        ]


class Answer(Record):
    """What became of an idea, in words for who sent it; the newest holds."""

    class Outcome(models.TextChoices):
        TAKEN_UP = "taken_up", "We take it up"
        LATER = "later", "We keep it for next year’s choice"
        ALREADY = "already", "It is done already"
        NO = "no", "We will not do it"

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    words = models.TextField()
    initiative = models.ForeignKey(
        "change.Initiative", models.PROTECT, null=True, related_name="answers"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(initiative=None) | Q(outcome="taken_up"),
                name="only_what_is_taken_up_has_an_initiative",
            )
        ]
