"""Agreeing one plan for all debts: within means, told to each service alone, and it holds."""

from datetime import date, timedelta

import pytest

from borough.kernel import commanding, joining
from borough.kernel.documents import printing
from borough.kernel.documents.models import Document
from borough.kernel.facts import delivering
from borough.kernel.facts.models import Fact
from borough.kernel.holds import queries as holds
from borough.kernel.people.models import Residence
from borough.lines.revenues import models as revenues
from borough.resident.plans import models
from borough.resident.plans.commands import plans as commands
from borough.resident.plans.queries import plans as queries
from tests import makers, markup, officers
from tests.resident.plans import plan_makers

ON = plan_makers.ON
FIRST = date(2025, 6, 15)
HELP = joining.purposes()["resident.support"]


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = ON


@pytest.fixture
def mary(db):
    makers.an_open_ledger()
    mary = makers.a_person("Mary", "Rimmer")
    Residence.objects.create(person=mary, dwelling=makers.a_dwelling(), starts=date(2024, 4, 1))
    return mary


def agree(mary, pence=6_000, by=None, **offer):
    return commands.agree_plan(
        person=mary,
        offer=commands.Offer(pence, **{"first_due": FIRST} | offer),
        purpose=HELP,
        by=by or makers.everything(),
        on=ON,
    )


@pytest.fixture
def agreed(mary):
    account = plan_makers.an_order(mary, 60_000)
    plan_makers.a_rent(mary, "840.00", stage="NSP")
    plan_makers.a_statement(mary, 6_000)
    plan = agree(mary, floors={"northway-rents/T1": 2_000})
    return plan, account


def test_what_was_shown_is_what_is_agreed_debt_by_debt(agreed):
    plan, _ = agreed
    assert {one.debt.split("/")[0]: one.monthly_pence for one in plan.shares.all()} == {
        "northway-rents": 4_333,
        "revenues.council_tax": 1_667,
    }
    assert (plan.monthly_pence, plan.months) == (6_000, 24)


def test_revenues_hears_its_own_share_and_makes_it_an_arrangement_once(agreed):
    _, account = agreed
    [told] = Fact.objects.filter(what="resident.share_agreed")
    assert (told.thing, told.detail["monthly_pence"]) == (account.thing, 1_667)
    assert "resident.share_of_others_agreed" not in joining.lines()[0].hears
    for _ in range(2):
        delivering.deliver()
    [one] = revenues.Arrangement.objects.filter(account=account)
    assert (one.debt_pence, one.other_pence, one.first_due, one.every) == (
        60_000,
        1_667,
        FIRST,
        "monthly",
    )


def test_a_plan_holds_every_act_on_its_debts_until_it_ends(agreed):
    plan, account = agreed
    debt = holds.Debt(account.thing, (plan.person_id,), "2024-25")
    other = holds.Debt("revenues.account/1", (), "2024-25")

    def kinds(on):
        return [{one.kind for one in some} for some in holds.may_we_act([debt, other], "agent", on)]

    assert [("joint_plan" in some) for some in kinds(ON)] == [True, False]
    later = ON + timedelta(1)
    commands.end_plan(plan=plan, why="asked", by=makers.everything(), on=later)
    assert "joint_plan" not in kinds(later)[0]
    with pytest.raises(commands.AlreadyEnded):
        commands.end_plan(plan=plan, why="asked", by=makers.everything(), on=later)


def test_no_plan_asks_for_more_than_is_left_or_rests_on_what_nobody_knows(mary):
    plan_makers.an_order(mary, 60_000)
    with pytest.raises(commands.StatementFirst):
        agree(mary)
    plan_makers.a_statement(mary, 5_999)
    with pytest.raises(commands.TooMuch):
        agree(mary)
    with pytest.raises(commands.NotADay):
        agree(mary, 5_999, first_due=ON - timedelta(1))
    with pytest.raises(commands.ChangedMeanwhile):
        agree(mary, 5_999, seen={1: 5_999})
    with pytest.raises(commanding.NotAllowed):
        agree(mary, 5_999, by=makers.nobody())
    agree(mary, 5_999)
    with pytest.raises(commands.AlreadyAgreed):
        agree(mary, 5_999)


def test_a_plan_beyond_the_councils_months_needs_who_may_decide_it(mary):
    plan_makers.an_order(mary, 60_000)
    plan_makers.a_statement(mary, 2_000)
    some = frozenset(joining.capabilities()) - {"resident.review_plan"}
    with pytest.raises(commanding.NotAllowed):
        agree(mary, 2_000, by=commanding.System("system/adviser", some))
    assert agree(mary, 2_000).months == 30


def test_another_plan_replaces_the_one_before_and_what_was_agreed_stays_to_be_read(agreed):
    plan, account = agreed
    delivering.deliver()
    later = ON + timedelta(1)
    changed = commands.change_plan(
        plan=plan, offer=commands.Offer(3_000, FIRST), purpose=HELP,
        by=makers.everything(), on=later,
    )  # fmt: skip
    delivering.deliver()
    plan.refresh_from_db()
    assert (plan.why_ended, changed.follows, changed.monthly_pence) == ("changed", plan, 3_000)
    assert plan.shares.count() == changed.shares.count() == 2
    share = changed.shares.get(thing=account.thing)
    running = revenues.Arrangement.objects.get(account=account, ends=None)
    assert running.other_pence == share.monthly_pence


