"""What the page of an account says, to the penny."""

from datetime import date

import pytest

from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening, posting
from borough.lines.revenues import billing, models
from borough.lines.revenues.queries import accounts, explanations, instalments
from borough.rules import years
from tests import makers, markup, officers
from tests.kernel.ledger import makers as ledger_makers

YEAR = makers.YEAR


def bill(account, year=YEAR, on=makers.BILLING_DAY):
    billing.bill_accounts([account.pk], year, on=on, by=makers.everything(), because="test")


def pay(account, pence, key, on=date(2025, 6, 3)):
    [sub] = ledger.sub_account_ids(billing.KIND, [account.reference], YEAR.name).values()
    posting.post(
        source="tests.receipts",
        key=key,
        on=on,
        narrative="Payment received",
        lines=ledger_makers.receipt(sub, pence),
        by=makers.everything(),
    )


@pytest.fixture
def account(db):
    account = makers.an_account(band="B", people=[makers.a_person("Mary", "Rimmer")])
    bill(account)
    return account


@pytest.fixture
def visitor(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def test_the_page_says_who_where_and_how_much(account, visitor):
    page = visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
    assert "Mary Rimmer" in page
    assert "Resident freeholder" in page
    assert "£1,899.93 to pay" in page
    assert "How is £1,899.93 worked out?" in page
    assert "1 April 2025 to 31 March 2026: 365 days" in page
    assert "Local Government Finance Act 1992" in page
    markup.check(page)


def test_no_name_is_in_the_title_or_in_an_address_of_the_page(account, visitor):
    page = markup.parse(visitor.get(f"/revenues/accounts/{account.reference}").content.decode())
    assert "Rimmer" not in markup.words(page.all("title")[0])
    assert not [e for e in page.all("a", "form") if "immer" in e.get("href", e.get("action", ""))]


@pytest.mark.parametrize("part", ["statement", "timeline"])
def test_the_other_parts_are_sound(account, visitor, part):
    page = visitor.get(f"/revenues/accounts/{account.reference}/{part}").content.decode()
    assert "Council Tax 2025-26" in page
    markup.check(page)


def test_an_account_that_nobody_billed_says_so(visitor):
    account = makers.an_account()
    page = visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
    assert "This account has not been billed yet." in page
    markup.check(page)


@pytest.mark.parametrize("asked", ["1999-00", "<b>", "2025-26"])
def test_a_year_that_is_not_there_shows_one_that_is(account, visitor, asked):
    page = visitor.get(f"/revenues/accounts/{account.reference}", {"year": asked})
    assert 'id="year">Council Tax 2025-26' in page.content.decode()


def test_the_lines_of_the_working_add_up_in_every_period(db):
    account = makers.an_account(band="D", adults=1)
    account.households.update(ends=date(2025, 9, 1))
    models.Household.objects.create(account=account, adults=2, starts=date(2025, 9, 1))
    models.Reduction.objects.create(
        account=account, kind=1, year_pence=40_000, starts=date(2025, 6, 1)
    )
    account.disabled_reductions.create(starts=date(2025, 12, 1))
    bill(account)
    working = explanations.explain(account.pk, YEAR)
    assert len(working.lines) == 4
    for period in working.lines:
        assert sum(line.pence or 0 for line in period.within) == period.pence
    assert sum(period.pence for period in working.lines) == working.total_pence
    assert working.total_pence == ledger.balance(billing.KIND, account.reference)


def test_a_figure_without_a_second_source_is_marked(account):
    working = explanations.explain(account.pk, years.Year(2024))
    marked = [line for line in working.lines[0].within if "Not verified" in line.law]
    assert marked
    assert "the amounts set for the year" in marked[0].law


def test_payments_are_shown_against_the_oldest_instalment_first(account):
    pay(account, 25_000, "one")
    owed = accounts.owed_by_year(account.reference)[0]
    assert (owed.charged_pence, owed.received_pence, owed.balance_pence) == (
        189_993,
        25_000,
        164_993,
    )
    rows = instalments.of(
        account.pk, YEAR, charged_pence=owed.charged_pence, received_pence=owed.received_pence
    )
    assert [one.paid_pence for one in rows[:3]] == [rows[0].pence, 25_000 - rows[0].pence, 0]
    assert sum(one.pence for one in rows) == 189_993
    june = date(2025, 6, 2)
    assert [one.state(june) for one in rows[:4]] == ["Paid", "Part paid, overdue", "Overdue", "Due"]
    assert instalments.overdue_pence(rows, june) == rows[0].pence + 2 * rows[1].pence - 25_000
    assert instalments.next_due(rows, june).due_on == date(2025, 7, 1)


def test_a_credit_is_told_in_words(account, visitor):
    pay(account, 200_000, "too much")
    page = visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
    assert "£100.07 in credit" in page
    assert "-£" not in page


def test_a_change_since_the_bill_is_pointed_out(account, visitor):
    account.households.update(adults=1)
    page = visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
    assert "Worked out again today the year comes to £1,424.95" in page


def test_the_home_says_since_when_it_is_empty(account, visitor):
    models.Occupation.objects.create(
        dwelling=account.dwelling, state="unfurnished", starts=date(2022, 12, 10)
    )
    page = visitor.get(f"/revenues/dwellings/{account.dwelling.uprn}").content.decode()
    assert "empty for 2 years and 3 months, since 10 December 2022" in page
    markup.check(page)


def test_a_debt_from_before_is_shown_as_brought_forward(visitor):
    account = makers.an_account()
    [sub] = opening.open_sub_accounts(
        kind=billing.KIND, references=[account.reference], part="2023-24"
    ).tolist()
    posting.post(
        source="revenues.brought_forward",
        key=f"2023-24/{account.reference}",
        on=date(2024, 4, 1),
        narrative="Council Tax 2023-24 still to pay, brought forward",
        lines=ledger_makers.charge(sub, 34_070),
        by=makers.everything(),
    )
    [owed] = accounts.owed_by_year(account.reference)
    assert (owed.charged_pence, owed.received_pence) == (34_070, 0)
    page = visitor.get(f"/revenues/accounts/{account.reference}").content.decode()
    assert "no bill of the year is kept here" in page
    assert "£340.70 to pay" in page
    markup.check(page)


def test_a_doubtful_figure_is_told_once_a_period(account):
    working = explanations.explain(account.pk, years.Year(2024))
    told = [line.law for period in working.lines for line in period.within]
    assert sum("the amounts set for the year" in law for law in told) == len(working.lines)
