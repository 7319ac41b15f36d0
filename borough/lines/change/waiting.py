"""What waits for an officer: ideas, their milestones and risks, changes to assess and decide."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.joining import Capability, Waiting
from borough.kernel.pages import wording
from borough.lines.change import capabilities, models, owners
from borough.lines.change.queries import control, ideas, initiatives


def waits(actor: commanding.Actor, on: date) -> list[Waiting]:
    """Return what waits, ideas first."""
    found: list[Waiting] = []
    if _may(actor, capabilities.SORT_IDEAS):
        found += _ideas()
    if _may(actor, capabilities.OWN_INITIATIVE):
        found += [*_milestones(actor, on), *_risks(actor, on)]
    if _may(actor, capabilities.ASSESS_CHANGE):
        found += _assessments(actor, on)
    if _may(actor, capabilities.DECIDE_CHANGE):
        found += [*_decisions(actor, on), *_cases(actor)]
    return found


def _may(actor: commanding.Actor, capability: Capability) -> bool:
    return capability.slug in actor.capabilities


def _several(count: int, one: str, many: str) -> str:
    return one if count == 1 else f"{count} {many}"


def _ideas() -> list[Waiting]:
    waiting = ideas.waiting()
    if not waiting:
        return []
    first = min(card.answer_by for card in waiting)
    what = _several(len(waiting), "an idea", "ideas")
    words = f"Answer {what}, the first by {wording.day(first)}"
    return [Waiting(words, reverse("change:ideas"))]


def _milestones(actor: commanding.Actor, on: date) -> list[Waiting]:
    """Return the late milestones of what the officer owns, an initiative a line."""
    late: dict[int, int] = {}
    for card in initiatives.milestones():
        if card.is_late(on):
            key = card.milestone.initiative_id
            late[key] = late.get(key, 0) + 1
    found = []
    for one in models.Initiative.objects.filter(pk__in=late).order_by("pk"):
        if actor.reference in owners.two(one, on) and not initiatives.is_over(one):
            what = _several(late[one.pk], "A milestone is late", "milestones are late")
            found.append(
                Waiting(f"{what}: {one.title}", reverse("change:initiative", args=[one.pk]))
            )
    return found


def _risks(actor: commanding.Actor, on: date) -> list[Waiting]:
    return [
        Waiting(
            f"Look at a risk again: {card.risk.title}", reverse("change:risk", args=[card.risk.pk])
        )
        for card in initiatives.risks()
        if card.end is None
        and card.view.review_on <= on
        and card.view.owner.reference == actor.reference
        and not initiatives.is_over(card.risk.initiative)
    ]


def _assessments(actor: commanding.Actor, on: date) -> list[Waiting]:
    return [
        Waiting(
            f"Assess what a change does ({step.title.lower()}): {card.request.title}, by "
            f"{wording.day(step.by)}",
            reverse("change:request", args=[card.request.pk]),
        )
        for card in control.cards(on)
        for step in card.impacts
        if step.assessor == actor.reference and step.done_on is None and card.ruling is None
    ]


def _decisions(actor: commanding.Actor, on: date) -> list[Waiting]:
    return [
        Waiting(
            f"Decide on a change: {card.request.title}",
            reverse("change:request", args=[card.request.pk]),
        )
        for card in control.cards(on)
        if card.is_to_be_decided and actor.reference not in card.hands
    ]


def _cases(actor: commanding.Actor) -> list[Waiting]:
    """Return the newest cases that wait to be decided by somebody else than who wrote them."""
    newest: dict[int, models.Case] = {}
    for one in models.Case.objects.select_related("initiative", "decision").order_by("pk"):
        newest[one.initiative_id] = one
    return [
        Waiting(
            f"Decide on a business case: {one.initiative.title}",
            reverse("change:case", args=[one.pk]),
        )
        for one in newest.values()
        if not hasattr(one, "decision")
        and one.by != actor.reference
        and one.options.filter(does_nothing=False).exists()
    ]
