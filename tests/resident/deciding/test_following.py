"""What follows for somebody, from a first worry to a plan, by what is really recorded."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borough.kernel import joining
from borough.kernel.holds import acts
from borough.kernel.holds import commands as placing
from borough.kernel.holds import queries as holds
from borough.kernel.people import commands as people
from borough.resident import queries as pictures
from borough.resident.deciding import commands, queries
from borough.resident.pages import deciding as pages
from borough.resident.signals import commands as support
from borough.rules.support.valve import Action
from tests import makers, markup, officers
from tests.resident.plans import plan_makers

ON = plan_makers.ON
HELP = joining.purposes()["resident.support"]
MOST_QUESTIONS = 75
COLLECTING = joining.purposes()["revenues.collecting"]


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    """Return somebody who owes £600 of a year that is over."""
    mary = makers.a_person("Mary", "Rimmer")
    plan_makers.an_order(mary, 60_000)
    return mary


def follows(person, purpose=HELP, on=ON):
    picture = pictures.picture(person, purpose=purpose, on=on)
    return queries.following(picture, purpose=purpose, on=on)


def codes(found) -> list[str]:
    return [one.code for one in found.outcomes]


def ask_about_all(person) -> None:
    for offer in follows(person).unasked:
        commands.check_help(
            person=person, scheme=offer.scheme, outcome="not_due", by=makers.everything(), on=ON
        )


def test_what_may_be_due_comes_before_any_plan(mary):
    found = follows(mary)
    assert found.unasked
    assert found.next.action is Action.CHECK_ENTITLEMENTS
    assert codes(found) == ["R4", "R6"]


def test_once_asked_about_help_waits_as_long_as_a_statement_lasts(mary):
    ask_about_all(mary)
    assert follows(mary).unasked == ()
    assert follows(mary).next.action is Action.ASK_FOR_STATEMENT
    assert follows(mary, on=ON + timedelta(179)).unasked == ()
    assert follows(mary, on=ON + timedelta(180)).unasked


def test_with_something_to_spare_one_plan_is_proposed_and_once_agreed_nothing_more(mary):
    ask_about_all(mary)
    plan_makers.a_statement(mary, 6_000)
    found = follows(mary)
    assert (found.next.outcome.code, found.next.action) == ("R8", Action.PROPOSE_PLAN)
    assert "£60.00" in found.next.outcome.says
    plan_makers.a_plan(mary)
    assert follows(mary).next is None


def test_with_nothing_to_spare_no_plan_is_asked_for(mary):
    ask_about_all(mary)
    plan_makers.a_statement(mary, -2_500)
    found = follows(mary)
    assert (found.next.outcome.code, found.next.action) == ("R7", Action.CONSIDER_REDUCTION)
    assert "R8" not in codes(found)


def test_a_dispute_leaves_its_debt_out_and_a_safe_way_is_kept_to(mary):
    [thing] = {one.thing for one in follows(mary).helped.proposal.debts.values()}
    placing.place_hold(
        kind="dispute", upon=placing.Upon(thing=thing), by=makers.everything(), on=ON
    )
    people.record_need(person=mary, kind="keep_apart", by=makers.everything(), on=ON)
    assert codes(follows(mary)) == ["R2", "R4", "R5", "R6"]
    assert follows(mary).read["disputed_debts"] == 1


def test_collecting_reads_nothing_that_was_told_for_help(mary):
    plan_makers.a_statement(mary, -2_500)
    found = follows(mary, COLLECTING)
    assert found.helped is None
    assert found.read.keys() == queries.OPEN_TO_ALL
    assert codes(found) == ["R4"]
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    page = ann.get(f"/residents/{mary.pk}/decided").content.decode()
    assert "What can the household spare" not in page
    assert "R7" not in page


def test_a_graver_step_waits_until_an_officer_has_read_the_facts(mary):
    [owing] = follows(mary).helped.proposal.debts.values()
    debt = holds.Debt(owing.thing, (mary.pk,), owing.part)
    by = makers.everything()
    assert holds.may_we_act([debt], acts.AGENT, ON) == [()]
    support.take_case(person=mary, next_review=ON + timedelta(7), by=by, on=ON)
    [[waits]] = holds.may_we_act([debt], acts.AGENT, ON)
    assert waits.kind == "facts_unread"
    assert holds.may_we_act([debt], acts.REMINDER, ON) == [()]
    with pytest.raises(commands.NotRead):
        commands.confirm_step(person=mary, thing=debt.thing, is_read=False, by=by, on=ON)
    until = commands.confirm_step(person=mary, thing=debt.thing, is_read=True, by=by, on=ON)
    assert until == ON + timedelta(14)
    assert holds.may_we_act([debt], acts.AGENT, until - timedelta(1)) == [()]
    assert holds.may_we_act([debt], acts.AGENT, until) == [(waits,)]


def test_every_thing_to_do_has_a_page_and_every_page_is_there():
    assert pages.DOORS.keys() == queries.TO_DO


def test_the_page_says_the_one_thing_to_do_and_how_it_was_decided(mary):
    sue = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()), purpose=HELP.slug
    )
    page = sue.get(f"/residents/{mary.pk}").content.decode()
    offer = follows(mary).unasked[0]
    assert f"Ask about {offer.title}" in page
    assert f'href="/residents/{mary.pk}/help/{offer.scheme}"' in page
    decided = sue.get(f"/residents/{mary.pk}/decided").content.decode()
    markup.check(decided)
    assert decided.index(">R4<") < decided.index(">R6<")
    assert "What the rules cannot see" in decided


def test_what_came_of_asking_is_recorded_once(mary):
    sue = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()), purpose=HELP.slug
    )
    before = follows(mary).unasked
    answers = officers.posted(outcome="claimed")
    for _ in range(2):
        sue.post(f"/residents/{mary.pk}/help/{before[0].scheme}", answers)
    assert follows(mary).unasked == before[1:]
    told = [one.sentence for one in pictures.timeline(mary.pk, purpose=HELP)]
    assert told.count("Help that may be due was asked about: a claim was begun") == 1


def test_for_collecting_the_page_of_asking_is_not_there(mary):
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    offer = follows(mary).unasked[0]
    assert ann.get(f"/residents/{mary.pk}/help/{offer.scheme}").status_code == 404


def test_where_no_step_is_to_come_there_is_nothing_to_confirm(mary):
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    assert ann.get(f"/residents/{mary.pk}/step").status_code == 302


def test_all_debts_are_left_alone_from_the_page(mary):
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    ann.post(f"/residents/{mary.pk}/hold", officers.posted(kind="vulnerable"))
    [held] = pictures.picture(mary, purpose=COLLECTING, on=ON).left_alone
    assert (held.kind, held.what, held.starts) == ("vulnerable", "All debts", date(2025, 6, 2))


def test_one_look_asks_few_questions_however_much_is_owed(mary):
    sue = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()), purpose=HELP.slug
    )
    plan_makers.a_rent(mary, "640.00")
    plan_makers.a_statement(mary, 6_000)
    counts = []
    for _ in range(2):
        sue.get(f"/residents/{mary.pk}")  # what is read once for a while is read
        with CaptureQueriesContext(connection) as asked:
            assert sue.get(f"/residents/{mary.pk}").status_code == 200
        counts.append(len(asked))
        plan_makers.an_order(mary, 20_000)
    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUESTIONS


def test_without_javascript_the_same_page_works_out_another_amount(mary):
    sue = officers.a_visitor(
        officers.an_officer("Sue Example", *officers.every_capability()), purpose=HELP.slug
    )
    plan_makers.a_rent(mary, "640.00")
    plan_makers.a_statement(mary, 6_000)
    page = sue.get(f"/residents/{mary.pk}?monthly=50").content.decode()
    markup.check(page)
    assert "£50.00 a month: all £1,240.00 is paid in 25 months" in page
    wrong = sue.get(f"/residents/{mary.pk}?monthly=much").content.decode()
    assert "must be in pounds and pence" in wrong
    assert "£60.00 a month" in wrong
    more = sue.get(f"/residents/{mary.pk}?monthly=70").content.decode()
    assert "£10.00 more than is left in a month" in more
