"""Small makers that furnish a ledger."""

import datetime

import numpy as np

from borough.kernel import commanding
from borough.kernel.ledger import capabilities, chart, commands, models, queries
from borough.kernel.ledger.commands import Line
from borough.rules import years

YEAR = years.Year(2025)
APRIL = datetime.date(2025, 4, 10)
MAY = datetime.date(2025, 5, 10)
KIND = "revenues.council_tax"
BILLING = "revenues.billing"
CLERK = commanding.system("clerk")
TREASURER = commanding.system("treasurer", *capabilities.ALL)


def a_ledger() -> None:
    chart.lay_chart()
    chart.open_year(YEAR)


def sub_accounts(count: int = 1, *, part: str = "2025-26", first: int = 100001) -> list[int]:
    references = [str(first + i) for i in range(count)]
    return commands.open_sub_accounts(kind=KIND, references=references, part=part).tolist()


def charge(sub_account: int, pence: int) -> list[Line]:
    return [Line("CT-PAYERS", pence, sub_account), Line("CT-INCOME", -pence)]


def receipt(sub_account: int, pence: int) -> list[Line]:
    return [
        Line("BANK", pence),
        Line("OWED-TO-CF", -pence),
        Line("CT-CASH-WITH-GF", pence),
        Line("CT-PAYERS", -pence, sub_account),
    ]


def bill(
    sub_account: int,
    pence: int = 150_000,
    *,
    key: str = "2025-26/100001/1",
    on: datetime.date = APRIL,
    by: commanding.Actor = CLERK,
) -> models.Journal:
    return commands.post(
        source=BILLING,
        key=key,
        on=on,
        narrative="Council Tax 2025-26",
        lines=charge(sub_account, pence),
        by=by,
    )


def pay(
    sub_account: int, pence: int, *, key: str = "bacs/1", on: datetime.date = APRIL
) -> models.Journal:
    return commands.post(
        source="revenues.receipts",
        key=key,
        on=on,
        narrative="Direct Debit",
        lines=receipt(sub_account, pence),
        by=CLERK,
    )


def a_chunk(number: int, size: int = 50) -> commands.Posted:
    """Bill 1.00 to each of ``size`` debts of a long run, opening them as need be."""
    debts = sub_accounts(size, first=200_000 + number * size)
    ids = queries.account_ids()
    row = np.arange(size)
    return commands.post_batch(
        source=BILLING,
        journals=commands.Journals([f"run/{number}/{i}" for i in row], APRIL, "Council Tax"),
        postings=commands.Postings(
            journal=np.repeat(row, 2),
            account=np.tile([ids["CT-PAYERS"], ids["CT-INCOME"]], size),
            sub_account=np.column_stack([debts, np.full(size, commands.NONE)]).ravel(),
            pence=np.tile([100, -100], size),
        ),
        by=CLERK,
    )
