"""What was collected, counted from the ledger: sums that one can check by hand."""

import re
from datetime import date

import pytest

from borough.kernel.runs import commands as runs
from borough.lines.revenues import billing, collected, models
from borough.lines.revenues.commands import collected as commands
from borough.lines.revenues.commands import receipts
from borough.lines.revenues.queries import arrears
from borough.lines.revenues.queries import collected as queries
from borough.rules import years
from tests import makers, markup, officers
from tests.revenues import debits

YEAR = years.Year(2025)
LAST_DAY = date(2026, 3, 31)


def a_billed_account() -> models.Account:
    account = makers.an_account(band="A")
    billing.bill_accounts(
        [account.pk], YEAR, on=makers.BILLING_DAY, by=makers.everything(), because="x"
    )
    return account


def pays(account: models.Account, pence: int, on: date) -> None:
    receipts.record_payment(
        account=account,
        pence=pence,
        key=f"test/{account.pk}/{pence}/{on}",
        on=on,
        by=makers.everything(),
    )


def counted(on: date) -> queries.Count:
    run = commands.ask_figures(by=makers.everything(), on=on)
    collected.carry_out(run)
    return queries.count(run)


def test_what_is_in_by_the_last_day_is_collected(db):
    account = a_billed_account()  # £1,628.51
    pays(account, 814_25, date(2025, 6, 1))
    pays(account, 100_00, date(2026, 4, 1))  # a day too late: a receipt of arrears
    found = queries.of_year(counted(date(2026, 4, 30)).posted, YEAR)
    assert (found.collectable_pence, found.collected_pence) == (1_628_51, 814_25)
    assert found.rate == "50.00%"


def test_what_was_paid_before_the_year_began_counts(db):
    account = a_billed_account()
    pays(account, 1_628_51, date(2025, 3, 20))
    assert queries.of_year(counted(LAST_DAY).posted, YEAR).rate == "100.00%"


def test_a_payment_of_arrears_is_of_its_own_year(db):
    account = a_billed_account()
    billing.bill_accounts(
        [account.pk], YEAR.preceding, on=date(2024, 4, 1), by=makers.everything(), because="x"
    )
    receipts.record_payment(
        account=account,
        pence=50_00,
        key="test/arrears",
        year=YEAR.preceding,
        on=date(2025, 5, 1),
        by=makers.everything(),
    )
    found = counted(LAST_DAY).posted
    assert queries.of_year(found, YEAR).collected_pence == 0
    assert queries.of_year(found, YEAR.preceding).collected_pence == 0
    [first, *_] = queries.by_quarter(found, YEAR)
    assert first == {"quarter": "April to June", "this": 0, "arrears": 50_00, "prepaid": 0}


def test_each_month_shows_what_was_in_by_its_end(db):
    account = a_billed_account()
    pays(account, 814_25, date(2025, 6, 1))
    rates = queries.by_month(counted(date(2025, 7, 15)).posted, YEAR, date(2025, 7, 15))
    assert rates == [0, 0, 50_00, 50_00] + [None] * 8


def test_what_is_left_is_told_by_stage_and_credits_stand_apart(db):
    owing, ahead = a_billed_account(), a_billed_account()
    pays(owing, 1_600_00, date(2025, 5, 1))  # leaves £28.51
    pays(ahead, 1_700_00, date(2025, 5, 1))  # £71.49 too much
    left = counted(LAST_DAY).left
    assert left == (
        arrears.Left("2025-26", "credit", 1, -71_49),
        arrears.Left("2025-26", "none", 1, 28_51),
    )
    assert arrears.accounts("2025-26", "none", LAST_DAY, page=1, size=9) == [
        (owing.reference, 28_51)
    ]


def test_the_largest_credit_comes_first_as_the_largest_debt_does(db):
    some, much = a_billed_account(), a_billed_account()
    pays(some, 1_700_00, date(2025, 5, 1))
    pays(much, 1_900_00, date(2025, 5, 1))
    rows = arrears.accounts("2025-26", "credit", LAST_DAY, page=1, size=9)
    assert rows == [(much.reference, -271_49), (some.reference, -71_49)]


def test_a_source_that_nobody_named_is_shown_as_other():
    posted = [queries.Posted("2025-26", "somebody.else", "2025-05", -5, 1)]
    assert queries.of_year(posted, YEAR).other_pence == -5
    assert queries.of_year(posted, YEAR).collected_pence == 0


def test_a_count_that_was_killed_goes_on_where_it_stopped(db):
    run = commands.ask_figures(by=makers.everything(), on=LAST_DAY)
    runs.carry_out(
        run, lambda number: collected._posted(run.on) if number == 0 else (0, {"rows": []})
    )
    collected.carry_out(run)
    assert run.parts.count() == collected.PARTS


