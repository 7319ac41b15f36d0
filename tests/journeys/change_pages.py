"""What the pages of change show: a little of everything."""

from borough.lines.change import models
from borough.lines.change.commands import (
    benefits,
    cases,
    control,
    ideas,
    lessons,
    milestones,
    risks,
)
from tests import makers
from tests.change import change_makers
from tests.change.change_makers import as_actor


def furnish() -> dict[str, str]:
    """Furnish ideas, an initiative with all that belongs to it, and a change; their addresses."""
    on, by = change_makers.TODAY, makers.everything()
    idea, like = change_makers.an_idea(), change_makers.an_idea("Say first what to do")
    ideas.sort(idea=idea, theme=models.Theme.SERVICE, by=by, on=on)
    ideas.join(idea=like, into=idea, by=by, on=on)
    initiative = change_makers.an_initiative()
    olga, piet = (as_actor(one) for one in change_makers.a_pair())
    milestone = milestones.set_milestone(
        initiative=initiative, title="Tried", due=on, by=olga, on=on
    )
    risk = risks.raise_risk(
        initiative=initiative, title="It rains", seen=change_makers.seen(4, 4), by=olga, on=on
    )
    benefit = change_makers.a_benefit(initiative)
    realised = benefits.realise(hypothesis=benefit, brought=change_makers.brought(), by=piet, on=on)
    nothing = change_makers.a_choice("Do nothing")
    case = cases.write(initiative=initiative, why="Calls.", nothing=nothing, by=olga, on=on)
    told = {"title": "Ask first", "happened": "Nobody came.", "next_time": "Ask."}
    lessons.keep(initiative=initiative, **told, by=olga, on=on)
    request = control.request(
        title="Count moves anew", words="Please.", initiative=initiative, by=by, on=on
    )
    return {
        "ideas/<int:number>": str(idea.pk),
        "initiatives/<int:number>": str(initiative.pk),
        "milestones/<int:number>": str(milestone.pk),
        "risks/<int:number>": str(risk.pk),
        "benefits/<int:number>": str(benefit.pk),
        "realised/<int:number>": str(realised.pk),
        "cases/<int:number>": str(case.pk),
        "change/requests/<int:number>": str(request.pk),
        "impacts/<slug:impact>": "price",
        "limits/<slug:of>": "answer",
    }
