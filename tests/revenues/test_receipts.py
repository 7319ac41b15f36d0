"""Payments: which year each pays, by which rule, and setting one against another year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks, refusals
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import allotting, billing, models
from borough.lines.revenues.commands import receipts
from borough.lines.revenues.queries import receipts as queries
from borough.rules import years
from tests import makers

ON = date(2025, 5, 1)
LAST, THIS = years.Year(2024), years.Year(2025)
BAND_B = {LAST: 180_946, THIS: 189_993}


def billed(*billed_years: years.Year, **fields) -> models.Account:
    account = makers.an_account(**fields)
    for year in billed_years or (THIS,):
        billing.bill_accounts(
            [account.pk], year, on=makers.BILLING_DAY, by=makers.everything(), because="x"
        )
    return account


def pay(account: models.Account, pence: int, **changed) -> None:
    asked = {"key": f"r{pence}", "by": makers.everything(), "on": ON, **changed}
    receipts.record_payment(account=account, pence=pence, **asked)


def owed(account: models.Account) -> dict[str, int]:
    subs = allotting.sub_accounts([account.reference])[account.reference]
    return {year: balance for year, (_, balance) in subs.items()}


def rules(account: models.Account) -> list[str]:
    return [row.rule for row in reversed(queries.of_account(account.reference))]


def test_a_payment_makes_the_debt_smaller_and_the_bank_larger(db):
    account = billed(band="B")
    pay(account, 10_000)
    assert ledger.balance(billing.KIND, account.reference) == 179_993
    by_code = {one.code: one.pence for one in ledger.trial_balance()}
    assert by_code["BANK"] == 10_000
    assert by_code["CT-CASH-WITH-GF"] == 10_000
    assert by_code["OWED-TO-CF"] == -10_000


def test_the_year_that_the_payer_names_comes_first(db):
    account = billed(LAST, THIS)
    before = owed(account)
    pay(account, 10_000, year=LAST)
    assert owed(account) == before | {"2024-25": before["2024-25"] - 10_000}
    assert rules(account) == ["payer"]


def test_an_amount_that_is_exactly_an_instalment_pays_that_year(db):
    account = billed(LAST, THIS)
    [this] = models.Bill.objects.filter(account=account, year=2025)
    pay(account, this.other_pence)
    assert rules(account) == ["instalment"]
    assert [row.year for row in queries.of_account(account.reference)] == ["2025-26"]


def test_other_payments_go_to_the_newest_year_that_is_owed_for(db):
    account = billed(LAST, THIS)
    pay(account, 77)
    assert rules(account) == ["newest_owed"]
    assert owed(account)["2025-26"] == 189_993 - 77


def test_when_the_newest_year_is_paid_the_next_payment_goes_to_the_year_before(db):
    account = billed(LAST, THIS)
    pay(account, 189_993)
    pay(account, 78)
    assert [row.year for row in queries.of_account(account.reference)] == ["2024-25", "2025-26"]


def test_what_is_paid_too_much_stays_in_credit_on_the_newest_year(db):
    account = billed(THIS)
    pay(account, 200_000)
    pay(account, 5)
    assert owed(account) == {"2025-26": -10_012}
    assert rules(account)[1] == "newest"


_PENCE = st.integers(-50_000, 50_000)
_YEARS = st.sampled_from(["2022-23", "2023-24", "2024-25", "2025-26"])


@given(
    st.dictionaries(_YEARS, _PENCE, min_size=1),
    st.integers(1, 60_000),
    _YEARS | st.just(""),
    st.permutations(list(allotting.RULES)),
)
def test_whatever_the_order_a_year_that_was_billed_is_found(balances, pence, named, order):
    asked = allotting.Asked(named, pence, balances, {})
    year, rule = allotting.choose(asked, [*order, "newest"])
    assert year in balances
    if order[0] == "payer" and named in balances:
        assert (year, rule) == (named, "payer")
    if rule == "oldest_owed":
        assert year == min(one for one, balance in balances.items() if balance > 0)


def test_the_same_receipt_number_counts_once(db):
    account = billed(LAST, THIS)
    pay(account, 189_993, key="R1")
    pay(account, 189_993, key="R1")
    assert owed(account)["2025-26"] == 0
    assert models.Allotment.objects.count() == 1
    assert Fact.objects.filter(what="revenues.payment_received").count() == 1


def test_a_receipt_number_with_another_amount_is_refused(db):
    account = billed()
    pay(account, 500, key="R1")
    with pytest.raises(refusals.KeyReused):
        pay(account, 600, key="R1")


def test_an_account_that_was_not_billed_takes_no_payment(db):
    with pytest.raises(receipts.NothingBilled):
        pay(makers.an_account(), 500)


def test_nothing_is_no_payment(db):
    with pytest.raises(receipts.NotAnAmount):
        pay(billed(), 0)


def set_against(account: models.Account, pence: int, **changed) -> None:
    asked = {
        "key": "R1",
        "from_year": "2025-26",
        "to_year": "2024-25",
        "by": makers.everything(),
        "on": ON,
        **changed,
    }
    receipts.set_against_year(account=account, pence=pence, **asked)


def test_a_payment_is_set_against_another_year_and_both_moves_are_logged(db):
    account = billed(LAST, THIS)
    before = owed(account)
    pay(account, 10_001, key="R1")
    set_against(account, 4_000)
    assert owed(account) == {
        "2025-26": before["2025-26"] - 6_001,
        "2024-25": before["2024-25"] - 4_000,
    }
    rows = queries.of_account(account.reference)
    assert [(row.year, row.pence, row.rule) for row in rows] == [
        ("2024-25", 4_000, "officer"),
        ("2025-26", -4_000, "officer"),
        ("2025-26", 10_001, "newest_owed"),
    ]
    assert [row.stands_pence for row in rows] == [4_000, 0, 6_001]
    assert checks.check() == []


def test_no_more_than_stands_against_a_year_is_taken_from_it(db):
    account = billed(LAST, THIS)
    pay(account, 10_000, key="R1")
    set_against(account, 10_000)
    with pytest.raises(receipts.NothingToSet):
        set_against(account, 1)
    with pytest.raises(receipts.NothingToSet):
        set_against(account, 1, from_year="2024-25", to_year="2024-25")
    set_against(account, 10_000, from_year="2024-25", to_year="2025-26")
    assert rules(account) == ["newest_owed"] + ["officer"] * 4
