"""What to do next for somebody, how that was decided, and what is recorded on the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import doing, joining
from borough.kernel.holds.capabilities import PLACE_HOLD
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.people import capabilities as people
from borough.kernel.visits import Visit, personal
from borough.resident import queries as pictures
from borough.resident.deciding import capabilities, commands, queries
from borough.resident.identity.capabilities import REVIEW_LINKS
from borough.resident.pages import money, subjects
from borough.resident.plans.capabilities import AGREE_PLAN, RECORD_STATEMENT
from borough.resident.signals.capabilities import WORK_SUPPORT
from borough.rules.money import Unit
from borough.rules.support import deciding
from borough.rules.support.valve import Action

DECIDED = (
    tables.text("code", "Rule"),
    tables.text("why", "Why"),
    tables.text("what", "What follows"),
    tables.text("who", "Who acts"),
    tables.text("law", "Legal basis"),
)
PROPOSED = " (a figure that the council has not confirmed)"


@dataclass(frozen=True, slots=True)
class Now:
    """What to do next, as the page says it; ``href`` is empty where another has to do it."""

    title: str
    why: str
    codes: str
    law: str
    who: str
    href: str


@dataclass(frozen=True, slots=True)
class Door:
    """The page on which an action is done, what leads to it, and who may go there."""

    words: str
    page: str
    capability: joining.Capability


DOORS = {
    Action.SHOW_NOTHING_JOINED: Door("Decide who is who", "identity:links", REVIEW_LINKS),
    Action.REFER_TO_SPECIALIST: Door(
        "Leave all debts alone while a specialist looks", "resident-hold", PLACE_HOLD
    ),
    Action.CHECK_ENTITLEMENTS: Door("", "resident-help", capabilities.CHECK_HELP),
    Action.ASK_FOR_STATEMENT: Door(
        "Ask what comes in and goes out", "plans:statement", RECORD_STATEMENT
    ),
    Action.CONSIDER_REDUCTION: Door(
        "See what helps when nothing is left", "plans:no_room", people.SEE_PERSON
    ),
    Action.PROPOSE_PLAN: Door("Work out one plan for all debts", "plans:proposal", AGREE_PLAN),
    Action.ASK_ADVISER: Door("Look at the plan with an adviser", "plans:proposal", AGREE_PLAN),
    Action.CLOSE_SUPPORT: Door("Close the offer of support", "support-case", WORK_SUPPORT),
    Action.WAIT_FOR_OFFICER: Door(
        "Read the facts before the next step", "resident-step", capabilities.CONFIRM_STEP
    ),
}


class Asked(forms.Form):
    outcome = fields.ChoiceField(
        what="what came of it", label="What came of it?", choices=[*commands.OUTCOMES.items()]
    )


class Read(forms.Form):
    """Which debt the step is about, and whether what is listed was read."""

    thing = fields.ChoiceField(
        what="which debt it is about", label="Which debt is the step about?", choices=[]
    )
    is_read = fields.YesNoField(
        what="yes once you have read it", label="Have you read everything that is listed?"
    )

    def __init__(self, data: Any, *, debts: dict[str, str]) -> None:
        super().__init__(data)
        forms.offer(self, "thing", [*debts.items()])


@dataclass(frozen=True)
class Confirming(doing.Deed):
    """A confirmation, and the facts that it is about."""

    facts: tuple[components.Row, ...] = ()


@personal(people.SEE_PERSON, subject=subjects.subject)
def decided(visit: Visit, number: int) -> HttpResponse:
    """Show every rule that applies, in order, what it read and what the rules cannot see."""
    picture, found = _of(visit, number)
    read = [
        components.Row(fact.asks, _value(fact.unit, found.read[name]))
        for name, fact in deciding.RULES.scheme.facts.items()
        if name in found.read and (name != "step_confirmed" or found.read["adverse_step"])
    ]
    context = {
        "picture": picture,
        "rules": rules(found),
        "read": read,
        "not_modelled": (*deciding.NOT_MODELLED, *queries.NOT_SEEN),
    }
    return render(visit, "resident/decided.html", context)


@personal(capabilities.CHECK_HELP, subject=subjects.subject)
def help_asked(visit: Visit, number: int, scheme: str) -> HttpResponse:
    """Record what came of asking about help that may be due."""
    picture, _ = _of(visit, number)
    offer = next((one for one in picture.offers if one.scheme == scheme), None)
    if offer is None or not visit.purpose.shows_joined:
        raise Http404
    worth = f" About {wording.money(offer.weekly_pence)} a week." if offer.weekly_pence else ""
    deed = doing.Deed(
        title=offer.title,
        says=f"{offer.why}{worth}",
        act=lambda outcome: commands.check_help(
            person=subjects.person(number),
            scheme=scheme,
            outcome=outcome,
            by=visit.actor,
            on=visit.today,
        ),
        done=f"{offer.title}: recorded",
        back=reverse("resident", args=[number]),
    )
    return doing.answer(visit, Asked(doing.asked(visit)), deed)


@personal(capabilities.CONFIRM_STEP, subject=subjects.subject)
def step(visit: Visit, number: int) -> HttpResponse:
    """Confirm having read what is recorded, before a step against somebody (R13)."""
    picture, found = _of(visit, number)
    debts = queries.threatened(picture)
    if not debts:
        return redirect("resident", number)
    deed = Confirming(
        title="Read the facts before the next step",
        says="A step that would harm waits until you confirm it. The resident sees that you did, "
        "and can say that something is wrong.",
        act=lambda thing, is_read: commands.confirm_step(
            person=subjects.person(number),
            thing=thing,
            is_read=is_read,
            by=visit.actor,
            on=visit.today,
        ),
        done="Recorded. The step may be prepared",
        back=reverse("resident", args=[number]),
        places={commands.NotRead: "is_read"},
        button="Confirm",
        facts=tuple(_facts(picture, found)),
    )
    form = Read(doing.asked(visit), debts=debts)
    return doing.answer(visit, form, deed, template="resident/step.html")


def now(picture: pictures.Picture, found: queries.Following, visit: Visit) -> Now | None:
    """Return the one thing to do next; None where the rules ask for nothing."""
    if found.next is None:
        return None
    outcome, action = found.next.outcome, found.next.action
    title, href = _way(picture, found, action, visit)
    return Now(
        title=title or action.words,
        why=f"{outcome.says}{PROPOSED if outcome.unverified else ''}.",
        codes=outcome.code,
        law=outcome.law,
        who=wording_of(outcome.actor.value),
        href=href,
    )


def rules(found: queries.Following) -> tables.Table:
    """Return every rule that applies, in order."""
    rows = [
        {
            "code": one.code,
            "why": f"{one.says}{PROPOSED if one.unverified else ''}",
            "what": cells.Lines(tuple(action.words for action in one.actions)),
            "who": wording_of(one.actor.value),
            "law": one.law,
        }
        for one in found.outcomes
    ]
    return tables.Table(
        "Every rule that applies, in order", DECIDED, rows, empty="No rule asks for anything."
    )


def wording_of(words: str) -> str:
    """Write words as a sentence begins."""
    return words[:1].upper() + words[1:]


def _of(visit: Visit, number: int) -> tuple[pictures.Picture, queries.Following]:
    person = subjects.person(number)
    picture = pictures.picture(person, purpose=visit.purpose, on=visit.today)
    return picture, queries.following(picture, purpose=visit.purpose, on=visit.today)


def _way(
    picture: pictures.Picture, found: queries.Following, action: Action, visit: Visit
) -> tuple[str, str]:
    """Return what leads to the page of an action, and its address where the officer may go."""
    door, first = DOORS[action], next(iter(found.unasked), None)
    words = door.words
    arguments: list[object] = [picture.id]
    if action is Action.CHECK_ENTITLEMENTS and first is not None:
        words, arguments = f"Ask about {first.title}", [picture.id, first.scheme]
        if not visit.purpose.shows_joined:
            return words, first.url
    if action is Action.SHOW_NOTHING_JOINED:
        arguments = []
    if action is Action.CLOSE_SUPPORT:
        if found.case is None:
            return words, ""
        arguments = [found.case.pk]
    may = door.capability.slug in visit.actor.capabilities
    return words, reverse(door.page, args=arguments) if may else ""


def _facts(picture: pictures.Picture, found: queries.Following) -> Iterator[components.Row]:
    """Give what an officer has to have read: needs, what is left alone, what comes, the rules."""
    yield components.Row("Needs", _lines(need.title for need in picture.needs))
    left = (f"{one.title}: {one.what}" for one in picture.left_alone)
    yield components.Row("Left alone", _lines(left))
    yield components.Row("What comes next", money.next_harm(picture) or "Nothing that would harm")
    asked = (one.title for one in found.unasked)
    yield components.Row("May be entitled to", _lines(asked))
    yield components.Row(
        "What the rules say", _lines(f"{one.code}: {one.says}" for one in found.outcomes)
    )


def _lines(words: Iterable[str]) -> object:
    found = tuple(words)
    return cells.Lines(found) if found else "Nothing is recorded"


def _value(unit: object, value: object) -> object:
    return cells.Pence(value) if unit is Unit.PENCE and isinstance(value, int) else value
