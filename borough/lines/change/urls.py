"""Where the pages of Change are: below ``/change/``. Addresses are nouns."""

from django.urls import path

from borough.lines.change.pages import (
    benefits,
    board,
    cases,
    control,
    ideas,
    initiatives,
    lessons,
    limits,
    milestones,
    portfolio,
    public,
    risks,
)

IDEA = "ideas/<int:number>"
INITIATIVE = "initiatives/<int:number>"
BENEFIT = "benefits/<int:number>"
REQUEST = "requests/<int:number>"

app_name = "change"
urlpatterns = [
    path("idea", public.idea, name="idea"),
    path("idea/sent", public.sent, name="idea_sent"),
    path("idea/outcome", public.outcome, name="idea_outcome"),
    path("ideas", ideas.ideas, name="ideas"),
    path("ideas/new", ideas.new, name="idea_new"),
    path(IDEA, ideas.idea, name="idea_page"),
    path(f"{IDEA}/theme", ideas.sort, name="idea_theme"),
    path(f"{IDEA}/joining", ideas.join, name="idea_joining"),
    path(f"{IDEA}/answer", ideas.answer, name="idea_answer"),
    path(f"{IDEA}/removal", ideas.remove, name="idea_removal"),
    path("board", board.board, name="board"),
    path("limits", limits.limits_page, name="limits"),
    path("limits/<slug:of>", limits.limit, name="limit"),
    path("portfolio", portfolio.portfolio, name="portfolio"),
    path("initiatives/new", initiatives.new, name="initiative_new"),
    path(INITIATIVE, initiatives.initiative, name="initiative"),
    path(f"{INITIATIVE}/owners", initiatives.owners_page, name="initiative_owners"),
    path(f"{INITIATIVE}/stage", initiatives.stage, name="initiative_stage"),
    path("milestones", milestones.milestones, name="milestones"),
    path(f"{INITIATIVE}/milestones/new", milestones.new, name="milestone_new"),
    path("milestones/<int:number>/day", milestones.put_off, name="milestone_day"),
    path("milestones/<int:number>/evidence", milestones.meet, name="milestone_met"),
    path(f"{INITIATIVE}/risks/new", risks.new, name="risk_new"),
    path("risks/<int:number>", risks.look_again, name="risk"),
    path("risks/<int:number>/end", risks.end, name="risk_end"),
    path(f"{INITIATIVE}/benefits/new", benefits.new, name="benefit_new"),
    path(BENEFIT, benefits.benefit, name="benefit"),
    path(f"{BENEFIT}/realised", benefits.realise, name="benefit_realised"),
    path("realised/<int:number>/reversal", benefits.take_back, name="benefit_reversal"),
    path("requests", control.requests, name="requests"),
    path("requests/new", control.new, name="request_new"),
    path(REQUEST, control.request, name="request"),
    path(f"{REQUEST}/assessors", control.assessors, name="request_assessors"),
    path(f"{REQUEST}/impacts/<slug:impact>", control.assess, name="request_impact"),
    path(f"{REQUEST}/decision", control.decide, name="request_decision"),
    path(f"{INITIATIVE}/case", cases.write, name="case_new"),
    path("cases/<int:number>", cases.case, name="case"),
    path("cases/<int:number>/options/new", cases.option, name="case_option"),
    path("cases/<int:number>/decision", cases.decide, name="case_decision"),
    path("lessons", lessons.lessons, name="lessons"),
    path(f"{INITIATIVE}/lessons/new", lessons.new, name="lesson_new"),
]
