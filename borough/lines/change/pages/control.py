"""Change control: what is asked for, what it does, by whom and by when, and the decision."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, paging, tables, wording
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, models
from borough.lines.change.commands import control as commands
from borough.lines.change.models import Impact
from borough.lines.change.pages import choosing, sides
from borough.lines.change.queries import control as queries

REQUESTS = (
    tables.text("title", "Change", link="href"),
    tables.day("on", "Asked for"),
    tables.text("state", "Stands"),
    tables.text("next", "Next"),
)
STEPS = (
    tables.text("title", "Step"),
    tables.text("who", "Who"),
    tables.text("by", "By"),
    tables.text("done", "Done"),
    tables.text("says", "What it does"),
)
ASKS = {
    Impact.PRICE: "What does it do to the price?",
    Impact.MEASURES: "What does it do to measures and their targets?",
    Impact.STAFF: "What does it do to staff?",
    Impact.PRIVACY: "What does it do to people’s data?",
}


class New(forms.Form):
    title = fields.TextField(
        what="the change in a few words", label="The change in a few words", max_length=120
    )
    words = fields.LongTextField(
        what="what is to change, and why", label="What is to change, and why?", max_length=3000
    )
    initiative = fields.SelectField(
        what="the initiative that it comes from",
        label="From which initiative does it come?",
        choices=(),
        required=False,
        empty="None",
    )


class Assessors(forms.Form):
    price = fields.SelectField(what="who assesses the price", label="Price", choices=())
    measures = fields.SelectField(what="who assesses measures", label="Measures", choices=())
    staff = fields.SelectField(what="who assesses staff", label="Staff", choices=())
    privacy = fields.SelectField(what="who assesses privacy", label="Privacy", choices=())


class Words(forms.Form):
    words = fields.LongTextField(what="what it does", label="What does it do?", max_length=2000)


class Price(Words):
    yearly_pence = fields.MoneyField(
        what="what it costs a year",
        label="What does it cost a year?",
        help_text="Below zero if it saves.",
        least_pence=-fields.LARGEST_PENCE,
    )


class Staff(Words):
    posts = fields.WholeNumberField(
        what="how many posts",
        label="How many posts more?",
        help_text="Whole posts; below zero for fewer.",
        min_value=-10_000,
        max_value=10_000,
    )


class Privacy(Words):
    needs_dpia = fields.YesNoField(
        what="yes if it needs a data protection impact assessment",
        label="Does it need a data protection impact assessment?",
        help_text="When it is likely to put people at a high risk (UK GDPR, article 35).",
    )


class Decision(forms.Form):
    approved = fields.YesNoField(what="yes if the change is made", label="Is the change made?")
    because = fields.LongTextField(what="why", label="Why?", max_length=2000)


FORMS: dict[Impact, type[forms.Form]] = {
    Impact.PRICE: Price,
    Impact.MEASURES: Words,
    Impact.STAFF: Staff,
    Impact.PRIVACY: Privacy,
}


@page(capabilities.SEE_CHANGE)
def requests(visit: Visit) -> HttpResponse:
    """List changes, the newest first."""
    shown = paging.numbered(queries.cards(visit.today), visit.GET)
    rows = [
        {
            "title": card.request.title,
            "href": _address(card.request.pk),
            "on": card.request.on,
            "state": _state(card, visit),
            "next": _next(card),
        }
        for card in shown
    ]
    may = capabilities.REQUEST_CHANGE.slug in visit.actor.capabilities
    table = tables.Table("Changes", REQUESTS, rows, empty="No change was asked for.")
    return render(visit, "change/requests.html", {"table": table, "page": shown, "may": may})


@page(capabilities.REQUEST_CHANGE)
def new(visit: Visit) -> HttpResponse:
    """Ask for a change."""
    found = {str(one.pk): one for one in models.Initiative.objects.order_by("title", "pk")}
    form = New(doing.asked(visit))
    named = [("", "None"), *((key, one.title) for key, one in found.items())]
    forms.offer(form, "initiative", named)
    deed = doing.Deed(
        title="Ask for a change",
        says="Of what both partners agreed. Four officers say what it does to price, measures, "
        "staff and privacy; then somebody who did neither decides.",
        act=lambda title, words, initiative: commands.request(
            title=title,
            words=words,
            initiative=found.get(initiative),
            by=visit.actor,
            on=visit.today,
        ),
        done="Change asked for",
        back=reverse("change:requests"),
        button="Ask for it",
    )
    return doing.answer(visit, form, deed)


@page(capabilities.SEE_CHANGE)
def request(visit: Visit, number: int) -> HttpResponse:
    """Show a change: its steps with their clocks."""
    card = _card(number, visit)
    return render(
        visit,
        "change/request.html",
        {
            "identity": components.Identity(
                card.request.title,
                [
                    components.Row("Asked for", wording.day(card.request.on)),
                    components.Row("Next", _next(card)),
                ],
                list(_state(card, visit).values),
            ),
            "card": card,
            "steps": _steps(card, visit),
            "ways": _ways(card, visit),
            "events": sides.timeline(card.request.thing),
        },
    )


@page(capabilities.LEAD_INITIATIVE)
def assessors(visit: Visit, number: int) -> HttpResponse:
    """Name who assesses a change."""
    card = _card(number, visit)
    who = {
        key: one
        for key, one in choosing.officers(capabilities.ASSESS_CHANGE, visit.today).items()
        if one.reference != card.request.by
    }
    named = {one.impact.value: one.assessor.partition("/")[2] for one in card.impacts if one.impact}
    form = Assessors(doing.asked(visit), initial=named)
    for one in Impact:
        choosing.offer(form, one.value, who)
    deed = doing.Deed(
        title="Name who assesses it",
        says=f"{card.request.title}. Each has some working days from now; all can see the clock. "
        "Who asked for the change is not among them.",
        act=lambda **given: commands.name_assessors(
            request=card.request,
            assessors={Impact(name): who[key] for name, key in given.items()},
            by=visit.actor,
            on=visit.today,
        ),
        done="Assessors named",
        back=_address(number),
        over="This change was decided already." if card.ruling else "",
    )
    return doing.answer(visit, form, deed)


@page(capabilities.ASSESS_CHANGE)
def assess(visit: Visit, number: int, impact: str) -> HttpResponse:
    """Say what a change does."""
    if impact not in Impact.values:
        raise Http404
    card, of = _card(number, visit), Impact(impact)

    def act(words: str, **figure: Any) -> None:
        if "posts" in figure:
            figure = {"posts_hundredths": figure["posts"] * 100}
        judgement = commands.Judgement(words, **figure)
        commands.assess(
            request=card.request, impact=of, judgement=judgement, by=visit.actor, on=visit.today
        )

    deed = doing.Deed(
        title=ASKS[of],
        says=f"{card.request.title}. {card.request.words}",
        act=act,
        done="Assessed",
        back=_address(number),
        over="This was assessed already." if impact in card.assessments else "",
    )
    return doing.answer(visit, FORMS[of](doing.asked(visit)), deed)


@page(capabilities.DECIDE_CHANGE)
def decide(visit: Visit, number: int) -> HttpResponse:
    """Decide on a change."""
    card = _card(number, visit)

    def act(because: str, *, approved: bool) -> None:
        commands.decide(
            request=card.request,
            approved=approved,
            because=because,
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title="Decide on a change",
        says=f"{card.request.title}. What binds both partners (a price, a baseline, a target) is "
        "changed at the shared table, signed by both; this says that it may be.",
        act=act,
        done="Decided",
        back=_address(number),
        button="Decide",
        over="This change was decided already." if card.ruling else "",
    )
    form = Decision(doing.asked(visit))
    also = {"steps": _steps(card, visit)}
    return doing.answer(visit, form, deed, template="change/decide.html", also=also)


def _card(number: int, visit: Visit) -> queries.Card:
    found = get_object_or_404(models.Request, pk=number)
    [card] = queries.cards(visit.today, found)
    return card


def _address(number: int) -> str:
    return reverse("change:request", args=[number])


def _state(card: queries.Card, visit: Visit) -> cells.Lines:
    if card.ruling:
        approved = card.ruling.approved
        first = cells.Tag("Approved", "green") if approved else cells.Tag("Refused", "grey")
    else:
        done = len(card.assessments)
        first = cells.Tag("To be decided" if card.is_to_be_decided else f"{done} of 4", "blue")
    late = (cells.Tag("Late", "red"),) if card.is_late(visit.today) else ()
    return cells.Lines((first, *late))


def _next(card: queries.Card) -> str:
    """Return the step that is next, and by when."""
    step = next((one for one in card.steps if one.done_on is None), None)
    if step is None:
        return "Nothing"
    who = f" ({step.name})" if step.name else ""
    return f"{step.title}{who}, by {wording.day(step.by)}" if step.by else f"{step.title}{who}"


def _steps(card: queries.Card, visit: Visit) -> tables.Table:
    rows = []
    for step in card.steps:
        by: object = "Not begun"
        if step.by is not None:
            late = (cells.Tag("Late", "red"),) if step.is_late(visit.today) else ()
            by = cells.Lines((wording.short_day(step.by), *late))
        rows.append(
            {
                "title": step.title,
                "who": step.name or None,
                "by": by,
                "done": wording.short_day(step.done_on) if step.done_on else "Not yet",
                "says": _says(card, step),
            }
        )
    return tables.Table("Steps, each with its clock", STEPS, rows)


def _says(card: queries.Card, step: queries.Clock) -> object:
    if step.impact is None:
        is_end = step is card.decision and card.ruling
        return card.ruling.because if is_end and card.ruling else ""
    found = card.assessments.get(step.impact.value)
    if found is None:
        return ""
    return cells.Lines((*_figure(found), found.words))


def _figure(found: models.Assessment) -> tuple[str, ...]:
    if found.yearly_pence is not None:
        return (f"{wording.money(found.yearly_pence)} a year",)
    if found.posts_hundredths is not None:
        return (f"{found.posts_hundredths / 100:+g} posts",)
    if found.needs_dpia is not None:
        return ("Needs a DPIA" if found.needs_dpia else "Needs no DPIA",)
    return ()


def _ways(card: queries.Card, visit: Visit) -> list[cells.Link]:
    """Return what the officer can do with a change that is not decided."""
    may, number, ways = visit.actor.capabilities, card.request.pk, []
    if card.ruling is None and capabilities.LEAD_INITIATIVE.slug in may:
        address = reverse("change:request_assessors", args=[number])
        ways.append(cells.Link("Name who assesses it", address))
    for step in card.impacts:
        mine = step.assessor == visit.actor.reference and step.done_on is None
        if step.impact and mine and card.ruling is None:
            address = reverse("change:request_impact", args=[number, step.impact.value])
            ways.append(cells.Link(f"Assess: {step.title.lower()}", address))
    decides = capabilities.DECIDE_CHANGE.slug in may and card.is_to_be_decided
    if decides and visit.actor.reference not in card.hands:
        address = reverse("change:request_decision", args=[number])
        ways.append(cells.Link("Decide", address))
    return ways