def test_the_letter_says_every_share_and_why_and_is_a_tagged_pdf(agreed):
    plan, _ = agreed
    letter = Document.objects.get(thing=plan.thing)
    assert letter.data["monthly_pence"] == sum(
        one["monthly_pence"] for one in letter.data["shares"]
    )
    assert next(one["says"] for one in letter.data["shares"]).startswith("£20.00 is the least")
    pdf = printing.pdf_of(letter)
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf


def test_who_the_plan_does_not_bind_is_said_in_the_letter_and_on_the_pages(agreed):
    plan, account = agreed
    assert Document.objects.get(thing=plan.thing).data["not_bound"] == ["Northway Homes"]
    sue = officers.an_officer("Sue Example", *officers.every_capability())
    visitor = officers.a_visitor(sue, purpose="resident.support")
    there = f"/residents/{plan.person_id}/plan"
    for page in (
        visitor.get(f"{there}/agreed").content.decode(),
        visitor.post(f"{there}/agreement", {"monthly": "30.00"}).content.decode(),
    ):
        markup.check(page)
        assert "Northway Homes" in page
        assert "they may still write, or go to court" in page
    assert queries.not_bound([f"revenues.council_tax/{account.reference}/2024-25"]) == []


def test_what_a_colleague_agreed_or_ended_meanwhile_is_never_replaced_unseen(mary):
    plan_makers.an_order(mary, 60_000)
    plan_makers.a_statement(mary, 6_000)
    sue = officers.an_officer("Sue Example", *officers.every_capability())
    visitor = officers.a_visitor(sue, purpose="resident.support")
    there = f"/residents/{mary.pk}/plan/agreement"
    sure = {"go": "agree", "entitled": "on", "agreed": "on", **markup.day_data("first_due", FIRST)}

    def looked_at() -> dict[str, str]:
        return dict(visitor.post(there, {"monthly": "60.00"}).context["carried"])

    before = looked_at()
    plan = agree(mary)
    late = visitor.post(there, officers.posted(**before, **sure)).content.decode()
    assert "There is a plan for all debts. Change that one instead." in late
    seen = looked_at()
    commands.end_plan(plan=plan, why="asked", by=makers.everything(), on=ON)
    late = visitor.post(there, officers.posted(**seen, **sure)).content.decode()
    assert "That plan has ended. Look at what holds now." in late
    assert models.Plan.objects.count() == 1
    stranger = {**seen, "follows": str(2**70)}
    assert visitor.post(there, officers.posted(**stranger, **sure)).status_code == 404
    again = visitor.get(f"/residents/plans/{plan.pk}/ending", follow=True)
    assert "This plan has ended." in again.content.decode()
    twice = visitor.post(f"/residents/plans/{plan.pk}/ending", officers.posted(why="asked"))
    assert "That plan has ended" in twice.content.decode()


def test_what_is_owed_is_not_ended_as_paid_off(agreed):
    plan, _ = agreed
    with pytest.raises(commands.StillOwed):
        commands.end_plan(plan=plan, why="paid", by=makers.everything(), on=ON)


def test_who_has_no_address_gets_a_plan_and_no_letter(mary):
    Residence.objects.filter(person=mary).delete()
    plan_makers.an_order(mary, 60_000)
    plan_makers.a_statement(mary, 6_000)
    assert not Document.objects.filter(thing=agree(mary).thing).exists()


def test_the_pages_lead_from_the_shares_to_the_plan(mary):
    plan_makers.an_order(mary, 60_000)
    plan_makers.a_statement(mary, 6_000)
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    visitor = officers.a_visitor(ann, purpose="resident.support")
    there = f"/residents/{mary.pk}/plan"
    assert "Agree this plan" in visitor.get(there).content.decode()
    asked = visitor.post(f"{there}/agreement", {"monthly": "60.00"})
    page = asked.content.decode()
    markup.check(page)
    carried = dict(asked.context["carried"])
    day = {"first_due_day": "15", "first_due_month": "6", "first_due_year": "2025"}
    unconfirmed = visitor.post(
        f"{there}/agreement", officers.posted(**carried, **day, go="agree")
    ).content.decode()
    assert "entitled to was gone through" in unconfirmed
    assert not models.Plan.objects.exists()
    sent = officers.posted(**carried, **day, go="agree", entitled="on", agreed="on")
    for _ in range(2):
        assert visitor.post(f"{there}/agreement", sent).url == f"{there}/agreed"
    plan = models.Plan.objects.get()
    shown = visitor.get(f"{there}/agreed").content.decode()
    markup.check(shown)
    assert "in proportion to what is owed" in shown
    assert "The letter about it" in shown
    markup.check(visitor.get(f"/residents/plans/{plan.pk}/ending").content.decode())
