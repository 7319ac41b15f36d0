"""An initiative: whose it is, how far it is, what it is to reach, what it may bring."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, models, owners
from borough.lines.change.commands import initiatives as commands
from borough.lines.change.models import Stage
from borough.lines.change.pages import benefits, choosing, sides
from borough.lines.change.queries import initiatives as queries

MILESTONES = (
    tables.text("title", "Milestone"),
    tables.day("first_due", "First due"),
    tables.day("due", "Worked to"),
    tables.text("state", "Stands"),
    tables.text("can", "What you can do"),
)
RISKS = (
    tables.text("title", "Risk"),
    tables.text("seen", "Likelihood by impact"),
    tables.text("plan", "What is done"),
    tables.text("owner", "Looked after by"),
    tables.day("review_on", "Looked at again"),
    tables.text("can", "What you can do"),
)
COLOURS = {
    Stage.SHAPING: "blue",
    Stage.AGREED: "turquoise",
    Stage.UNDER_WAY: "yellow",
    Stage.DONE: "green",
    Stage.STOPPED: "grey",
}
HIGH, MIDDLING = 15, 8
"""From which score a risk is high, and middling: on the usual five by five."""


class Pair(forms.Form):
    for_council = fields.SelectField(
        what="who owns it for the council", label="Who owns it for the council?", choices=()
    )
    for_partner = fields.SelectField(
        what="who owns it for the partner", label="Who owns it for the partner?", choices=()
    )


class New(Pair):
    title = fields.TextField(what="a title", label="What is the initiative called?", max_length=120)
    purpose = fields.LongTextField(
        what="what it is for",
        label="What will be better or different, and for whom?",
        max_length=2000,
    )
    beyond_contract = fields.YesNoField(
        what="yes if no contract asks for it",
        label="Does it go beyond what the contract asks for?",
        help_text="What both want although no contract asks for it stands on the joint agenda.",
    )
    field_order = ("title", "purpose", "beyond_contract")


class Owners(Pair):
    starts = fields.DayField(what="from which day", label="From which day do they own it?")


class Move(forms.Form):
    to = fields.ChoiceField(what="where it goes", label="Where does it go from here?", choices=())


@page(capabilities.LEAD_INITIATIVE)
def new(visit: Visit) -> HttpResponse:
    """Begin an initiative."""
    who = choosing.officers(capabilities.OWN_INITIATIVE, visit.today)
    form = New(doing.asked(visit))
    choosing.offer(form, "for_council", who)
    choosing.offer(form, "for_partner", who)

    def act(title: str, purpose: str, *, beyond_contract: bool, **two: str) -> None:
        commands.begin(
            title=title,
            purpose=purpose,
            beyond_contract=beyond_contract,
            for_council=who[two["for_council"]],
            for_partner=who[two["for_partner"]],
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title="Begin an initiative",
        says="Two officers own it together, one for each partner. It begins by being shaped; its "
        "business case is decided before it is agreed.",
        act=act,
        done="Initiative begun",
        back=reverse("change:board"),
        places={commands.SameOfficer: "for_partner"},
        button="Begin it",
    )
    return doing.answer(visit, form, deed)


@page(capabilities.SEE_CHANGE)
def initiative(visit: Visit, number: int) -> HttpResponse:
    """Show one initiative."""
    found = choosing.initiative(number)
    [card] = [one for one in queries.cards(visit.today) if one.initiative == found]
    is_owner = visit.actor.reference in owners.two(found, visit.today)
    context = {
        "identity": _identity(card, visit),
        "aim": found.purpose,
        "milestones": _milestones(found, visit, may=is_owner),
        "risks": _risks(found, visit),
        "benefits": benefits.table(found),
        "case": found.cases.order_by("-pk").first(),
        "lessons": list(found.lessons.order_by("pk")),
        "ways": _ways(found, visit, is_owner=is_owner),
        "events": sides.timeline(found.thing),
    }
    return render(visit, "change/initiative.html", context)


@page(capabilities.LEAD_INITIATIVE)
def owners_page(visit: Visit, number: int) -> HttpResponse:
    """Give an initiative to two other officers."""
    found = choosing.initiative(number)
    who = choosing.officers(capabilities.OWN_INITIATIVE, visit.today)
    form = Owners(doing.asked(visit), initial={"starts": visit.today})
    choosing.offer(form, "for_council", who)
    choosing.offer(form, "for_partner", who)

    def act(for_council: str, for_partner: str, starts: date) -> None:
        commands.name_owners(
            initiative=found,
            for_council=who[for_council],
            for_partner=who[for_partner],
            starts=starts,
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title="Name its owners",
        says=f"{found.title}. Who owned it before stays on record.",
        act=act,
        done="Owners named",
        back=choosing.address(number),
        places={commands.SameOfficer: "for_partner", commands.TooSoon: "starts"},
    )
    return doing.answer(visit, form, deed)


@page(capabilities.LEAD_INITIATIVE)
def stage(visit: Visit, number: int) -> HttpResponse:
    """Move an initiative on, or stop it."""
    found = choosing.initiative(number)
    now = queries.stage_of(found)
    form = Move(doing.asked(visit))
    ways = [(one.value, one.label) for one in commands.NEXT.get(now, ())]
    forms.offer(form, "to", ways)
    deed = doing.Deed(
        title="Move it on",
        says=f"{found.title} is {now.label.lower()} now. It never goes back; what is stopped can "
        "be begun anew.",
        act=lambda to: commands.move(
            initiative=found, to=Stage(to), by=visit.actor, on=visit.today
        ),
        done="Moved on",
        back=choosing.address(number),
        over="" if ways else f"It is {now.label.lower()}: there is nowhere to go from there.",
    )
    return doing.answer(visit, form, deed)


def score_tag(score: int) -> cells.Tag:
    """Return a risk's score in a word and a number; colour alone says nothing."""
    word, colour = (
        ("High", "red")
        if score >= HIGH
        else ("Middling", "yellow")
        if score >= MIDDLING
        else ("Low", "green")
    )
    return cells.Tag(f"{word}, {score}", colour)


