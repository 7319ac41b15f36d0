"""Every year that was asked about, one review with last year's answers first, and its beginning."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.officers.models import Officer
from borough.kernel.pages import cells, components, fields, forms, tables
from borough.kernel.visits import Visit, page
from borough.partnership.next_year import (
    answers,
    capabilities,
    commands,
    models,
    proposals,
    queries,
    steps,
    wording,
)
from borough.partnership.sealed import capabilities as sealing
from borough.partnership.sealed import mandates
from borough.partnership.sealed.models import Mandate

YEARS = (
    tables.text("year", "Year", link="href"),
    tables.text("done", "Answers done"),
    tables.text("held", "Forecasts that held what came"),
    tables.text("stands", "Stands"),
)
SCRIBES = (
    tables.text("panel", "Panel"),
    tables.text("officer", "Sealed by"),
    tables.day("starts", "From"),
    tables.text("end", "What you can do"),
)
PROPOSED = (
    tables.text("side", "By"),
    tables.text("title", "Proposal"),
    tables.text("expects", "What it should move, and to what"),
    tables.text("stop", "What we stop for it"),
    tables.money("cost", "Costs"),
)


class Scribe(forms.Form):
    """Who seals for a panel."""

    side = fields.ChoiceField(
        what="a panel",
        label="Which panel?",
        choices=[(one, proposals.SIDES[one]) for one in proposals.PANELS],
    )
    officer = fields.SelectField(what="an officer", label="Which officer?", choices=())


class Ask(forms.Form):
    """Which panels are asked besides both partners, and until when."""

    panels = fields.ChoicesField(
        what="the panels",
        label="Which panels are asked?",
        help_text="Both partners are always asked. Leave a panel out only if it cannot meet: the "
        "page and the public note then say that it was not heard.",
        choices=[(one, proposals.SIDES[one]) for one in proposals.PANELS],
        required=False,
    )
    closes = fields.DayField(
        what="the last day",
        label="Until which day may all seal their proposals?",
        help_text="That day still counts.",
    )


@page(capabilities.SEE_NEXT_YEAR)
def years(visit: Visit) -> HttpResponse:
    """List the years that were asked about, and how their answers fared."""
    states = [queries.state(one, visit.today) for one in models.Review.objects.order_by("-year")]
    table = tables.Table(
        "Each year’s answers", YEARS, [_year(one) for one in states], empty="Nobody has asked yet."
    )
    newest = states[0] if states else None
    also = {
        "years": table,
        "may_ask": capabilities.PREPARE_NEXT_YEAR.slug in visit.actor.capabilities
        and commands.is_time(visit.today),
        "next": _next(newest, visit.today)
        if newest and not (newest.is_chosen or newest.is_missed)
        else None,
    }
    return render(visit, "next_year/years.html", also)


@page(capabilities.PREPARE_NEXT_YEAR)
def new(visit: Visit) -> HttpResponse:
    """Begin to ask about next year."""
    deed = doing.Deed(
        title="Ask about next year",
        says="It is asked in September, of both partners, of a panel of staff and of a panel of "
        "residents. First all look at what became of last year’s answers.",
        act=lambda: commands.open_review(by=visit.actor, on=visit.today),
        done="Asked. Last year’s answers come first.",
        back=reverse("partnership:next_years"),
        button="Ask the question",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.SEE_NEXT_YEAR)
def review(visit: Visit, year: str) -> HttpResponse:
    """Show last year's answers, then the steps of this review and what was proposed."""
    found = get_object_or_404(models.Review, year=year)
    state = queries.state(found, visit.today)
    last = queries.before(found)
    told = answers.of(queries.state(last, visit.today)) if last else []
    speaker = mandates.speaker(found.thing, visit.actor, visit.today)
    side = speaker.side if speaker else ""
    return render(
        visit,
        "next_year/review.html",
        {
            "year": year,
            "stands": steps.stands(state),
            "waits": "" if state.is_chosen else steps.waits(state, visit.today),
            "last": last,
            "told": wording.answered(told, last.year) if last else None,
            "fared": wording.fared(answers.score(told)) if told else [],
            "chart": wording.drawn(told, last.year) if last else None,
            "side": wording.side(side) if side else "",
            "tasks": steps.tasks(state, side, visit.actor.capabilities, visit.today),
            "missing": wording.sides(state.missing) if state.missing else "",
            "scribes": _scribes(state, visit),
            "groups": [(one.group, _headline(one), _members(one)) for one in state.groups],
            "loose": _proposals("Proposals in no group yet", state.loose) if state.loose else None,
            "own": wording.answered(answers.of(state), year) if state.is_chosen else None,
            "may": visit.actor.capabilities,
            "is_chosen": state.is_chosen,
            "is_open": state.is_open,
            "scored": wording.SCORED,
            "back": reverse("partnership:next_years"),
        },
    )


@page(sealing.GIVE_MANDATES)
def mandate(visit: Visit, year: str) -> HttpResponse:
    """Name who seals for a panel."""
    found = get_object_or_404(models.Review, year=year)
    officers = {str(one.pk): one for one in Officer.objects.filter(is_active=True).order_by("name")}
    form = Scribe(doing.asked(visit))
    forms.offer(form, "officer", [(key, one.name) for key, one in officers.items()])
    deed = doing.Deed(
        title="Name who seals for a panel",
        says="The officer enters what the panel says, and seals it for the panel, in this review "
        "alone. Nobody does it for two sides, and nobody who has spoken for a partner.",
        act=lambda side, officer: mandates.give(
            thing=found.thing,
            side=side,
            officer=officers[officer],
            by=visit.actor,
            on=visit.today,
        ),
        done="Named",
        back=reverse("partnership:next_year", args=[year]),
        places={
            mandates.YourOwnMandate: "officer",
            mandates.SpeaksForAPartner: "officer",
            mandates.AlreadyNamed: "side",
        },
        button="Name them",
    )
    return doing.answer(visit, form, deed)


