"""Makers of ideas and initiatives. Everybody in them is invented."""

from datetime import date

from borough.kernel import commanding, joining
from borough.kernel.officers.models import Officer
from borough.lines.change import capabilities, models
from borough.lines.change.commands import benefits, cases, ideas, initiatives, risks
from borough.rules import years
from tests import makers, officers

TODAY = date(2025, 3, 10)
YEAR = years.Year(2024)
OWNS = (capabilities.OWN_INITIATIVE, capabilities.SEE_CHANGE)


def as_actor(officer: Officer) -> commanding.System:
    """Return an officer as an actor who may do all that is on any card."""
    return commanding.System(officer.reference, frozenset(joining.capabilities()))


def a_pair() -> tuple[Officer, Officer]:
    """Return two officers who may own an initiative; the same two when asked again."""
    found = list(Officer.objects.filter(email__in=["olga@example.org", "piet@example.org"]))
    if found:
        olga, piet = sorted(found, key=lambda one: one.email)
        return olga, piet
    more = (capabilities.ASSESS_CHANGE, capabilities.DECIDE_CHANGE)
    olga = officers.an_officer("Olga Owner", *OWNS, *more)
    return olga, officers.an_officer("Piet Owner", *OWNS, *more)


def an_idea(title: str = "Shorter letters", *, on: date = TODAY) -> models.Idea:
    return ideas.send(
        title=title,
        words="Say first what I have to do.",
        source=models.Idea.Source.RESIDENT,
        by=makers.everything(),
        on=on,
    )


def an_initiative(title: str = "Plain letters", *, on: date = TODAY) -> models.Initiative:
    olga, piet = a_pair()
    return initiatives.begin(
        title=title,
        purpose="Fewer people have to ring.",
        beyond_contract=True,
        for_council=olga,
        for_partner=piet,
        by=makers.everything(),
        on=on,
    )


def a_choice(title: str = "Rewrite them") -> cases.Choice:
    return cases.Choice(
        title=title, once_pence=100_000, yearly_pence=0, benefits="Fewer calls.", risks="None."
    )


def agreed(initiative: models.Initiative, *, on: date = TODAY) -> models.Case:
    """Write and decide a case for doing something, and move the initiative to agreed."""
    olga, piet = (as_actor(one) for one in a_pair())
    nothing = a_choice("Do nothing")
    case = cases.write(initiative=initiative, why="Calls.", nothing=nothing, by=olga, on=on)
    option = cases.add_option(case=case, choice=a_choice(), by=olga, on=on)
    cases.decide(case=case, option=option, because="It pays.", by=piet, on=on)
    move(initiative, models.Stage.AGREED, on=on)
    return case


def move(initiative: models.Initiative, to: models.Stage, *, on: date = TODAY) -> models.Move:
    return initiatives.move(initiative=initiative, to=to, by=makers.everything(), on=on)


def seen(likelihood: int = 3, impact: int = 4, **more: object) -> risks.Seen:
    plan = {"plan": "Begin small.", "owner": a_pair()[0], "review_on": date(2025, 4, 10)}
    return risks.Seen(likelihood, impact, models.Response.REDUCE, **plan | more)


def a_benefit(
    initiative: models.Initiative, sort: models.Class = models.Class.A2, **more: object
) -> models.Hypothesis:
    told = {"low_pence": 100_000, "mid_pence": 200_000, "high_pence": 300_000}
    told |= {"title": "Fewer calls", "starts": TODAY, "baseline_line": "contacts"}
    hope = benefits.Hope(benefit_class=sort, **told | more)
    return benefits.expect(
        initiative=initiative, hope=hope, by=as_actor(a_pair()[1]), on=initiative.on
    )


def brought(amount_pence: int = 43_000, **more: object) -> benefits.Brought:
    told = {
        "full_year_pence": 118_000,
        "deadweight_bp": None,
        "year": YEAR,
        "evidence": "Invoice 1",
    }
    return benefits.Brought(amount_pence, **told | more)
