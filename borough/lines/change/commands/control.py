"""Change control: ask, name who assesses each impact, assess, decide. No one does two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.officers import queries as officers
from borough.kernel.officers.models import Officer
from borough.lines.change import capabilities, locking, models
from borough.lines.change.models import Impact


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a change does, in words and, where it is of that impact, in its figure."""

    words: str
    yearly_pence: int | None = None
    posts_hundredths: int | None = None
    needs_dpia: bool | None = None


FIGURE = {
    Impact.PRICE: "yearly_pence",
    Impact.STAFF: "posts_hundredths",
    Impact.PRIVACY: "needs_dpia",
}


class AlreadyDecided(commanding.Refusal):
    """The change was decided."""


class AlreadyAssessed(commanding.Refusal):
    """That impact was assessed."""


class MayNotAssess(commanding.Refusal):
    """The officer's roles do not let them assess, or they asked for the change themselves."""


class NotNamed(commanding.Refusal):
    """Somebody else was named to assess it."""


class NoFigure(commanding.Refusal):
    """The figure of the impact is missing, or of another impact."""


class NotAssessed(commanding.Refusal):
    """An impact was not assessed yet."""


class SecondOfficerNeeded(commanding.Refusal):
    """Who asked or assessed does not decide."""


@commanding.command(capabilities.REQUEST_CHANGE)
def request(
    *,
    title: str,
    words: str,
    initiative: models.Initiative | None,
    by: commanding.Actor,
    on: date,
) -> models.Request:
    """Ask for a change of what was agreed."""
    made = models.Request.objects.create(
        title=title, words=words, initiative=initiative, by=by.reference, on=on
    )
    facts.record("change.requested", thing=made.thing, by=by, on=on, request=made.pk)
    return made


@commanding.command(capabilities.LEAD_INITIATIVE)
def name_assessors(
    *,
    request: models.Request,
    assessors: Mapping[Impact, Officer],
    by: commanding.Actor,
    on: date,
) -> None:
    """Name who assesses each impact; another naming holds for what is not assessed yet.

    Raises:
        AlreadyDecided: the change was decided.
        MayNotAssess: an officer's roles do not let them, or they asked for the change themselves.
    """
    locking.one_at_a_time()
    _refuse_decided(request)
    may = {one.pk for one in officers.who_may(capabilities.ASSESS_CHANGE, on=on)}
    for impact, officer in assessors.items():
        if officer.pk not in may or officer.reference == request.by:
            raise MayNotAssess(
                f"{officer.name} cannot assess it: their roles must let them, and who asked for a "
                "change does not assess it."
            )
        _name(request, impact, officer, by=by, on=on)


@commanding.command(capabilities.ASSESS_CHANGE)
def assess(
    *,
    request: models.Request,
    impact: Impact,
    judgement: Judgement,
    by: commanding.Actor,
    on: date,
) -> models.Assessment:
    """Say what a change does, as the one who was named for that.

    Raises:
        AlreadyDecided: the change was decided.
        NotNamed: somebody else was named, or nobody yet.
        AlreadyAssessed: it was assessed.
        NoFigure: the figure of the impact is missing.
    """
    locking.one_at_a_time()
    _refuse_decided(request)
    named = request.asked.filter(impact=impact).order_by("-pk").first()
    if named is None or named.assessor.reference != by.reference:
        raise NotNamed("Somebody else was named to assess this, or nobody yet.")
    if request.assessments.filter(impact=impact).exists():
        raise AlreadyAssessed("This was assessed already.")
    figure = FIGURE.get(impact)
    if figure and getattr(judgement, figure) is None:
        raise NoFigure("Give the figure, too: none is 0.")
    value = {figure: getattr(judgement, figure)} if figure else {}
    made = request.assessments.create(
        impact=impact, words=judgement.words, by=by.reference, on=on, **value
    )
    facts.record(
        "change.impact_assessed",
        thing=request.thing,
        by=by,
        on=on,
        request=request.pk,
        impact=impact.label,
    )
    return made


@commanding.command(capabilities.DECIDE_CHANGE)
def decide(
    *,
    request: models.Request,
    approved: bool,
    because: str,
    by: commanding.Actor,
    on: date,
) -> models.Ruling:
    """Decide on a change whose impacts are all assessed.

    Raises:
        AlreadyDecided: it was decided.
        NotAssessed: an impact was not assessed yet.
        SecondOfficerNeeded: the officer asked for it or assessed it.
    """
    locking.one_at_a_time()
    _refuse_decided(request)
    assessed = dict(request.assessments.values_list("impact", "by"))
    missing = [one.label.lower() for one in Impact if one not in assessed]
    if missing:
        raise NotAssessed(f"Not assessed yet: {', '.join(missing)}.")
    if by.reference in {request.by, *assessed.values()}:
        raise SecondOfficerNeeded("Who asked for a change or assessed it does not decide on it.")
    made = models.Ruling.objects.create(
        request=request, approved=approved, because=because, by=by.reference, on=on
    )
    facts.record(
        "change.decided",
        thing=request.thing,
        by=by,
        on=on,
        request=request.pk,
        outcome="approved" if approved else "refused",
    )
    return made


def _name(
    request: models.Request, impact: Impact, officer: Officer, *, by: commanding.Actor, on: date
) -> None:
    before = request.asked.filter(impact=impact).order_by("-pk").first()
    if (before and before.assessor_id == officer.pk) or request.assessments.filter(
        impact=impact
    ).exists():
        return
    request.asked.create(impact=impact, assessor=officer, by=by.reference, on=on)
    facts.record(
        "change.assessor_named",
        thing=request.thing,
        by=by,
        on=on,
        request=request.pk,
        impact=impact.label,
        assessor=officer.reference,
    )


def _refuse_decided(request: models.Request) -> None:
    if models.Ruling.objects.filter(request=request).exists():
        raise AlreadyDecided("This change was decided already.")