@page(sealing.GIVE_MANDATES)
def end_mandate(visit: Visit, number: int) -> HttpResponse:
    """End a panel's mandate."""
    held = get_object_or_404(Mandate.objects.select_related("officer"), pk=number)
    found = get_object_or_404(models.Review, pk=held.thing.partition("/")[2])
    deed = doing.Deed(
        title="End a mandate",
        says=f"{held.officer.name} seals for {wording.side(held.side)} no more, from today. What "
        "they sealed stays sealed.",
        act=lambda: mandates.end(mandate=held, by=visit.actor, on=visit.today),
        done="Ended",
        back=reverse("partnership:next_year", args=[found.year]),
        button="End it",
        over="This mandate has ended already." if held.ends else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.PREPARE_NEXT_YEAR)
def ask(visit: Visit, year: str) -> HttpResponse:
    """Ask the sides to seal their proposals."""
    found = get_object_or_404(models.Review, year=year)
    state = queries.state(found, visit.today)
    deed = doing.Deed(
        title="Ask the sides",
        says="Each side seals up to five proposals, apart; one that has none seals none. As soon "
        "as all who are asked have sealed, all are opened at the same moment. If the last day goes "
        "by before that, nothing is opened: you ask again, and each seals anew.",
        act=lambda panels, closes: commands.ask(
            review=found, panels=panels, closes=closes, by=visit.actor, on=visit.today
        ),
        done="Asked",
        back=reverse("partnership:next_year", args=[year]),
        places={commands.NotADay: "closes", commands.NoScribe: "panels"},
        button="Ask them",
        over=steps.waits(state, visit.today) if state.is_missed else "",
    )
    form = Ask(doing.asked(visit), initial={"panels": list(proposals.PANELS)})
    return doing.answer(visit, form, deed)


def _next(state: queries.State, on: date) -> tuple[str, str, str]:
    """Return what a review waits for, where it is, and its year."""
    year = state.review.year
    return steps.waits(state, on), reverse("partnership:next_year", args=[year]), year


def _year(state: queries.State) -> dict[str, object]:
    score = answers.score(answers.of(state))
    return {
        "year": state.review.year,
        "href": reverse("partnership:next_year", args=[state.review.year]),
        "done": f"{score.done} of {score.answers}" if score.answers else "To be chosen",
        "held": f"{score.held} of {score.came}" if score.came else "No data",
        "stands": steps.stands(state),
    }


def _scribes(state: queries.State, visit: Visit) -> tables.Table:
    ends = sealing.GIVE_MANDATES.slug in visit.actor.capabilities and not state.is_open
    rows = [
        {
            "panel": proposals.SIDES[side],
            "officer": state.scribes[side].officer.name if side in state.scribes else "Nobody yet",
            "starts": state.scribes[side].starts if side in state.scribes else None,
            "end": _end(state.scribes[side]) if ends and side in state.scribes else "",
        }
        for side in proposals.PANELS
    ]
    return tables.Table("Who seals for the panels", SCRIBES if ends else SCRIBES[:-1], rows)


def _end(held: Mandate) -> cells.Link:
    address = reverse("partnership:mandate_end", args=[held.pk])
    return cells.Link("End", address, hidden=f"the mandate of {held.officer.name}")


def _headline(one: queries.Grouped) -> cells.Tag:
    if len(one.sides) == 1:
        return cells.Tag("One side", "grey")
    return cells.Tag(f"{len(one.sides)} sides agree", "green")


def _members(one: queries.Grouped) -> tables.Table:
    return _proposals(one.group.title, one.members)


def _proposals(caption: str, found: Sequence[queries.Proposed]) -> tables.Table:
    rows = [
        {
            "title": cells.Lines((each.proposal.title, each.proposal.what)),
            "side": proposals.SIDES[each.side],
            "expects": f"{wording.measure(each.proposal.forecast.measure)}: "
            f"{wording.expects(each.proposal)}",
            "stop": each.proposal.stop,
            "cost": each.proposal.cost_pence,
        }
        for each in found
    ]
    return tables.Table(caption, PROPOSED, rows)


def rows_of(one: queries.Grouped) -> list[components.Row]:
    """Return a group as rows: who proposed it, for whom, what it should move, who owns it."""
    lead = one.lead.proposal
    owners = Officer.objects.in_bulk([lead.for_council, lead.for_partner])
    return [
        components.Row("Proposed by", wording.named(one.sides)),
        components.Row("What", lead.what),
        components.Row("For whom", lead.for_whom),
        components.Row("What we stop for it", lead.stop),
        components.Row(
            "What it should move",
            cells.Lines(
                tuple(
                    f"{proposals.SIDES[each.side]}: "
                    f"{wording.measure(each.proposal.forecast.measure)}, "
                    f"{wording.expects(each.proposal)}"
                    for each in one.members
                )
            ),
        ),
        components.Row("Costs", cells.Pence(lead.cost_pence)),
        components.Row("Owned for the council by", owners[lead.for_council].name),
        components.Row("Owned for the partner by", owners[lead.for_partner].name),
    ]
