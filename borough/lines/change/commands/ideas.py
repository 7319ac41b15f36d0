"""An idea is sent, read and sorted, joined with like ones, and answered."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.lines.change import capabilities, locking, models, references

MOST_A_DAY = 500
"""From people who did not sign in: more than this is no town with ideas, but a machine."""


class TooManyToday(commanding.Refusal):
    """More came today than people send."""


class LikeItself(commanding.Refusal):
    """It would be joined to itself, or in a ring."""


class AlreadyJoined(commanding.Refusal):
    """It is answered with another."""


class NotRead(commanding.Refusal):
    """Nobody has sorted it yet."""


class NoInitiative(commanding.Refusal):
    """The outcome and the initiative do not go together."""


class AlreadyRemoved(commanding.Refusal):
    """Its words are gone."""


@commanding.command(capabilities.SEND_IDEA)
def send(
    *,
    title: str,
    words: str,
    source: models.Idea.Source,
    by: commanding.Actor,
    on: date,
) -> models.Idea:
    """Take an idea in; its reference is what the sender asks by later.

    Raises:
        TooManyToday: more came today than people send.
    """
    if source != models.Idea.Source.OFFICER:
        _refuse_a_flood(on)
    idea = models.Idea.objects.create(
        reference=references.new(), source=source, by=by.reference, on=on
    )
    models.IdeaWords.objects.create(idea=idea, title=title, words=words)
    facts.record("change.idea_received", thing=idea.thing, by=by, on=on, idea=idea.pk)
    return idea


@commanding.command(capabilities.SORT_IDEAS)
def sort(
    *, idea: models.Idea, theme: models.Theme, by: commanding.Actor, on: date
) -> models.Sorting:
    """Say what an idea is about, having read it."""
    sorting = models.Sorting.objects.create(idea=idea, theme=theme, by=by.reference, on=on)
    facts.record(
        "change.idea_sorted", thing=idea.thing, by=by, on=on, idea=idea.pk, theme=theme.label
    )
    return sorting


@commanding.command(capabilities.SORT_IDEAS)
def join(*, idea: models.Idea, into: models.Idea, by: commanding.Actor, on: date) -> models.Joining:
    """Join an idea with one like it: it is answered with that one from then on.

    Raises:
        LikeItself: both are one, or that one is joined to this.
        AlreadyJoined: it was joined before.
    """
    locking.one_at_a_time()
    head = into.joining.into if hasattr(into, "joining") else into
    if models.Joining.objects.filter(idea=idea).exists():
        raise AlreadyJoined("This idea is joined with another already.")
    if head.pk == idea.pk:
        raise LikeItself("That is this idea itself, or one that is joined to it.")
    if idea.joined.exists():
        raise LikeItself("Others are joined to this idea. Join that one to this instead.")
    joining = models.Joining.objects.create(idea=idea, into=head, by=by.reference, on=on)
    facts.record("change.ideas_joined", thing=idea.thing, by=by, on=on, idea=idea.pk, into=head.pk)
    return joining


@commanding.command(capabilities.SORT_IDEAS)
def answer(
    *,
    idea: models.Idea,
    outcome: models.Answer.Outcome,
    words: str,
    initiative: models.Initiative | None,
    by: commanding.Actor,
    on: date,
) -> models.Answer:
    """Tell who sent an idea what becomes of it; those that were joined to it are told the same.

    Raises:
        NotRead: nobody has sorted it.
        AlreadyJoined: it is answered with another.
        NoInitiative: an initiative was named for what is not taken up.
    """
    locking.one_at_a_time()
    if models.Joining.objects.filter(idea=idea).exists():
        raise AlreadyJoined("This idea is answered with the one that it is joined to.")
    if not idea.sortings.exists():
        raise NotRead("Sort it first: say what the idea is about.")
    if initiative is not None and outcome != models.Answer.Outcome.TAKEN_UP:
        raise NoInitiative("Name an initiative only where the idea is taken up.")
    made = models.Answer.objects.create(
        idea=idea,
        outcome=outcome,
        words=words,
        initiative=initiative,
        by=by.reference,
        on=on,
    )
    facts.record(
        "change.idea_answered",
        thing=idea.thing,
        by=by,
        on=on,
        idea=idea.pk,
        outcome=outcome.label,
        initiative=initiative.pk if initiative else None,
    )
    return made


@commanding.command(capabilities.SORT_IDEAS)
def remove_words(*, idea: models.Idea, by: commanding.Actor, on: date) -> None:
    """Take the words of an idea away for good, as they name or insult somebody; it stays counted.

    Raises:
        AlreadyRemoved: they are gone.
    """
    gone, _ = models.IdeaWords.objects.filter(idea=idea).delete()
    if not gone:
        raise AlreadyRemoved("The words of this idea have been taken away already.")
    facts.record("change.idea_words_removed", thing=idea.thing, by=by, on=on, idea=idea.pk)


def _refuse_a_flood(on: date) -> None:
    unnamed = models.Idea.objects.filter(on=on).exclude(source=models.Idea.Source.OFFICER)
    if unnamed.count() >= MOST_A_DAY:
        raise TooManyToday("More ideas came today than we can take. Please send yours tomorrow.")
