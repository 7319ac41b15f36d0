"""The pages of remedies: help first, then what is in use, attachments and enforcement agents."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from borough.kernel.facts.models import Fact
from borough.kernel.holds import commands as holds
from borough.kernel.pages import wording
from borough.kernel.people.commands import needs
from borough.kernel.runs.models import Run
from borough.lines.revenues import models, placing, waiting
from borough.lines.revenues.commands import attachments as attachment_commands
from borough.lines.revenues.commands import placements
from borough.lines.revenues.pages import agents, attachments, remedies
from borough.lines.revenues.pages import placements as placement_pages
from borough.lines.revenues.queries import accounts
from tests import makers, markup, officers
from tests.revenues import ordering

TODAY = date(2025, 9, 1)
YEAR = ordering.YEAR
BY = makers.everything()


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


@pytest.fixture
def account(mary):
    return ordering.an_account_under_order(people=[mary])


@pytest.fixture
def agent(db):
    firm = ordering.an_employer("Invented Agents Ltd")
    return placements.record_agent(person=firm, slug="invented", layout="plain", by=BY, on=TODAY)


@pytest.fixture
def visitor(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


@pytest.fixture
def colleague(db):
    return officers.a_visitor(officers.an_officer("Tom Example", *officers.every_capability()))


def get(visitor, address):
    page = visitor.get(address).content.decode()
    markup.check(page)
    return page


def page_of(account, visitor):
    return get(visitor, f"/revenues/accounts/{account.reference}/remedies")


def carried(page):
    boxes = markup.parse(page).all("input")
    return {box.get("name"): box.get("value") for box in boxes if box.get("type") == "hidden"}


def placed(agent):
    """Place what is free, prepared by one officer and committed by another."""
    preview = placements.prepare_placing(agent=agent, by=makers.an_officer(901), on=TODAY)
    placing.preview(preview)
    run = placements.commit_placing(preview=preview, by=makers.an_officer(902), on=TODAY)
    placing.carry_out(run, by=BY)
    return run


def test_the_forms_answer_in_our_words(agent):
    markup.check_own_words(attachments.Order(today=TODAY, people={"1": "Mary"}))
    markup.check_own_words(attachments.Deduction(today=TODAY))
    markup.check_own_words(attachments.Amount())
    markup.check_own_words(attachments.Ending())
    markup.check_own_words(remedies.CallBack())
    markup.check_own_words(placement_pages.Prepare())
    markup.check_own_words(agents.NewAgent())


def test_help_and_needs_come_before_any_remedy(account, mary, visitor):
    needs.record_need(person=mary, kind="large_print", by=BY, on=TODAY)
    page = page_of(account, visitor)
    assert page.index("First, what would help") < page.index("Liability order of 2024-25")
    assert "No Council Tax Reduction is recorded" in page
    assert "Letters in large print" in page
    assert "What an enforcement agent would add to 2024-25" in page
    assert "£310.00" in page or "£3" in page


def test_an_account_without_an_order_says_that_nothing_can_be_done(visitor):
    account = makers.an_account()
    page = page_of(account, visitor)
    assert "There is none, so no remedy can be used." in page


def test_what_stands_against_it_is_said_and_nothing_is_offered(account, visitor):
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=account.thing), by=BY, on=TODAY)
    page = page_of(account, visitor)
    assert "Somebody has asked about the charge" in page
    assert "Attach earnings" not in page


def test_an_attachment_is_looked_at_and_ordered_once(account, mary, visitor):
    """Of £1,600.00 a month 17 per cent is taken: £272.00, and £1,328.00 is left."""
    address = f"/revenues/accounts/{account.reference}/remedies/2024-25/attachment"
    get(visitor, address)
    given = {
        "person": str(mary.pk),
        "employer": "Invented Works Ltd",
        "frequency": "monthly",
        "earnings": "1,600",
        "payroll_number": "",
    }
    look = visitor.post(address, officers.posted(step="check", **given)).content.decode()
    markup.check(look)
    assert "£272.00" in look
    assert "£1,328.00" in look
    assert not models.Remedy.objects.exists()
    confirmed = {**carried(look), "step": "confirm"}
    done = visitor.post(address, confirmed)
    assert visitor.post(address, confirmed).status_code == done.status_code == 302
    order = models.Attachment.objects.get()
    assert order.employer.family_name == "Invented Works Ltd"
    assert "In force" in get(visitor, done.url)
    assert "Attachment of earnings" in page_of(account, visitor)


def test_real_deductions_stand_beside_the_table(account, mary, visitor):
    order = attachment_commands.order_attachment(
        account=account,
        year=YEAR,
        person=mary,
        employer=ordering.an_employer(),
        frequency="weekly",
        by=BY,
        on=date(2025, 8, 1),
    )
    address = f"/revenues/attachments/{order.pk}"
    given = {
        **markup.day_data("pay_day", date(2025, 8, 29)),
        "deducted_pence": "50",
        "net_pence": "400",
    }
    get(visitor, f"{address}/deductions")
    assert visitor.post(f"{address}/deductions", officers.posted(**given)).status_code == 302
    page = get(visitor, address)
    assert "took £18.00 less than the table says" in page
    again = visitor.post(f"{address}/deductions", officers.posted(**given)).content.decode()
    assert "The deduction of that pay day is recorded" in again
    get(visitor, f"{address}/amount")
    assert visitor.post(f"{address}/amount", officers.posted(pence="500")).status_code == 302
    get(visitor, f"{address}/end")
    assert visitor.post(f"{address}/end", officers.posted(why="left")).status_code == 302
    assert "Left the employment" in get(visitor, address)


def test_a_placing_is_prepared_looked_at_and_committed_by_a_colleague(
    account, agent, visitor, colleague
):
    get(visitor, "/revenues/agents")
    asked = visitor.post("/revenues/agents", officers.posted(agent="invented"))
    assert asked.status_code == 302
    run = Run.objects.get(kind=placing.PREVIEW)
    assert "Looking at every liability order" in get(visitor, asked.url)
    placing.preview(run)
    own = get(visitor, asked.url)
    assert "You prepared this" in own
    assert account.reference in own
    theirs = get(colleague, asked.url)
    assert "Place them" in theirs
    tom = makers.an_officer(999)
    [waits] = [one for one in waiting.waits(tom, TODAY) if "enforcement agent" in one.text]
    assert waits.url == asked.url
    done = colleague.post(asked.url, officers.posted())
    assert done.status_code == 302
    placing.carry_out(Run.objects.get(kind=placing.PLACING), by=BY)
    assert "1 of 1 debt placed" in get(colleague, done.url)
    file = models.AgentFile.objects.get()
    fetched = colleague.get(f"/revenues/agents/files/{file.pk}")
    assert account.reference in fetched.content.decode()
    assert Fact.objects.filter(what="revenues.agent_file_fetched").count() == 1
    assert "with agents today" in get(visitor, "/revenues/agents")


def test_a_file_comes_back_and_its_doubts_are_shown(account, agent, visitor):
    placed(agent)
    remedy = models.Remedy.objects.get()
    get(visitor, "/revenues/agents/returns")
    text = (
        "Our reference,Code,Day,Amount,Passed on\n"
        f"{remedy.reference},FEE-C,01/09/2025,75.00,\n"
        f"{remedy.reference},PAY,01/09/2025,175.00,90.00\n"
        "EA1,PAY,01/09/2025,1.00,1.00\n"
    )
    given = officers.posted(agent="invented", announced_pence="90")
    given["file"] = SimpleUploadedFile("back.csv", text.encode())
    done = visitor.post("/revenues/agents/returns", given)
    assert done.status_code == 302, done.content.decode()
    page = get(visitor, done.url)
    assert "£10.00 less was passed on than regulation 13 gives the council" in page
    assert "No debt with this reference" in page
    shown = get(visitor, f"/revenues/agents/debts/{remedy.pk}")
    assert "£75.00" in shown
    assert "Whose are the fees?" in shown


def test_the_recovery_of_an_account_says_what_is_in_use_under_the_order(account, agent, visitor):
    address = f"/revenues/accounts/{account.reference}/recovery"
    assert "In use under it" not in get(visitor, address)
    placed(agent)
    page = get(visitor, address)
    assert "In use under it: enforcement agent." in page
    assert "See what is done under the liability order" in page


def test_a_debt_is_called_back_and_the_agent_told(account, agent, visitor, mary):
    placed(agent)
    remedy = models.Remedy.objects.get()
    address = f"/revenues/agents/debts/{remedy.pk}/recall"
    get(visitor, address)
    assert visitor.post(address, officers.posted(why="officer")).status_code == 302
    page = get(visitor, "/revenues/agents")
    assert "called back from Invented Agents Ltd" in page
    assert any("called back" in one.text for one in waiting.waits(makers.an_officer(1), TODAY))
    recalls = "/revenues/agents/invented/recalls"
    get(visitor, recalls)
    assert visitor.post(recalls, officers.posted()).status_code == 302
    assert models.AgentFile.objects.filter(kind="recall").count() == 1


def test_a_firm_is_recorded(visitor):
    given = {"name": "Another Firm Ltd", "slug": "another", "layout": "plain"}
    get(visitor, "/revenues/agents/new")
    assert visitor.post("/revenues/agents/new", officers.posted(**given)).status_code == 302
    again = visitor.post("/revenues/agents/new", officers.posted(**given)).content.decode()
    assert "That firm is recorded already" in again
    strange = visitor.post("/revenues/agents/new", officers.posted(**given | {"slug": "../x"}))
    assert "small letters, figures and hyphens" in strange.content.decode()


def test_the_account_shows_its_costs_with_the_tax_and_both_open_to_their_postings(visitor, mary):
    account = ordering.an_account_under_order(people=[mary], costs_pence=8_000)
    start = f"/revenues/accounts/{account.reference}"
    tax = accounts.owed_by_year(account.reference)[0].balance_pence
    page = visitor.get(start).content.decode()
    markup.check(page)
    for words in ("Costs of the court", "£80.00", wording.money(tax + 8_000)):
        assert words in page
    statement = visitor.get(f"{start}/statement").content.decode()
    markup.check(statement)
    assert f"Costs of the court for {ordering.YEAR}" in statement
    assert f"{start}/statement" in visitor.get(f"{start}/remedies").content.decode()
