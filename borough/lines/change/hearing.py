"""What both partners chose for next year, heard by the slug of its fact: each comes in as an idea.

The fact holds numbers alone, so the idea says where its words are read. It is sorted and answered
as every idea is; what becomes of it is told by the facts of ideas and initiatives.
"""

from collections.abc import Sequence

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.facts.models import Fact
from borough.lines.change import capabilities, models
from borough.lines.change.commands import ideas

ANSWER = "partnership.answer/"  # how what both chose names itself: who sends the idea
WORDS = (
    "Both partners have chosen this for {year}. Read its words under “Next year” at the shared "
    "table, as answer {number} of that year: what, for whom, what it should move, who owns it. "
    "Then begin an initiative for it, and answer this idea with that."
)


def hear(told: Sequence[Fact]) -> None:
    """Take each answer in once, as an idea; hearing it again changes nothing."""
    for fact in told:
        by = commanding.System(fact.thing, frozenset({capabilities.SEND_IDEA.slug}))
        if not models.Idea.objects.filter(by=by.reference).exists():
            _take_in(fact, by)


def _take_in(fact: Fact, by: commanding.Actor) -> None:
    said = fact.detail
    idea = ideas.send(
        title=f"Chosen for {said['year']}: answer {said['number']}",
        words=WORDS.format(**said),
        source=models.Idea.Source.OFFICER,
        by=by,
        on=fact.on,
    )
    facts.record(
        "change.answer_taken_in",
        thing=idea.thing,
        by=by,
        on=fact.on,
        answer=said["answer"],
        idea=idea.pk,
    )