def _identity(card: queries.Card, visit: Visit) -> components.Identity:
    agenda = "Joint agenda, beyond the contract" if card.initiative.beyond_contract else "Contract"
    days = card.age_days(visit.today)
    council, partner = card.owners
    rows = [
        components.Row("For the council", council or None),
        components.Row("For the partner", partner or None),
        components.Row("Belongs to", agenda),
        components.Row("Here since", f"{wording.day(card.since)}, {days} days"),
    ]
    flags = [cells.Tag(card.stage.label, COLOURS[card.stage])]
    if card.late:
        flags.append(cells.Tag(f"Late: {card.late}", "red"))
    return components.Identity(card.initiative.title, rows, flags)


def _milestones(found: models.Initiative, visit: Visit, *, may: bool) -> tables.Table:
    rows = []
    for card in queries.milestones(found):
        ways: tuple[tuple[str, str], ...] = ()
        if may and card.met is None:
            ways = (("Met", "milestone_met"), ("Put off", "milestone_day"))
        rows.append(
            {
                "title": card.milestone.title,
                "first_due": card.first_due,
                "due": card.due,
                "state": milestone_state(card, visit.today),
                "can": _links(ways, card.milestone.pk, card.milestone.title),
            }
        )
    columns = _needed(MILESTONES, rows)
    return tables.Table("Milestones", columns, rows, empty="No milestone is set yet.")


def milestone_state(card: queries.MilestoneCard, on: date) -> cells.Lines | cells.Tag:
    """Return how a milestone stands, with the evidence of one that was met."""
    if card.met is None:
        return cells.Tag("Late", "red") if card.is_late(on) else cells.Tag("To come", "blue")
    in_time = card.met.met_on <= card.first_due
    tag = cells.Tag("Met in time", "green") if in_time else cells.Tag("Met late", "yellow")
    return cells.Lines((tag, f"{wording.short_day(card.met.met_on)}: {card.met.evidence}"))


def _risks(found: models.Initiative, visit: Visit) -> tables.Table:
    may = capabilities.OWN_INITIATIVE.slug in visit.actor.capabilities
    rows = []
    for card in queries.risks(found):
        view, before = card.view, card.before
        seen: list[object] = [score_tag(view.score), f"{view.likelihood} by {view.impact}"]
        if before:
            seen.append(f"Before: {', '.join(str(one.score) for one in before)}")
        if card.end:
            seen = [cells.Tag("None any more", "grey"), card.end.because]
        ways = (("Look again", "risk"), ("It is none", "risk_end")) if may and not card.end else ()
        rows.append(
            {
                "title": card.risk.title,
                "seen": cells.Lines(tuple(seen)),
                "plan": f"{view.get_response_display()}. {view.plan}",
                "owner": view.owner.name,
                "review_on": None if card.end else view.review_on,
                "can": _links(ways, card.risk.pk, card.risk.title),
            }
        )
    columns = _needed(RISKS, rows)
    return tables.Table("Risks", columns, rows, empty="No risk is named. That is seldom so.")


def _needed(columns: tuple[tables.Column, ...], rows: list[dict[str, Any]]) -> list[tables.Column]:
    """Return the columns without that of what can be done where nothing can."""
    return [one for one in columns if one.key != "can" or any(row["can"] for row in rows)]


def _links(ways: tuple[tuple[str, str], ...], number: int, of: str) -> cells.Lines | str:
    if not ways:
        return ""
    return cells.Lines(
        tuple(cells.Link(text, reverse(f"change:{name}", args=[number]), of) for text, name in ways)
    )


def _ways(found: models.Initiative, visit: Visit, *, is_owner: bool) -> list[cells.Link]:
    """Return what the officer can do with an initiative."""
    may, ways = visit.actor.capabilities, []
    is_over = queries.is_over(found)
    if capabilities.LEAD_INITIATIVE.slug in may:
        ways += [] if is_over else [("Move it on", "initiative_stage")]
        ways += [("Name its owners", "initiative_owners")]
    if is_owner:
        ways += [] if is_over else [("Set a milestone", "milestone_new")]
        ways += [("Say what it may bring", "benefit_new"), ("Write a business case", "case_new")]
    if capabilities.OWN_INITIATIVE.slug in may:
        ways += [("Name a risk", "risk_new"), ("Write down a lesson", "lesson_new")]
    return [cells.Link(text, reverse(f"change:{name}", args=[found.pk])) for text, name in ways]