def test_the_page_shows_the_rate_and_opens_down_to_the_rows(db):
    account = a_billed_account()
    pays(account, 814_25, date(2025, 6, 1))
    counted(LAST_DAY)
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    shown = ann.get("/revenues/collected").content.decode()
    assert "50.00%" in shown
    rows = ann.get("/revenues/collected/2025-26/cash").content.decode()
    assert account.reference in rows
    assert "£814.25" in rows
    assert ann.get("/revenues/collected/2025-26/nothing").status_code == 404


@pytest.fixture
def ann(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def links_of(page: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*count=[^"]*)"', page)]


def listed(visitor, where: str) -> list[int]:
    """Return the pence of every row of a list, whole pages of it, as a reader would add them."""
    found: list[int] = []
    while where:
        page = visitor.get(where).content.decode()
        markup.check(page)
        body = page.partition("<tbody")[2].partition("</tbody")[0]
        found += [
            (-1 if sign else 1) * int(f"{pounds}{pence}".replace(",", ""))
            for sign, pounds, pence in re.findall(r"([-−]?)£([0-9,]+)\.([0-9]{2})", body)
        ]
        older = re.search(r'href="(\?[^"]*(?:before|page)=[^"]*)"[^>]*rel="next"', page)
        where = where.partition("?")[0] + older[1].replace("&amp;", "&") if older else ""
    return found


def test_every_figure_of_a_count_opens_to_rows_that_add_up_to_it(ann):
    one, other = a_billed_account(), a_billed_account()
    pays(one, 814_25, date(2025, 6, 1))
    pays(other, 100_00, date(2025, 3, 20))
    pays(other, 1_600_00, date(2025, 8, 1))
    found = counted(date(2025, 9, 1))
    shown = ann.get("/revenues/collected").content.decode()
    pays(one, 5_00, date(2025, 8, 2))  # after the count, of a day that it has counted
    sums = {where: sum(listed(ann, where)) for where in links_of(shown)}
    said = {
        "/revenues/collected/2025-26/charge": 2 * 1_628_51,
        "/revenues/collected/2025-26/cash": -(814_25 + 100_00 + 1_600_00),
        "/revenues/collected/2025-26/left/none": 1_628_51 - 814_25,
        "/revenues/collected/2025-26/left/credit": 1_628_51 - 1_700_00,
    }
    count = f"?count={found.number}"
    quarter = f"/revenues/collected/2025-26/received{count}&quarter="
    assert sums == {f"{where}{count}": pence for where, pence in said.items()} | {
        f"{quarter}1&for=this": -814_25,
        f"{quarter}2&for=this": -1_600_00,
    }


def test_a_day_of_many_payments_is_shown_to_its_last_row(ann):
    accounts = [debits.a_payer(band="A") for _ in range(60)]
    debits.posted(debits.collected())
    found = counted(date(2025, 5, 2))
    where = f"/revenues/collected/2025-26/cash?count={found.number}"
    assert len(listed(ann, where)) == len(accounts)


def test_each_table_is_had_as_a_file_with_the_figures_of_the_page(ann):
    account = a_billed_account()
    pays(account, 814_25, date(2025, 6, 1))
    number = counted(date(2025, 6, 30)).number
    page = ann.get("/revenues/collected").content.decode()

    def lines(name: str, where: str = "/revenues/collected") -> list[str]:
        if where == "/revenues/collected":
            assert f'href="?file={name}"' in page
        answer = ann.get(f"{where}?file={name}")
        assert answer.headers["Content-Type"].startswith("text/csv")
        return answer.content.decode().splitlines()

    assert lines("rate")[-2:] == ["2025-05,0.00,1628.51,0.00", "2025-06,814.25,1628.51,50.00"]
    assert lines("quarters")[1] == "April to June,814.25,0.00,0.00"
    assert lines("left") == [
        "For,How far it has come,Accounts,Amount",
        "2025-26,No reminder sent,1,814.26",
    ]
    assert len(lines("postings", f"/revenues/collected/counts/{number}")) == 3
    assert ann.get("/revenues/collected?file=everything").status_code == 404


@pytest.mark.parametrize(
    "where",
    [
        "2025-26/cash?count=x",
        "2025-26/cash?count=99999999999999999999",
        "2025-26/received?quarter=5&for=this",
        "2025-26/received?quarter=1&for=that",
        "2025-26/left/nothing",
        "2025/left/none",
    ],
)
def test_a_figure_that_there_is_not_is_not_found(ann, where):
    assert ann.get(f"/revenues/collected/{where}").status_code == 404
