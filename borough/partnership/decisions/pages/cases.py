"""Decisions due, one case as a list of steps, its papers, and its book to take away."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, tables
from borough.kernel.visits import Visit, page
from borough.partnership.decisions import (
    books,
    capabilities,
    commands,
    manifests,
    models,
    publishing,
    queries,
    steps,
)
from borough.partnership.decisions.pages import proof
from borough.partnership.sealed.models import Round

MOST_MEGABYTES = 10
CASES = (
    tables.text("case", "What is decided", link="href"),
    tables.day("decide_by", "Decide by"),
    tables.text("next", "What you do next"),
    tables.text("state", "Stands"),
)


class NewCase(forms.Form):
    """What is to be decided, between what, by when, and who else is heard."""

    title = fields.TextField(
        what="what is to be decided", label="What is to be decided, in a line?", max_length=120
    )
    why = fields.LongTextField(what="why", label="Why does it need a decision?", max_length=4000)
    others = fields.LongTextField(
        what="at least one option",
        label="Between which options?",
        help_text="One on each line. To do nothing is always an option: leave it out here.",
        max_length=(commands.LONGEST_OPTION + 2) * commands.MOST_OPTIONS,
    )
    ordered = fields.YesNoField(
        what="yes if the options stand in an order",
        label="Does each option go further than the one before it?",
        help_text="From doing nothing to the most. It says how near to each other two answers are.",
        required=False,
    )
    consult = fields.LongTextField(
        what="who must be consulted",
        label="Who must be consulted first?",
        rows=2,
        required=False,
        max_length=2000,
    )
    decide_by = fields.DayField(what="the day", label="By which day must it be decided?")
    matters = fields.ChoiceField(
        what="how much it matters",
        label="How much does it matter?",
        choices=models.Case.Matters.choices,
    )
    shown = fields.ChoiceField(
        what="what is published", label="What is published?", choices=models.Case.Shown.choices
    )
    mode = fields.ChoiceField(
        what="how positions are kept",
        label="How are the positions kept until both are opened?",
        choices=Round.Mode.choices,
        hints={
            Round.Mode.SERVER: "The plain way. Nobody reads them here before, of either partner.",
            Round.Mode.SPLIT: "For high stakes: the other partner need not even trust who runs "
            "this system. Each keeps a file, and must not lose it.",
        },
    )


class NewPaper(forms.Form):
    """A paper for a case."""

    title = fields.TextField(what="what it is", label="What is it?", max_length=120)
    file = fields.UploadField(
        what="a file",
        label="Which file?",
        extensions=frozenset({"pdf", "jpg", "jpeg", "png"}),
        most_megabytes=MOST_MEGABYTES,
    )


@page(capabilities.SEE_DECISIONS)
def decisions(visit: Visit) -> HttpResponse:
    """List what is to be decided, and what has been."""
    party = steps.party_of(visit)
    found = queries.states(models.Case.objects.order_by("decide_by", "pk"))
    due = [_row(one, party, visit.today) for one in found if not one.is_decided]
    done = [_row(one, party, visit.today) for one in reversed(found) if one.is_decided]
    return render(
        visit,
        "decisions/decisions.html",
        {
            "party": party,
            "due": tables.Table("Decisions due", CASES, due, empty="Nothing waits to be decided."),
            "done": tables.Table("Decided", CASES, done, empty="Nothing has been decided yet."),
            "may_prepare": capabilities.PREPARE_DECISION.slug in visit.actor.capabilities,
        },
    )


@page(capabilities.PREPARE_DECISION)
def new(visit: Visit) -> HttpResponse:
    """Open a case."""

    def act(**asked: object) -> None:
        question = commands.Question(**{**asked, "others": str(asked["others"]).splitlines()})  # type: ignore[arg-type]
        commands.open_case(question=question, by=visit.actor, on=visit.today)

    deed = doing.Deed(
        title="Open a case",
        says="Both partners decide it on the same information. Each first says apart what it "
        "thinks; then both are opened at once.",
        act=act,
        done="Case opened",
        back=reverse("partnership:decisions"),
        places={commands.NotADay: "decide_by", commands.NoChoice: "others"},
        button="Open the case",
    )
    return doing.answer(visit, NewCase(doing.asked(visit)), deed)


@page(capabilities.SEE_DECISIONS)
def case(visit: Visit, number: int) -> HttpResponse:
    """Show a case: its steps, what is asked, and the information that both have."""
    found = get_object_or_404(models.Case, pk=number)
    state = queries.state(found)
    party = steps.party_of(visit)
    step = queries.next_step(state, party, visit.today)
    return render(
        visit,
        "decisions/case.html",
        {
            "identity": _identity(state),
            "next": step.value,
            "next_href": steps.address(step, state),
            "tasks": steps.tasks(state, party, visit.today),
            "asked": _asked(found),
            "options": found.options,
            "pack": state.pack and _pack(state.pack),
            "papers": list(found.papers.order_by("title")),
            "new_papers": steps.papers_outside(state),
            "holds_more": state.holds_more,
            "may_be_shown": publishing.may_be_shown(found),
            "may_prepare": capabilities.PREPARE_DECISION.slug in visit.actor.capabilities,
            "state": state,
            "back": reverse("partnership:decisions"),
        },
    )


@page(capabilities.PREPARE_DECISION)
def add_paper(visit: Visit, number: int) -> HttpResponse:
    """Add a paper to a case; it counts once the information is frozen with it."""
    found = get_object_or_404(models.Case, pk=number)
    back = reverse("partnership:decision", args=[number])
    form = NewPaper(doing.asked(visit), visit.FILES or None)

    def act(title: str, file: object) -> None:
        commands.add_paper(
            case=found,
            title=title,
            content=file.read(),  # type: ignore[attr-defined]
            folder=settings.DOCUMENTS,
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title="Add a paper",
        says="Both partners can read it at once. It is part of the information as soon as that is "
        "frozen with it; if it was frozen before, that makes a new version.",
        act=act,
        done="Paper added",
        back=back,
        places={commands.NoPaper: "file"},
    )
    return doing.answer(visit, form, deed)


@page(capabilities.SEE_DECISIONS)
def paper(visit: Visit, number: int) -> HttpResponse:
    """Hand out a paper as it was kept, for the browser to keep and never to run."""
    found = get_object_or_404(models.Paper, pk=number)
    path = manifests.where(settings.DOCUMENTS, found)
    if not path.exists():
        raise Http404
    return proof.download(path.read_bytes(), found.media, path.name)


@page(capabilities.SEE_DECISIONS)
def check(visit: Visit, number: int) -> HttpResponse:
    """Check every link, seal and paper of a case anew."""
    found = get_object_or_404(models.Case, pk=number)
    shown = proof.Checked(
        title=found.title,
        of=found.thing,
        faults=books.faults(found, settings.DOCUMENTS),
        back=reverse("partnership:decision", args=[number]),
    )
    return proof.page_of(visit, shown)


@page(capabilities.SEE_DECISIONS)
def book(visit: Visit, number: int) -> HttpResponse:
    """Hand out the book of a case; the same file to both partners."""
    found = get_object_or_404(models.Case, pk=number)
    return proof.download(books.file(found), "application/json", f"case-{number}.json")


def _row(one: queries.State, party: str, on: date) -> dict[str, object]:
    step = queries.next_step(one, party, on)
    address = steps.address(step, one)
    late = not one.is_decided and on > one.case.decide_by
    words = cells.Link(step.value, address, f"({one.case.title})") if address else step.value
    return {
        "case": one.case.title,
        "href": reverse("partnership:decision", args=[one.case.pk]),
        "decide_by": one.case.decide_by,
        "next": words,
        "state": cells.Tag("Overdue", "red") if late else steps.stands(one),
    }


def _identity(one: queries.State) -> components.Identity:
    flags = [steps.stands(one)]
    if one.holds_more:
        flags.append(cells.Tag("Unequal information", "orange"))
    return components.Identity(
        name=one.case.title,
        rows=(
            components.Row("Case", str(one.case.pk)),
            components.Row("Decide by", one.case.decide_by),
            components.Row(
                "Last day for sealing", one.round.round.closes if one.round else "Not asked yet"
            ),
        ),
        flags=flags,
    )


def _asked(found: models.Case) -> list[components.Row]:
    return [
        components.Row("Why", found.why),
        components.Row("Options", cells.Lines(tuple(found.options))),
        components.Row("To be consulted first", found.consult or "Nobody was named"),
        components.Row("How much it matters", found.get_matters_display()),
        components.Row("Published", _published(found)),
        components.Row("Positions", found.get_mode_display()),
    ]


def _published(found: models.Case) -> str:
    if queries.is_withheld(found):
        return f"Nothing of it: {found.withholding.why}"
    return found.get_shown_display()


def _pack(pack: models.Pack) -> list[components.Row]:
    told = pack.told
    papers = {one.sha256: one for one in pack.case.papers.all()}
    measures = tuple(f"{one['title']}: {steps.counted(one['count'])}" for one in told["measures"])
    links = tuple(
        cells.Link(one["title"], reverse("partnership:paper", args=[papers[one["sha256"]].pk]))
        for one in told["papers"]
        if one["sha256"] in papers
    )
    return [
        components.Row("Version", f"{pack.version}, frozen {pack.on:%-d %B %Y}"),
        components.Row("Papers", cells.Lines(links) if links else "None"),
        components.Row("Counts", cells.Lines(measures) if measures else "None"),
        components.Row("We assume", cells.Lines(tuple(told["assumptions"])) or "Nothing"),
        components.Row("Its seal (SHA-256)", steps.broken(pack.digest)),
    ]
