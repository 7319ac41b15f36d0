"""What Change adds to a made-up town: ideas, initiatives and what one brought, all of it invented.

Everything is done by the commands that pages call, on the days on which it would have been done.
"""

from datetime import date, timedelta
from typing import Any

from borough.kernel import commanding, furnishing, joining
from borough.kernel.bank import working_days
from borough.kernel.officers import queries as officers
from borough.kernel.officers.models import Officer
from borough.lines.change import capabilities, hearing, invented, models
from borough.lines.change.commands import (
    benefits,
    cases,
    control,
    ideas,
    initiatives,
    lessons,
    milestones,
    risks,
)
from borough.lines.change.models import Impact, Stage
from borough.rules import years

Told = dict[str, Any]
ANYBODY = commanding.system("public-page/anybody", capabilities.SEND_IDEA)
STAGES = (Stage.AGREED, Stage.UNDER_WAY, Stage.DONE)
PENCE = 100


def furnish(town: furnishing.Town, progress: furnishing.Progress) -> None:
    """Furnish ideas and initiatives; where no two officers may own one, ideas alone."""
    told = invented.read()
    with progress("Ideas and initiatives", len(told["ideas"]) + len(told["initiatives"])):
        pair = officers.who_may(capabilities.OWN_INITIATIVE, on=town.on)[:2]
        begun: dict[str, models.Initiative] = {}
        if len(pair) > 1:
            begun = {one["title"]: _initiative(one, pair, town.on) for one in told["initiatives"]}
        for one in told["changes"]:
            _change(one, town.on)
        sent = [_idea(one, town.on) for one in told["ideas"]]
        for one, idea in zip(told["ideas"], sent, strict=True):
            _read(one, idea, sent, begun, town.on)


def take_up(town: furnishing.Town, progress: furnishing.Progress) -> None:
    """Begin what both partners chose for this year, answer by answer, and tell them so."""
    told = invented.read()["chosen"]
    pair = officers.who_may(capabilities.OWN_INITIATIVE, on=town.on)[:2]
    heard = models.Idea.objects.filter(by__startswith=hearing.ANSWER).order_by("pk")
    with progress("What both chose is begun", len(told)):
        for one, idea in zip(told, heard, strict=False) if len(pair) > 1 else ():
            if idea.on <= _day(town.on, one["days_ago"]):
                _take_up(idea, one, _initiative(one, pair, town.on), town.on)


def _take_up(idea: models.Idea, told: Told, begun: models.Initiative, today: date) -> None:
    by, on = _who("officer-who-reads-ideas"), _day(today, told["days_ago"])
    ideas.sort(idea=idea, theme=models.Theme(told["theme"]), by=by, on=on)
    ideas.answer(
        idea=idea,
        outcome=models.Answer.Outcome.TAKEN_UP,
        words=told["answer"],
        initiative=begun,
        by=by,
        on=on,
    )


def _who(name: str) -> commanding.System:
    """Return an invented officer: what needs a second one has one."""
    return commanding.system(f"invented-town/{name}", *joining.capabilities().values())


def _as(officer: Officer) -> commanding.System:
    """Return an officer of the town as an actor."""
    return commanding.System(officer.reference, frozenset(joining.capabilities()))


def _day(today: date, days_ago: int) -> date:
    """Return the working day so many days ago, or the one before it; below nought: to come."""
    return working_days.on_or_before(today - timedelta(days=days_ago))


def _idea(told: Told, today: date) -> models.Idea:
    return ideas.send(
        title=told["title"],
        words=told["words"],
        source=models.Idea.Source(told["from"]),
        by=ANYBODY,
        on=_day(today, told["days_ago"]),
    )


def _read(
    told: Told,
    idea: models.Idea,
    sent: list[models.Idea],
    begun: dict[str, models.Initiative],
    today: date,
) -> None:
    by, read_on = _who("officer-who-reads-ideas"), _day(today, told["days_ago"] - 2)
    if "theme" in told:
        ideas.sort(idea=idea, theme=models.Theme(told["theme"]), by=by, on=read_on)
    if "like" in told:
        ideas.join(idea=idea, into=sent[told["like"]], by=by, on=read_on)
    if "answer" in told:
        answer = told["answer"]
        ideas.answer(
            idea=idea,
            outcome=models.Answer.Outcome(answer["outcome"]),
            words=answer["words"],
            initiative=begun.get(answer.get("initiative", "")),
            by=by,
            on=_day(today, answer["days_ago"]),
        )


def _initiative(told: Told, pair: list[Officer], today: date) -> models.Initiative:
    """Begin an initiative and take it through all that is told of it, in the order of its days."""
    first = _day(today, told["days_ago"])
    begun = initiatives.begin(
        title=told["title"],
        purpose=told["purpose"],
        beyond_contract=told["beyond_contract"],
        for_council=pair[0],
        for_partner=pair[1],
        by=_who("change-lead"),
        on=first,
    )
    for one in told.get("risks", ()):
        _risk(begun, one, pair[0], first, today)
    if "case" in told:
        _case(begun, told["case"], pair, today)
    _carry_out(begun, told, pair[0], first, today)
    for one in told.get("benefits", ()):
        _benefit(begun, one, pair[1], first, today)
    for one in told.get("lessons", ()):
        _lesson(begun, one, pair[0], today)
    return begun


