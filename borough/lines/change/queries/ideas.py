"""Where each idea is, by when it is answered, and what the asker is told."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from borough.lines.change import limits, models, references

GONE = "Its words were taken away"


class State(StrEnum):
    """How far an idea is."""

    NEW = "To be read"
    SORTED = "Read, to be answered"
    JOINED = "Joined with another"
    ANSWERED = "Answered"


@dataclass(frozen=True, slots=True)
class Card:
    """An idea as lists show it.

    Attributes:
        title: in the sender's words; where they were taken away, that says so.
        theme: what it is about; "" while nobody has read it.
        head: the idea with which it is answered: itself, or the one that it is joined to.
        answer: the newest answer, of the head.
        first_answered: the day of the first answer of the head; None while there is none.
        answer_by: the last working day in time.
        like: how many are joined to it.
    """

    idea: models.Idea
    title: str
    words: str
    theme: str
    head: models.Idea
    answer: models.Answer | None
    first_answered: date | None
    answer_by: date
    like: int

    @property
    def state(self) -> State:
        """How far it is."""
        if self.head.pk != self.idea.pk:
            return State.JOINED
        if self.answer is not None:
            return State.ANSWERED
        return State.SORTED if self.theme else State.NEW

    @property
    def waits(self) -> bool:
        """Nobody who sent it has been told anything yet."""
        return self.answer is None

    def is_late(self, on: date) -> bool:
        """Tell whether it should have been answered by now."""
        return self.waits and self.answer_by < on


def cards(ideas: QuerySet[models.Idea] | None = None) -> list[Card]:
    """Return ideas, the oldest first."""
    rows = (models.Idea.objects.all() if ideas is None else ideas).select_related(
        "words", "joining__into"
    )
    kept = rows.prefetch_related(
        "sortings", "answers__initiative", "joined", "joining__into__answers__initiative"
    )
    answer_by, found = limits.last_days(limits.ANSWER), []
    for idea in kept.order_by("on", "pk"):
        joining = getattr(idea, "joining", None)
        head, joined_on = (joining.into, joining.on) if joining else (idea, idea.on)
        answers = sorted(head.answers.all(), key=lambda one: one.pk)
        sortings = sorted(idea.sortings.all(), key=lambda one: one.pk)
        words = getattr(idea, "words", None)
        found.append(
            Card(
                idea=idea,
                title=words.title if words else GONE,
                words=words.words if words else "",
                theme=models.Theme(sortings[-1].theme).label if sortings else "",
                head=head,
                answer=answers[-1] if answers else None,
                first_answered=max(answers[0].on, joined_on) if answers else None,
                answer_by=answer_by(idea.on),
                like=len(idea.joined.all()),
            )
        )
    return found


def waiting() -> list[Card]:
    """Return ideas that nobody has answered, without those that are joined to another."""
    return cards(models.Idea.objects.filter(answers=None, joining=None))


def card(idea: models.Idea) -> Card:
    """Return one idea."""
    [found] = cards(models.Idea.objects.filter(pk=idea.pk))
    return found


def by_reference(typed: str) -> Card | None:
    """Return the idea of a reference as somebody typed it; None where there is none."""
    found = models.Idea.objects.filter(reference=references.tidy(typed))
    return next(iter(cards(found)), None)
