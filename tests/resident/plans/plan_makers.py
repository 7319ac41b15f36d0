"""Statements, debts and plans of a test. Everybody in them is invented."""

from datetime import date

from borough.kernel import joining
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing
from borough.resident.identity import commands as identity
from borough.resident.plans.commands import plans, statements
from borough.resident.sources import models as sources
from borough.rules import years
from borough.rules.support import surplus
from tests import makers
from tests.resident.sources import feed_makers
from tests.revenues import recovering_makers

ON = date(2025, 6, 2)


def figures(spare_pence: int | None, *, on: date = ON) -> list[surplus.Figure]:
    """Return the short form of a household with so much left in a month; None: rent unknown."""
    income = 150_000 + max(spare_pence or 0, 0)
    rent = None if spare_pence is None else 150_000 - min(spare_pence, 0)
    given = {"earnings": income, "rent": rent}
    return [
        surplus.Figure(slug, given.get(slug, 0), "monthly", "told", on)
        for slug, one in surplus.headings(on).items()
        if one.short
    ]


def a_statement(person, spare_pence: int | None = 6_000, *, on: date = ON):
    return statements.record_statement(
        person=person,
        form=surplus.Form.SHORT,
        figures=figures(spare_pence, on=on),
        by=makers.everything(),
        on=on,
    )


def billed(account, year: int) -> None:
    billing.bill_accounts(
        [account.pk],
        years.Year(year),
        on=date(year, 4, 1),
        by=makers.everything(),
        because="test",
    )


def an_order(person, pence: int, *, year: int = 2024, on: date = ON):
    """Return an account whose year of tax is over and owes so much."""
    account = makers.an_account(people=[person], starts=date(year, 4, 1))
    billed(account, year)
    part = years.Year(year).name
    charged = ledger.balance(billing.KIND, account.reference)
    recovering_makers.pay(account, charged - pence, on, part)
    return account


def a_rent(person, pounds: str, *, stage: str = "ARR", on: date = ON) -> sources.Debt:
    """Return a rent owed to a landlord whose tenant this person is known to be."""
    row = feed_makers.rent("T1", "P1", pounds, stage=stage)
    feed_makers.take_in(feed_makers.a_file("northway-rents", row), on=on)
    identity.join(record=sources.Record.objects.get(), person=person, by=makers.everything(), on=on)
    return sources.Debt.objects.get()


def a_plan(person, pence: int = 6_000, *, on: date = ON):
    """Return a plan that was agreed on a day, to be paid from that day."""
    return plans.agree_plan(
        person=person,
        offer=plans.Offer(pence, first_due=on),
        purpose=joining.purposes()["resident.support"],
        by=makers.everything(),
        on=on,
    )
