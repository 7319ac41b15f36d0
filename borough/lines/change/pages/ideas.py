"""Ideas as officers see them: what waits, what each says, and what is told to who sent it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, paging, tables, wording
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, models
from borough.lines.change.commands import ideas as commands
from borough.lines.change.models import Stage
from borough.lines.change.pages import sides
from borough.lines.change.queries import ideas as queries
from borough.lines.change.queries import initiatives

COLUMNS = (
    tables.text("title", "Idea", link="href"),
    tables.text("source", "From"),
    tables.day("on", "Came in"),
    tables.text("state", "Stands"),
    tables.day("answer_by", "Answer by"),
)
STATES = [(one.name.lower(), one.value) for one in queries.State]
OUTCOMES = models.Answer.Outcome.choices
COLOURS = {
    queries.State.NEW: "blue",
    queries.State.SORTED: "yellow",
    queries.State.JOINED: "grey",
    queries.State.ANSWERED: "green",
}


class Filter(forms.FilterForm):
    state = fields.ChoiceField(
        what="how far they are", label="How far are they?", choices=[("", "All"), *STATES]
    )


class Idea(forms.Form):
    title = fields.TextField(
        what="your idea in a few words", label="Your idea in a few words", max_length=120
    )
    words = fields.LongTextField(
        what="what you would do better or differently",
        label="What would you do better or differently, and for whom?",
        help_text="Please name nobody, and tell us nothing private: officers of the council and of "
        "its partner read it.",
        max_length=3000,
        rows=8,
    )


class Sort(forms.Form):
    theme = fields.ChoiceField(
        what="what it is about", label="What is it about?", choices=models.Theme.choices
    )


class Join(forms.Form):
    into = fields.SelectField(
        what="the idea that it is like", label="Which idea is it like?", choices=()
    )


class Answer(forms.Form):
    outcome = fields.ChoiceField(
        what="what becomes of it", label="What becomes of it?", choices=OUTCOMES
    )
    initiative = fields.SelectField(
        what="the initiative that takes it up",
        label="Which initiative takes it up?",
        choices=(),
        required=False,
        empty="None yet",
    )
    words = fields.LongTextField(
        what="what we tell who sent it",
        label="What do we tell who sent it?",
        help_text="They read these words as they stand. Say what will happen, and why.",
        max_length=2000,
    )


@page(capabilities.SEE_CHANGE)
def ideas(visit: Visit) -> HttpResponse:
    """List ideas, those that wait longest first."""
    form = Filter(visit.GET)
    wanted = form.chosen().get("state", "")
    found = [card for card in queries.cards() if not wanted or card.state.name.lower() == wanted]
    found.sort(key=lambda card: (not card.waits, card.answer_by, card.idea.pk))
    shown = paging.numbered(found, visit.GET)
    rows = [
        {
            "title": card.title,
            "href": reverse("change:idea_page", args=[card.idea.pk]),
            "source": card.idea.get_source_display(),
            "on": card.idea.on,
            "state": _state(card, visit),
            "answer_by": card.answer_by,
        }
        for card in shown
    ]
    table = tables.Table("Ideas", COLUMNS, rows, empty="No idea like that came in.")
    may_send = capabilities.SEND_IDEA.slug in visit.actor.capabilities
    return render(
        visit,
        "change/ideas.html",
        {"filter": form, "table": table, "page": shown, "may_send": may_send},
    )


@page(capabilities.SEND_IDEA)
def new(visit: Visit) -> HttpResponse:
    """Take in an officer's idea."""
    deed = doing.Deed(
        title="Send an idea",
        says="Your name is kept with it, and colleagues of both partners see it. To send one "
        "without your name, sign out and use the page for everybody.",
        act=lambda title, words: commands.send(
            title=title,
            words=words,
            source=models.Idea.Source.OFFICER,
            by=visit.actor,
            on=visit.today,
        ),
        done="Idea sent. You are told what becomes of it among the ideas",
        back=reverse("change:ideas")
        if capabilities.SEE_CHANGE.slug in visit.actor.capabilities
        else reverse("home"),
        button="Send it",
    )
    return doing.answer(visit, Idea(doing.asked(visit)), deed)


@page(capabilities.SEE_CHANGE)
def idea(visit: Visit, number: int) -> HttpResponse:
    """Show one idea: its words, with what it was joined, what was answered."""
    card = queries.card(get_object_or_404(models.Idea, pk=number))
    joined = queries.cards(models.Idea.objects.filter(joining__into=card.idea))
    return render(
        visit,
        "change/idea.html",
        {
            "identity": _identity(card, visit),
            "card": card,
            "like": [
                cells.Link(one.title, reverse("change:idea_page", args=[one.idea.pk]))
                for one in joined
            ],
            "head": _head(card),
            "ways": _ways(card, visit),
            "events": sides.timeline(card.idea.thing),
        },
    )


