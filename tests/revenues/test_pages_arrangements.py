"""The pages of an arrangement: offer, look, agree, see how it goes, ring, write, change, end."""

import re
from datetime import date

import pytest

from borough.kernel.people.models import Person
from borough.lines.revenues import billing, models, waiting
from borough.lines.revenues.commands import arrangements as commands
from borough.lines.revenues.commands import households, receipts
from borough.lines.revenues.pages import arrangements as pages
from borough.lines.revenues.pages import offers
from borough.lines.revenues.queries import worries
from borough.rules import years
from tests import makers, markup, officers

TODAY = date(2025, 9, 1)
FIRST = date(2025, 9, 12)
LATE = date(2025, 9, 22)


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


@pytest.fixture
def account(mary):
    account = makers.an_account(adults=2, people=[mary])
    for first in (2024, 2025):
        billing.bill_accounts(
            [account.pk],
            years.Year(first),
            on=date(first, 3, 10),
            by=makers.everything(),
            because="x",
        )
    return account


@pytest.fixture
def agreed(account):
    return commands.agree(
        account=account,
        parts=["2024-25"],
        offer=commands.Offer(10_000, "monthly", FIRST),
        by=makers.everything(),
        on=TODAY,
    )


@pytest.fixture
def visitor(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def answers(**changed):
    given = {
        "parts": "2024-25",
        "amount": "100",
        "every": "monthly",
        **markup.day_data("first_due", FIRST),
    }
    return given | changed


def offer_of(account):
    return f"/revenues/accounts/{account.reference}/arrangement/offer"


def page_of(account, visitor):
    page = visitor.get(f"/revenues/accounts/{account.reference}/arrangement").content.decode()
    markup.check(page)
    return page


def carried(page):
    boxes = markup.parse(page).all("input")
    return {box.get("name"): box.get("value") for box in boxes if box.get("type") == "hidden"}


def test_the_forms_answer_in_our_words(account):
    markup.check_own_words(offers.Offer(today=TODAY, debts={"2024-25": 100}))
    markup.check_own_words(pages.Contact())
    markup.check_own_words(pages.Ending())


def test_an_arrangement_is_offered_looked_at_and_agreed_once(account, visitor):
    assert "Agree an arrangement" in page_of(account, visitor)
    asked = visitor.get(offer_of(account)).content.decode()
    markup.check(asked)
    assert "2024-25: £1,827" in asked or "2024-25: £1," in asked

    look = visitor.post(offer_of(account), officers.posted(step="check", **answers()))
    look = look.content.decode()
    markup.check(look)
    assert "Check before you agree" in look
    assert not models.Arrangement.objects.exists()

    confirmed = {**carried(look), "step": "confirm"}
    assert visitor.post(offer_of(account), confirmed).status_code == 302
    assert visitor.post(offer_of(account), confirmed).status_code == 302
    one = models.Arrangement.objects.get()
    assert (one.other_pence, one.parts) == (10_000, ["2024-25"])
    assert "Next:" in page_of(account, visitor)


def test_too_much_for_what_is_left_is_said_and_not_forbidden(account, visitor):
    given = answers(income="1,200", outgoings="1,150")
    look = visitor.post(offer_of(account), officers.posted(step="check", **given)).content.decode()
    assert "more than they said is left in a month" in look
    assert "By £50.00 a month" in look
    visitor.post(offer_of(account), {**carried(look), "step": "confirm"})
    assert models.Arrangement.objects.get().left_a_month_pence == 5_000


def test_nobody_has_to_say_what_comes_in(account, visitor):
    look = visitor.post(offer_of(account), officers.posted(step="check", **answers()))
    assert "left in a month" not in look.content.decode()
    half = visitor.post(offer_of(account), officers.posted(step="check", **answers(income="900")))
    assert "Enter both what comes in and what goes out, or neither" in half.content.decode()


def test_running_past_the_end_of_the_year_is_said(account, visitor):
    given = answers(parts="2025-26", amount="50")
    look = visitor.post(offer_of(account), officers.posted(step="check", **given)).content.decode()
    assert "after the end of 2025-26" in look
    given = answers(parts="2024-25", amount="1,000")
    look = visitor.post(offer_of(account), officers.posted(step="check", **given)).content.decode()
    assert "after the end of" not in look


def test_a_refusal_stands_at_its_question(account, visitor):
    given = answers(**markup.day_data("first_due", date(2025, 8, 1)))
    page = visitor.post(offer_of(account), officers.posted(step="check", **given)).content.decode()
    markup.check(page, in_error=True)
    assert "The first payment must be today or later" in page


def test_late_it_is_a_call_before_a_letter(agreed, account, visitor, settings):
    settings.STANDING_DATE = LATE
    page = page_of(account, visitor)
    assert "Ring first" in page
    short = f"{agreed.first_pence // 100}.{agreed.first_pence % 100:02d}"
    assert short in page
    letter = f"/revenues/arrangements/{agreed.pk}/letter"
    refused = visitor.post(letter, officers.posted()).content.decode()
    assert "Ring or visit first" in refused
    call = f"/revenues/arrangements/{agreed.pk}/calls"
    markup.check(visitor.get(call).content.decode())
    assert visitor.post(call, officers.posted(reached="yes")).status_code == 302
    assert visitor.post(letter, officers.posted()).status_code == 302
    assert agreed.warnings.get().short_pence == agreed.first_pence
    page = page_of(account, visitor)
    assert "22 September 2025: spoke with them" in page
    assert "Letter about it" in page


def test_whoever_runs_late_waits_for_a_call(agreed, mary, visitor, settings):
    ann = makers.an_officer(1)
    assert not [one for one in waiting.waits(ann, TODAY) if "arrangement" in one.text]
    [called] = [one for one in waiting.waits(ann, LATE) if "arrangement" in one.text]
    assert called.text == "Ring about an arrangement to pay that runs late"

    settings.STANDING_DATE = LATE
    listed = visitor.get("/revenues/arrangements").content.decode()
    markup.check(listed)
    assert "Ring and ask how things are" in listed
    commands.record_contact(arrangement=agreed, reached=True, by=makers.everything(), on=LATE)
    assert not [one for one in waiting.waits(ann, LATE) if "arrangement" in one.text]


def test_nobody_rings_somebody_who_has_died(agreed, account, mary):
    [late] = worries.worries(LATE)
    assert late.next_step == "Ring and ask how things are"
    Person.objects.filter(pk=mary.pk).update(date_of_death=date(2025, 9, 15))
    [late] = worries.worries(LATE)
    assert late.next_step == "They have died: settle that first"
    john = makers.a_person("John", "Rimmer")
    account.liabilities.create(person=john, basis="partner", starts=account.starts)
    [late] = worries.worries(LATE)
    assert late.next_step == "Ring and ask how things are"


def test_a_larger_bill_is_shown_and_the_officer_chooses(agreed, account, visitor):
    """Spreading takes the payments that are left; keeping takes the amount that was agreed."""
    household = account.households.get()
    household.delete()
    account.households.create(adults=1, starts=account.starts)
    billing.rebill([account], on=TODAY, by=makers.everything(), because="one adult")
    small = commands.change(
        arrangement=agreed,
        parts=["2024-25"],
        offer=commands.Offer(10_000, "monthly", FIRST),
        by=makers.everything(),
        on=TODAY,
    )
    households.declare_household(
        account=account, adults=2, starts=date(2024, 4, 1), by=makers.everything(), on=TODAY
    )
    page = page_of(account, visitor)
    assert "larger than was agreed" in page
    terms = f"/revenues/arrangements/{small.pk}/terms"
    kept = visitor.get(f"{terms}?how=keep").content.decode()
    spread = visitor.get(f"{terms}?how=spread").content.decode()
    markup.check(spread)
    amounts = [
        next(b.get("value") for b in markup.parse(p).all("input") if b.get("name") == "amount")
        for p in (kept, spread)
    ]
    assert amounts[0] == "£100.00"
    assert amounts[1] > amounts[0]


def test_a_debt_that_grew_is_listed_until_somebody_agrees_about_it(agreed, account, visitor):
    """All that was agreed may be paid, and the rest would be asked for by nobody."""
    account.households.all().delete()
    account.households.create(adults=1, starts=account.starts)
    billing.rebill([account], on=TODAY, by=makers.everything(), because="one adult")
    offer = commands.Offer(10_000, "monthly", FIRST)
    asked = {"parts": ["2024-25"], "offer": offer, "by": makers.everything(), "on": TODAY}
    small = commands.change(arrangement=agreed, **asked)
    assert (
        "Every debt is as it was agreed" in visitor.get("/revenues/arrangements").content.decode()
    )
    households.declare_household(
        account=account, adults=2, starts=date(2024, 4, 1), by=makers.everything(), on=TODAY
    )
    page = visitor.get("/revenues/arrangements").content.decode()
    markup.check(page)
    [row] = [one for one in worries.grown(TODAY) if one.account == account.reference]
    assert row.grown_pence == round(180_571 * 0.25)
    assert "£451.43" in page
    commands.change(arrangement=small, **asked)
    assert worries.grown(TODAY) == []


def test_the_account_says_what_the_arrangement_asks_for_and_not_the_bill(
    agreed, account, visitor, settings
):
    year = f"/revenues/accounts/{account.reference}?year=2024-25"
    page = visitor.get(year).content.decode()
    markup.check(page)
    assert re.search(r"Next payment: <strong>£[0-9.]+</strong> by 12 September 2025", page)
    assert "Overdue" not in page
    assert "Next instalment" in visitor.get(year.replace("2024-25", "2025-26")).content.decode()
    settings.STANDING_DATE = LATE
    late = visitor.get(year).content.decode()
    assert "Late: <strong>£" in late


def test_it_is_ended_with_a_reason(agreed, account, visitor):
    address = f"/revenues/arrangements/{agreed.pk}/end"
    markup.check(visitor.get(address).content.decode())
    assert visitor.post(address, officers.posted(why="asked")).status_code == 302
    page = page_of(account, visitor)
    assert "The resident asked" in page
    assert visitor.get(address).status_code == 404


def test_paid_off_it_says_so_and_makes_room(agreed, account, visitor):
    receipts.record_payment(
        account=account,
        pence=agreed.debt_pence,
        key="all",
        year=years.Year(2024),
        by=makers.everything(),
        on=TODAY,
    )
    page = page_of(account, visitor)
    assert "Paid off" in page
    assert "End the arrangement" not in page
    assert "Agree an arrangement" in page
