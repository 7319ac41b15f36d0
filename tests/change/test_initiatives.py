"""Initiatives: two owners, stages with limits, milestones kept to, risks seen anew."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from borough.lines.change import capabilities, limits, models, owners, waiting
from borough.lines.change.commands import cases, initiatives, milestones, risks
from borough.lines.change.commands import limits as limit_commands
from borough.lines.change.models import Stage
from borough.lines.change.queries import initiatives as queries
from borough.lines.change.queries import measures
from tests import makers, markup, officers
from tests.change import change_makers
from tests.change.change_makers import as_actor

pytestmark = pytest.mark.django_db
TODAY = change_makers.TODAY


def met(milestone: models.Milestone, on: date = TODAY) -> models.Met:
    by = as_actor(change_makers.a_pair()[0])
    return milestones.meet(milestone=milestone, met_on=on, evidence="Notes", by=by, on=on)


def a_milestone(
    initiative: models.Initiative, due: date, *, on: date | None = None
) -> models.Milestone:
    by = as_actor(change_makers.a_pair()[0])
    return milestones.set_milestone(
        initiative=initiative, title="Tried", due=due, by=by, on=on or initiative.on
    )


def test_two_different_officers_own_an_initiative():
    olga, piet = change_makers.a_pair()
    initiative = change_makers.an_initiative()
    held = owners.pair(initiative, TODAY)
    assert (held.for_council, held.for_partner) == (olga, piet)
    told = {"for_council": olga, "for_partner": olga, "by": makers.everything(), "on": TODAY}
    with pytest.raises(initiatives.SameOfficer):
        initiatives.name_owners(initiative=initiative, starts=TODAY, **told)
    nora = officers.an_officer("Nora Nobody", capabilities.SEE_CHANGE)
    with pytest.raises(initiatives.MayNotOwn):
        initiatives.name_owners(initiative=initiative, starts=TODAY, **told | {"for_council": nora})
    with pytest.raises(DatabaseError, match="owners_are_two_officers"), transaction.atomic():
        models.OwnerPair.objects.create(
            initiative=initiative, for_council=olga, for_partner=olga, starts=date(2030, 1, 1)
        )


def test_owners_follow_one_another_without_a_gap():
    initiative = change_makers.an_initiative()
    olga, piet = change_makers.a_pair()
    tomorrow = TODAY + timedelta(days=1)
    told = {"for_council": piet, "for_partner": olga, "by": makers.everything(), "on": TODAY}
    with pytest.raises(initiatives.TooSoon):
        initiatives.name_owners(initiative=initiative, starts=TODAY, **told)
    initiatives.name_owners(initiative=initiative, starts=tomorrow, **told)
    assert owners.pair(initiative, TODAY).for_council == olga
    assert owners.pair(initiative, tomorrow).for_council == piet


def test_it_is_agreed_only_when_its_case_was_decided_for_doing_something():
    initiative = change_makers.an_initiative()
    with pytest.raises(initiatives.NotAgreed):
        change_makers.move(initiative, Stage.AGREED)
    olga, piet = (as_actor(one) for one in change_makers.a_pair())
    told = {"initiative": initiative, "why": "Calls.", "on": TODAY}
    case = cases.write(nothing=change_makers.a_choice("Do nothing"), by=olga, **told)
    [nothing] = case.options.all()
    told = {"case": case, "option": nothing, "because": "It is enough.", "on": TODAY}
    with pytest.raises(cases.TooFewOptions):
        cases.decide(**told, by=piet)
    choice = change_makers.a_choice()
    cases.add_option(case=case, choice=choice, by=olga, on=TODAY)
    with pytest.raises(cases.SecondOfficerNeeded):
        cases.decide(**told, by=olga)
    cases.decide(**told, by=piet)
    with pytest.raises(cases.AlreadyDecided):
        cases.add_option(case=case, choice=choice, by=olga, on=TODAY)
    with pytest.raises(initiatives.NotAgreed):
        change_makers.move(initiative, Stage.AGREED)
    change_makers.agreed(initiative)
    assert queries.stage_of(initiative) == Stage.AGREED


def test_stages_follow_one_another_and_never_go_back():
    initiative = change_makers.an_initiative()
    with pytest.raises(initiatives.NotNext):
        change_makers.move(initiative, Stage.UNDER_WAY)
    change_makers.agreed(initiative)
    with pytest.raises(initiatives.NotNext):
        change_makers.move(initiative, Stage.AGREED)
    change_makers.move(initiative, Stage.UNDER_WAY)
    milestone = a_milestone(initiative, TODAY)
    with pytest.raises(initiatives.MilestonesOpen):
        change_makers.move(initiative, Stage.DONE)
    met(milestone)
    change_makers.move(initiative, Stage.DONE)
    with pytest.raises(initiatives.NotNext):
        change_makers.move(initiative, Stage.STOPPED)
    with pytest.raises(milestones.Over):
        a_milestone(initiative, TODAY)


def test_a_full_stage_takes_nothing_in():
    kind = limits.AT_ONCE[Stage.SHAPING]
    told = {"of": kind.slug, "starts": TODAY, "by": makers.everything(), "on": TODAY}
    limit_commands.set_limit(most=1, **told)
    first = change_makers.an_initiative()
    with pytest.raises(initiatives.Full, match="1 of at most 1"):
        change_makers.an_initiative("Another")
    change_makers.move(first, Stage.STOPPED)
    change_makers.an_initiative("Another")


def test_a_limit_holds_from_its_day_and_what_began_before_keeps_its_own():
    told = {"of": limits.ANSWER.slug, "by": makers.everything(), "on": TODAY}
    assert limits.last_day(limits.ANSWER, TODAY) == date(2025, 4, 7)
    limit_commands.set_limit(most=10, starts=date(2025, 4, 1), **told)
    assert limits.last_day(limits.ANSWER, TODAY) == date(2025, 4, 7)
    assert limits.last_day(limits.ANSWER, date(2025, 4, 1)) == date(2025, 4, 15)
    for wrong in ({"most": 0, "starts": TODAY}, {"most": 261, "starts": TODAY}):
        with pytest.raises(limit_commands.NoLimit):
            limit_commands.set_limit(**wrong, **told)
    with pytest.raises(limit_commands.PastDay):
        limit_commands.set_limit(most=5, starts=date(2025, 3, 9), **told)
    with pytest.raises(limit_commands.NoLimit):
        limit_commands.set_limit(most=5, starts=TODAY, **told | {"of": "patience"})


def test_a_milestone_is_in_time_by_the_day_first_set():
    initiative = change_makers.an_initiative(on=date(2025, 1, 6))
    in_time, put_off, missed = (a_milestone(initiative, date(2025, 2, 3)) for _ in range(3))
    olga = as_actor(change_makers.a_pair()[0])
    told = {"milestone": put_off, "because": "Illness", "by": olga, "on": date(2025, 1, 20)}
    milestones.put_off(due=date(2025, 3, 3), **told)
    with pytest.raises(milestones.SameDay):
        milestones.put_off(due=date(2025, 3, 3), **told)
    with pytest.raises(milestones.PastDay):
        milestones.put_off(due=date(2025, 1, 19), **told)
    met(in_time, date(2025, 2, 3))
    met(put_off, date(2025, 3, 3))
    assert measures.milestones_met(change_makers.YEAR, TODAY) == (1, 3)
    cards = {card.milestone: card for card in queries.milestones(initiative)}
    assert cards[missed].is_late(TODAY)
    assert not cards[put_off].is_late(TODAY)
    with pytest.raises(milestones.AlreadyMet):
        met(in_time)
    change_makers.move(initiative, Stage.STOPPED, on=date(2025, 2, 1))
    assert measures.milestones_met(change_makers.YEAR, TODAY) is None


def test_only_its_owners_keep_its_milestones():
    initiative = change_makers.an_initiative()
    told = {"title": "Tried", "due": TODAY, "on": TODAY}
    with pytest.raises(owners.NotAnOwner):
        milestones.set_milestone(initiative=initiative, by=makers.everything(), **told)
    milestone = a_milestone(initiative, TODAY)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(milestones.NotYet):
            milestones.meet(
                milestone=milestone,
                met_on=day,
                evidence="Notes",
                by=as_actor(change_makers.a_pair()[0]),
                on=TODAY,
            )


def test_a_risk_is_seen_anew_and_how_it_was_seen_stays():
    initiative = change_makers.an_initiative()
    by = makers.everything()
    told = {"initiative": initiative, "title": "Late", "by": by, "on": TODAY}
    risk = risks.raise_risk(seen=change_makers.seen(3, 4), **told)
    risks.look_again(risk=risk, seen=change_makers.seen(2, 2), by=by, on=TODAY)
    [card] = queries.risks(initiative)
    assert (card.view.score, [one.score for one in card.before]) == (4, [12])
    for wrong in (change_makers.seen(0, 3), change_makers.seen(3, 6)):
        with pytest.raises(risks.NotOnTheScale):
            risks.raise_risk(seen=wrong, **told)
    with pytest.raises(risks.PastDay):
        risks.raise_risk(seen=change_makers.seen(review_on=TODAY), **told)
    risks.end_risk(risk=risk, because="Over.", by=by, on=TODAY)
    with pytest.raises(risks.NoRisk):
        risks.look_again(risk=risk, seen=change_makers.seen(), by=by, on=TODAY)
    [shown] = queries.cards(TODAY)
    assert shown.worst == 0


def test_what_waits_for_its_owner():
    initiative = change_makers.an_initiative(on=date(2025, 1, 6))
    a_milestone(initiative, date(2025, 2, 3))
    olga = as_actor(change_makers.a_pair()[0])
    risks.raise_risk(
        initiative=initiative,
        title="Nobody reads it",
        seen=change_makers.seen(review_on=date(2025, 3, 3)),
        by=olga,
        on=date(2025, 1, 6),
    )
    assert [one.text for one in waiting.waits(olga, TODAY)] == [
        "A milestone is late: Plain letters",
        "Look at a risk again: Nobody reads it",
    ]
    change_makers.move(initiative, Stage.STOPPED)
    assert waiting.waits(olga, TODAY) == []


def test_rows_only_grow():
    change_makers.an_initiative()
    for change in (
        "delete from change_move",
        "update change_initiative set title = 'x'",
        "delete from change_ownerpair",
        "update change_ownerpair set for_council_id = for_partner_id",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


def test_the_board_and_the_portfolio_say_what_is_where():
    first = change_makers.an_initiative(on=date(2025, 2, 10))
    change_makers.agreed(first, on=date(2025, 2, 20))
    change_makers.a_benefit(first)
    change_makers.an_initiative("Moves by one form", on=date(2025, 3, 3))
    everything = officers.an_officer("Ann Example", *officers.every_capability())
    visitor = officers.a_visitor(everything)
    board = visitor.get("/change/board").content.decode()
    markup.check(board)
    for words in ("Being shaped", "1 of at most 6", "7 days", "18 days", "How it flowed"):
        assert words in board
    portfolio = visitor.get("/change/portfolio").content.decode()
    markup.check(portfolio)
    assert "Not drawn, for nobody has said what they may bring: 1" in portfolio
    assert "£2,000.00" in portfolio


def test_an_initiative_is_begun_moved_and_kept_on_its_pages():
    olga, piet = change_makers.a_pair()
    dee = officers.a_visitor(officers.an_officer("Dee Lead", *officers.every_capability()))
    told = {"title": "One counter", "purpose": "One queue.", "beyond_contract": "yes"}
    who = {"for_council": str(olga.pk), "for_partner": str(olga.pk)}
    again = dee.post("/change/initiatives/new", officers.posted(**told, **who)).content.decode()
    assert "Choose two officers" in again
    who["for_partner"] = str(piet.pk)
    dee.post("/change/initiatives/new", officers.posted(**told, **who))
    number = models.Initiative.objects.get().pk
    owner = officers.a_visitor(olga)
    day = markup.day_data("due", date(2025, 4, 1))
    answers = officers.posted(title="Moved", **day)
    for _ in range(2):  # pressed twice
        owner.post(f"/change/initiatives/{number}/milestones/new", answers)
    milestone = models.Milestone.objects.get()
    seen = {"likelihood": "4", "impact": "4", "response": "reduce", "plan": "Begin small."}
    seen |= {"owner": str(piet.pk), "title": "It rains"} | markup.day_data(
        "review_on", date(2025, 4, 2)
    )
    owner.post(f"/change/initiatives/{number}/risks/new", officers.posted(**seen))
    evidence = markup.day_data("met_on", TODAY) | {"evidence": "Photograph 3"}
    owner.post(f"/change/milestones/{milestone.pk}/evidence", officers.posted(**evidence))
    shown = owner.get(f"/change/initiatives/{number}").content.decode()
    markup.check(shown)
    for words in ("Photograph 3", "Met in time", "High, 16", "It rains", "Olga Owner"):
        assert words in shown
    dee.post(f"/change/initiatives/{number}/stage", officers.posted(to="stopped"))
    assert queries.stage_of(models.Initiative.objects.get()) == Stage.STOPPED
    markup.check(dee.get(f"/change/initiatives/{number}").content.decode())
    assert dee.get(f"/change/initiatives/{number}/stage").status_code == 302


def test_limits_are_proposals_until_somebody_sets_one():
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    page = ann.get("/change/limits").content.decode()
    markup.check(page)
    assert page.count("Proposed, decided by nobody") == len(limits.ALL)
    answers = officers.posted(most="9", **markup.day_data("starts", TODAY))
    ann.post("/change/limits/at-once-under-way", answers)
    assert limits.most(limits.AT_ONCE[Stage.UNDER_WAY], TODAY) == 9
    assert ann.get("/change/limits/patience").status_code == 404


WAYS = st.lists(st.integers(0, 4), min_size=1, max_size=5)


class TestFlow(TestCase):
    @given(ends=WAYS, gap=st.integers(0, 9))
    @settings(max_examples=10, deadline=None)
    def test_what_came_to_a_stage_came_to_the_one_before(self, ends, gap):
        """The lines of the flow never cross, never fall, and add up to what the board shows."""
        first = date(2025, 1, 6)
        order = [*queries.FLOW[1:], Stage.STOPPED]
        for number, end in enumerate(ends):
            one = models.Initiative.objects.create(
                title=str(number), purpose="", beyond_contract=True, by="x", on=first
            )
            path = [Stage.SHAPING, *order[:end]] if end < 4 else [Stage.SHAPING, Stage.STOPPED]
            for step, stage in enumerate(path):
                one.moves.create(stage=stage, by="x", on=first + timedelta(days=step * gap))
        days = queries.weeks(date(2025, 3, 10), 12)
        counted = queries.flow(days)
        for stage, later in zip(queries.FLOW, queries.FLOW[1:], strict=False):
            assert all(a >= b for a, b in zip(counted[stage], counted[later], strict=True))
        assert all(list(line) == sorted(line) for line in counted.values())
        stopped = queries.count_at(Stage.STOPPED)
        for stage, later in zip(queries.FLOW[1:], [*queries.FLOW[2:], None], strict=True):
            beyond = counted[later][-1] if later else 0
            assert counted[stage][-1] - beyond == queries.count_at(stage)
        assert counted[Stage.SHAPING][-1] == sum(map(queries.count_at, queries.FLOW)) + stopped