@page(capabilities.SORT_IDEAS)
def sort(visit: Visit, number: int) -> HttpResponse:
    """Say what an idea is about."""
    card = queries.card(get_object_or_404(models.Idea, pk=number))
    deed = doing.Deed(
        title="Sort this idea",
        says=f"{card.title}. By sorting it you say that you have read it.",
        act=lambda theme: commands.sort(
            idea=card.idea, theme=models.Theme(theme), by=visit.actor, on=visit.today
        ),
        done="Idea sorted",
        back=_page(number),
    )
    return doing.answer(visit, Sort(doing.asked(visit)), deed)


@page(capabilities.SORT_IDEAS)
def join(visit: Visit, number: int) -> HttpResponse:
    """Join an idea with one like it."""
    card = queries.card(get_object_or_404(models.Idea, pk=number))
    others = {
        str(one.idea.pk): one
        for one in queries.cards()
        if one.head.pk == one.idea.pk and one.idea.pk != number
    }
    form = Join(doing.asked(visit))
    _offer(form, "into", [(key, f"{one.idea.pk}: {one.title}") for key, one in others.items()])
    deed = doing.Deed(
        title="Join with an idea like it",
        says=f"{card.title}. It is answered with the other from then on; both senders read the "
        "same answer. This is not undone.",
        act=lambda into: commands.join(
            idea=card.idea, into=others[into].idea, by=visit.actor, on=visit.today
        ),
        done="Ideas joined",
        back=_page(number),
        places={commands.LikeItself: "into"},
        over="" if card.state != queries.State.JOINED else "This idea is joined already.",
    )
    return doing.answer(visit, form, deed)


@page(capabilities.SORT_IDEAS)
def answer(visit: Visit, number: int) -> HttpResponse:
    """Tell who sent an idea what becomes of it."""
    card = queries.card(get_object_or_404(models.Idea, pk=number))
    open_ones = {
        str(one.initiative.pk): one.initiative
        for one in initiatives.cards(visit.today)
        if one.stage != Stage.STOPPED
    }
    form = Answer(doing.asked(visit))
    some = [("", "None yet"), *((key, one.title) for key, one in open_ones.items())]
    forms.offer(form, "initiative", some)
    deed = doing.Deed(
        title="Answer this idea",
        says=f"{card.title}. Whoever has the reference reads the answer"
        + (f", and so do the senders of {card.like} like it." if card.like else "."),
        act=lambda outcome, initiative, words: commands.answer(
            idea=card.idea,
            outcome=models.Answer.Outcome(outcome),
            words=words,
            initiative=open_ones.get(initiative),
            by=visit.actor,
            on=visit.today,
        ),
        done="Answered",
        back=_page(number),
        places={commands.NoInitiative: "initiative"},
    )
    return doing.answer(visit, form, deed)


@page(capabilities.SORT_IDEAS)
def remove(visit: Visit, number: int) -> HttpResponse:
    """Take the words of an idea away."""
    card = queries.card(get_object_or_404(models.Idea, pk=number))
    deed = doing.Deed(
        title="Take the words away",
        says="Do this when they name or insult somebody, or tell something private. The words go "
        "for good; that an idea came in stays, and so does its answer.",
        act=lambda: commands.remove_words(idea=card.idea, by=visit.actor, on=visit.today),
        done="The words are gone",
        back=_page(number),
        button="Take them away",
        over="" if card.words else "The words have been taken away already.",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _page(number: int) -> str:
    return reverse("change:idea_page", args=[number])


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    forms.offer(form, name, [("", "Select an option"), *choices])


def _state(card: queries.Card, visit: Visit) -> cells.Lines:
    tags = [cells.Tag(card.state.value, COLOURS[card.state])]
    if card.is_late(visit.today):
        tags.append(cells.Tag("Late", "red"))
    return cells.Lines(tuple(tags))


def _identity(card: queries.Card, visit: Visit) -> components.Identity:
    rows = [
        components.Row("Reference", card.idea.reference),
        components.Row("From", card.idea.get_source_display()),
        components.Row("Came in", wording.day(card.idea.on)),
        components.Row("About", card.theme or "Not read yet"),
        components.Row("Answer by", wording.day(card.answer_by)),
    ]
    flags = [cells.Tag(card.state.value, COLOURS[card.state])]
    if card.is_late(visit.today):
        flags.append(cells.Tag("Late", "red"))
    return components.Identity(card.title, rows, flags)


def _head(card: queries.Card) -> cells.Link | None:
    if card.head.pk == card.idea.pk:
        return None
    return cells.Link(queries.card(card.head).title, _page(card.head.pk))


def _ways(card: queries.Card, visit: Visit) -> list[cells.Link]:
    """Return what the officer can do with an idea."""
    if capabilities.SORT_IDEAS.slug not in visit.actor.capabilities:
        return []
    number = card.idea.pk
    ways = [("Sort it", "idea_theme")]
    if card.state != queries.State.JOINED:
        ways += [("Join it with one like it", "idea_joining")]
    if card.theme and card.state != queries.State.JOINED:
        ways += [("Answer it again" if card.answer else "Answer it", "idea_answer")]
    if card.words:
        ways += [("Take its words away", "idea_removal")]
    return [cells.Link(text, reverse(f"change:{name}", args=[number])) for text, name in ways]