def _carry_out(
    begun: models.Initiative, told: Told, owner: Officer, first: date, today: date
) -> None:
    """Take an initiative through its stages; it is done after its milestones are met."""
    stages = dict(zip(STAGES, told.get("stages", ()), strict=False))
    if "stopped" in told:
        stages[Stage.STOPPED] = told["stopped"]
    last = {stage: stages.pop(stage) for stage in (Stage.DONE,) if stage in stages}
    set_out = [_milestone(begun, one, owner, first, today) for one in told.get("milestones", ())]
    for stage, days_ago in stages.items():
        _move(begun, stage, _day(today, days_ago))
    for one, milestone in zip(told.get("milestones", ()), set_out, strict=True):
        _meet(one, milestone, owner, today)
    for stage, days_ago in last.items():
        _move(begun, stage, _day(today, days_ago))


def _move(begun: models.Initiative, to: Stage, on: date) -> None:
    initiatives.move(initiative=begun, to=to, by=_who("change-lead"), on=on)


def _risk(begun: models.Initiative, told: Told, owner: Officer, first: date, today: date) -> None:
    seen = risks.Seen(
        likelihood=told["likelihood"],
        impact=told["impact"],
        response=models.Response(told["response"]),
        plan=told["plan"],
        owner=owner,
        review_on=_day(today, told.get("review", 0)),
    )
    by = _as(owner)
    made = risks.raise_risk(initiative=begun, title=told["title"], seen=seen, by=by, on=first)
    if "ended" in told:
        on = _day(today, told["ended"])
        risks.end_risk(risk=made, because=told["because"], by=by, on=on)


def _case(begun: models.Initiative, told: Told, pair: list[Officer], today: date) -> None:
    writes, decides = (_as(one) for one in pair)
    on = _day(today, told["days_ago"])
    nothing = _choice({"title": "Do nothing", **told["nothing"]})
    case = cases.write(initiative=begun, why=told["why"], nothing=nothing, by=writes, on=on)
    option = cases.add_option(case=case, choice=_choice(told["chosen"]), by=writes, on=on)
    decided_on = _day(today, told["decided"])
    cases.decide(case=case, option=option, because=told["because"], by=decides, on=decided_on)


def _choice(told: Told) -> cases.Choice:
    return cases.Choice(
        title=told["title"],
        once_pence=told["once"] * PENCE,
        yearly_pence=told["yearly"] * PENCE,
        benefits=told["benefits"],
        risks=told["risks"],
    )


def _milestone(
    begun: models.Initiative, told: Told, owner: Officer, first: date, today: date
) -> models.Milestone:
    return milestones.set_milestone(
        initiative=begun,
        title=told["title"],
        due=_day(today, told["due"]),
        by=_as(owner),
        on=first,
    )


def _meet(told: Told, milestone: models.Milestone, owner: Officer, today: date) -> None:
    if "met" in told:
        on = _day(today, told["met"])
        milestones.meet(
            milestone=milestone, met_on=on, evidence=told["evidence"], by=_as(owner), on=on
        )


def _benefit(
    begun: models.Initiative, told: Told, owner: Officer, first: date, today: date
) -> None:
    known = {one.slug for card in joining.cards() for one in card.measures}
    measure = told.get("measure", "")
    hope = benefits.Hope(
        title=told["title"],
        benefit_class=models.Class(told["class"]),
        low_pence=told["low"] * PENCE,
        mid_pence=told["mid"] * PENCE,
        high_pence=told["high"] * PENCE,
        starts=first,
        measure=measure if measure in known else "",  # its service may be left out
        baseline_line=told.get("baseline_line", ""),
    )
    made = benefits.expect(initiative=begun, hope=hope, by=_as(owner), on=first)
    if "realised" in told:
        _realise(made, told["realised"], owner, today)


def _realise(hypothesis: models.Hypothesis, told: Told, owner: Officer, today: date) -> None:
    on = _day(today, told["days_ago"])
    brought = benefits.Brought(
        amount_pence=told["amount"] * PENCE,
        full_year_pence=told["full_year"] * PENCE,
        deadweight_bp=told["deadweight_bp"],
        year=years.Year.holding(on),
        evidence=told["evidence"],
    )
    benefits.realise(hypothesis=hypothesis, brought=brought, by=_as(owner), on=on)


def _lesson(begun: models.Initiative, told: Told, owner: Officer, today: date) -> None:
    lessons.keep(
        initiative=begun,
        title=told["title"],
        happened=told["happened"],
        next_time=told["next_time"],
        by=_as(owner),
        on=_day(today, told["days_ago"]),
    )


def _change(told: Told, today: date) -> None:
    """Ask for a change, name who assesses it, and have some of it assessed."""
    lead, named_on = _who("change-lead"), _day(today, told["named"])
    request = control.request(
        title=told["title"],
        words=told["words"],
        initiative=None,
        by=lead,
        on=_day(today, told["days_ago"]),
    )
    who = officers.who_may(capabilities.ASSESS_CHANGE, on=today)[: len(Impact)]
    if len(who) < len(Impact):
        return
    assessors = dict(zip(Impact, who, strict=True))
    control.name_assessors(request=request, assessors=assessors, by=lead, on=named_on)
    for one in told["assessed"]:
        impact = Impact(one["impact"])
        yearly = one["yearly"] * PENCE if "yearly" in one else None
        control.assess(
            request=request,
            impact=impact,
            judgement=control.Judgement(one["words"], yearly_pence=yearly),
            by=_as(assessors[impact]),
            on=named_on,
        )
