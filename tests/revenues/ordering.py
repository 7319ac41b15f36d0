"""Accounts with a liability order, for tests of what follows one."""

from datetime import date

from borough.lines.revenues import billing, costs, models, steps
from borough.lines.revenues.queries import accounts
from borough.rules import years
from tests import makers
from tests.revenues import recovering_makers

YEAR = years.Year(2024)
ORDERED = date(2025, 6, 20)


def an_account_under_order(
    *, people=None, year=YEAR, ordered=ORDERED, costs_pence=0, and_write=True
):
    """Return an account billed for the year, with a liability order for all of it."""
    account = makers.an_account(starts=date(year.first, 4, 1), people=people)
    bill(account, year)
    order(account, year, ordered=ordered, costs_pence=costs_pence, and_write=and_write)
    return account


def bill(account, year):
    on = date(year.first, 3, 10)
    billing.bill_accounts([account.pk], year, on=on, by=makers.everything(), because="billed")


def order(account, year, *, ordered=ORDERED, costs_pence=0, and_write=True):
    owed = {one.year: one for one in accounts.owed_by_year(account.reference)}[year]
    wanted = steps.Wanted(
        account_id=account.pk,
        reference=account.reference,
        act_pence=owed.balance_pence,
        balance_pence=owed.balance_pence,
        level_pence=owed.charged_pence,
        bill_version=1,
        costs_pence=costs_pence,
    )
    taken = steps.take(models.Step.Kind.LIABILITY_ORDER, [wanted], year, on=ordered)
    assert taken.steps, taken.stood
    costs.post(
        taken.steps,
        year,
        numbers={account.pk: account.steps.get().number},
        people=taken.people,
        on=ordered,
        narrative="Costs of the court",
        by=makers.everything(),
    )
    if and_write:
        recovering_makers.write_letters(ordered)


def an_employer(name="Invented Works Ltd"):
    return makers.Person.objects.create(kind=makers.Person.Kind.ORGANISATION, family_name=name)
