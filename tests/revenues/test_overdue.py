"""How an account stands on a day: from the notices and the ledger as they were then."""

from datetime import date

import numpy as np

from borough.kernel.ledger.commands import opening
from borough.lines.revenues import billing, models, overdue, receiving
from borough.lines.revenues.commands import households
from borough.rules import years
from tests import makers

YEAR = makers.YEAR
ON = makers.BILLING_DAY
BY = makers.everything()


def billed(**given) -> models.Account:
    account = makers.an_account(**given)
    billing.bill_accounts([account.pk], YEAR, on=ON, by=BY, because="annual billing")
    return account


def pay(account: models.Account, pence: int, on: date, key: str = "") -> None:
    [sub] = opening.open_sub_accounts(
        kind=billing.KIND, references=[account.reference], part=YEAR.name
    )
    receiving.post(
        keys=[f"{account.reference}/{on}/{key}"],
        sub_accounts=np.array([sub]),
        pence=np.array([pence]),
        on=on,
        by=BY,
    )


def one(account: models.Account, on: date, year: years.Year = YEAR) -> dict[str, object]:
    found = overdue.standing(year, on, account_ids=[account.pk])
    assert found.reference == [account.reference]
    names = ("charged", "received", "asked", "overdue", "balance")
    row: dict[str, object] = {name: int(getattr(found, f"{name}_pence")[0]) for name in names}
    return row | {"since": found.since[0].item(), "days": int(found.days_overdue[0])}


def test_nothing_is_overdue_on_the_day_by_which_it_is_to_be_paid(db):
    account = billed()  # £1,899.93: £189.93 and nine of £190, on the 1st from April
    assert one(account, date(2025, 4, 1))["overdue"] == 0
    after = one(account, date(2025, 4, 2))
    assert (after["overdue"], after["since"], after["days"]) == (18_993, date(2025, 4, 1), 1)


def test_what_was_paid_covers_the_oldest_first(db):
    account = billed()
    pay(account, 20_000, date(2025, 4, 3))
    found = one(account, date(2025, 5, 10))
    assert found["asked"] == 18_993 + 19_000
    assert (found["overdue"], found["since"]) == (17_993, date(2025, 5, 1))


def test_a_day_is_seen_as_it_was_whatever_came_later(db):
    account = billed()
    before = one(account, date(2025, 5, 10))
    pay(account, 100_000, date(2025, 5, 11))
    households.apply_single_person_discount(
        account=account, starts=date(2025, 4, 1), by=BY, on=date(2025, 5, 12)
    )
    assert one(account, date(2025, 5, 10)) == before


def test_after_an_adjustment_what_had_fallen_due_stands_and_the_rest_is_spread_anew(db):
    account = billed()
    households.apply_single_person_discount(
        account=account, starts=date(2025, 4, 1), by=BY, on=date(2025, 5, 12)
    )
    assert one(account, date(2025, 5, 20))["asked"] == 18_993 + 19_000
    year = one(account, date(2026, 3, 31))
    assert year["asked"] == year["charged"] == 142_495


def test_no_more_is_asked_than_the_charge(db):
    account = billed(starts=date(2024, 4, 1))
    account.ends = date(2025, 4, 20)
    account.save(update_fields=["ends"])
    billing.bill_accounts([account.pk], YEAR, on=date(2025, 5, 30), by=BY, because="moved out")
    found = one(account, date(2025, 6, 20))
    assert found["asked"] == found["charged"] == 9_890  # 19 of 365 days of £1,899.93


def test_an_account_in_credit_has_nothing_overdue(db):
    account = billed()
    pay(account, 200_000, date(2025, 4, 1))
    found = one(account, date(2025, 12, 1))
    assert (found["overdue"], found["since"]) == (0, None)
    assert found["balance"] == -10_007


def test_many_accounts_are_as_one_and_one(db):
    accounts = [billed(band="ABCD"[nth], payment_day=day) for nth, day in enumerate((1, 8, 15, 28))]
    for index, account in enumerate(accounts):
        pay(account, 10_000 * index + 1, date(2025, 4, 30))
    together = overdue.standing(YEAR, date(2025, 6, 9))
    for row, account in enumerate(accounts):
        alone = one(account, date(2025, 6, 9))
        assert alone["overdue"] == together.overdue_pence[row]
        assert alone["since"] == together.since[row].item()


def test_a_year_that_nobody_billed_here_has_no_rows(db):
    billed()
    assert overdue.standing(years.Year(2023), date(2025, 6, 1)).reference == []
