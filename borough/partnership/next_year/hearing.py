"""What becomes of an answer, heard from whoever carries it out: by the slugs of its facts alone.

An answer is handed over as an idea; the idea is answered with an initiative; the initiative moves.
Each fact is kept once, whatever the order in which they come.
"""

from collections.abc import Sequence

from borough.kernel.facts.models import Fact
from borough.partnership.next_year import models

Stage = models.Told.Stage
BY_WORDS = {stage.label: stage for stage in Stage}
JOINED, ANSWERED = "change.ideas_joined", "change.idea_answered"
MOVED = "change.initiative_moved"
REFUSED = "We will not do it"


def hear_handover(facts: Sequence[Fact]) -> None:
    """Keep that an answer was taken in, and as which idea."""
    for fact in facts:
        answer = models.Answer.objects.filter(pk=fact.detail["answer"]).first()
        if answer is not None:
            _keep(answer, fact, Stage.HANDED_OVER, idea=fact.detail["idea"])
            _catch_up(fact.detail["idea"])


def hear_joining(facts: Sequence[Fact]) -> None:
    """Keep that an idea that was an answer is answered with another from now on."""
    for fact in facts:
        into = fact.detail["into"]
        answered = Fact.objects.filter(what=ANSWERED, thing=f"change.idea/{into}").order_by("pk")
        last = answered.last()
        stage, initiative = _told_by(last) if last else (None, None)
        for answer in _answers(idea=fact.detail["idea"]):
            _keep(answer, fact, stage or Stage.HANDED_OVER, idea=into, initiative=initiative)


def hear_answer(facts: Sequence[Fact]) -> None:
    """Keep what became of an idea that was an answer: the initiative that it is part of."""
    for fact in facts:
        stage, initiative = _told_by(fact)
        for answer in _answers(idea=fact.detail["idea"]):
            if stage is not None:
                _keep(answer, fact, stage, initiative=initiative)


def hear_moves(facts: Sequence[Fact]) -> None:
    """Keep how far an initiative has come that is an answer."""
    for fact in facts:
        stage = BY_WORDS.get(fact.detail["stage"])
        for answer in _answers(initiative=fact.detail["initiative"]):
            if stage is not None:
                _keep(answer, fact, stage, initiative=fact.detail["initiative"])


def _catch_up(idea: int) -> None:
    """Hear what was told of an idea before it was known to be an answer."""
    told = Fact.objects.filter(what__in=(JOINED, ANSWERED), thing=f"change.idea/{idea}")
    for fact in told.order_by("pk"):
        (hear_joining if fact.what == JOINED else hear_answer)([fact])


def _told_by(fact: Fact) -> tuple[models.Told.Stage | None, int | None]:
    """Return how far an answer has come by what an idea was answered with, and the initiative."""
    initiative = fact.detail.get("initiative")
    if initiative is not None:
        return _come_to(initiative), initiative
    return (Stage.REFUSED if fact.detail["outcome"] == REFUSED else None), None


def _come_to(initiative: int) -> models.Told.Stage:
    """Return how far an initiative has come that may have moved before it was named."""
    moves = Fact.objects.filter(what=MOVED, thing=f"change.initiative/{initiative}")
    last = moves.order_by("pk").last()
    return BY_WORDS.get(last.detail["stage"], Stage.SHAPING) if last else Stage.SHAPING


def _answers(**of: int) -> list[models.Answer]:
    numbers = models.Told.objects.filter(**of).values("answer")
    return list(models.Answer.objects.filter(pk__in=numbers))


def _keep(
    answer: models.Answer,
    fact: Fact,
    stage: models.Told.Stage,
    *,
    idea: int | None = None,
    initiative: int | None = None,
) -> None:
    models.Told.objects.get_or_create(
        answer=answer,
        fact=fact.pk,
        defaults={"stage": stage, "idea": idea, "initiative": initiative, "on": fact.on},
    )
