"""Naming what may go wrong, looking at it again, and saying that it can no more."""

from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.officers.models import Officer
from borough.lines.change import capabilities, locking, models

WORST = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """How a risk is seen: likelihood and impact from 1 to 5, what is done, who looks when."""

    likelihood: int
    impact: int
    response: models.Response
    plan: str
    owner: Officer
    review_on: date


class NotOnTheScale(commanding.Refusal):
    """Likelihood or impact is not from 1 to 5."""


class PastDay(commanding.Refusal):
    """The day to look again is not to come."""


class NoRisk(commanding.Refusal):
    """It is none any more."""


@commanding.command(capabilities.OWN_INITIATIVE)
def raise_risk(
    *,
    initiative: models.Initiative,
    title: str,
    seen: Seen,
    by: commanding.Actor,
    on: date,
) -> models.Risk:
    """Name a risk of an initiative: whoever may own one may see what the owners do not.

    Raises:
        NotOnTheScale: likelihood or impact is not from 1 to 5.
        PastDay: the day to look again is not to come.
    """
    _check(seen, on)
    risk = initiative.risks.create(title=title, by=by.reference, on=on)
    _see(risk, seen, "change.risk_raised", by=by, on=on)
    return risk


@commanding.command(capabilities.OWN_INITIATIVE)
def look_again(*, risk: models.Risk, seen: Seen, by: commanding.Actor, on: date) -> models.RiskView:
    """Say how a risk is seen now; how it was seen before stays.

    Raises:
        NoRisk: it is none any more.
        NotOnTheScale: likelihood or impact is not from 1 to 5.
        PastDay: the day to look again is not to come.
    """
    locking.one_at_a_time()
    _check(seen, on)
    _refuse_ended(risk)
    return _see(risk, seen, "change.risk_seen", by=by, on=on)


@commanding.command(capabilities.OWN_INITIATIVE)
def end_risk(*, risk: models.Risk, because: str, by: commanding.Actor, on: date) -> models.RiskEnd:
    """Say that a risk is none any more.

    Raises:
        NoRisk: that was said before.
    """
    locking.one_at_a_time()
    _refuse_ended(risk)
    made = models.RiskEnd.objects.create(risk=risk, because=because, by=by.reference, on=on)
    facts.record(
        "change.risk_ended",
        thing=risk.initiative.thing,
        by=by,
        on=on,
        risk=risk.pk,
        initiative=risk.initiative_id,
    )
    return made


def _check(seen: Seen, on: date) -> None:
    if not all(1 <= one <= WORST for one in (seen.likelihood, seen.impact)):
        raise NotOnTheScale(f"Likelihood and impact go from 1 to {WORST}.")
    if seen.review_on <= on:
        raise PastDay("The day on which somebody looks again must be after today.")


def _refuse_ended(risk: models.Risk) -> None:
    if models.RiskEnd.objects.filter(risk=risk).exists():
        raise NoRisk("This risk was said to be none any more. Name a new one.")


def _see(
    risk: models.Risk, seen: Seen, what: str, *, by: commanding.Actor, on: date
) -> models.RiskView:
    view = risk.views.create(
        likelihood=seen.likelihood,
        impact=seen.impact,
        response=seen.response,
        plan=seen.plan,
        owner=seen.owner,
        review_on=seen.review_on,
        by=by.reference,
        on=on,
    )
    facts.record(
        what,
        thing=risk.initiative.thing,
        by=by,
        on=on,
        risk=risk.pk,
        initiative=risk.initiative_id,
        likelihood=seen.likelihood,
        impact=seen.impact,
    )
    return view
